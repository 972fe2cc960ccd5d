"""A row dated to come waits in quarantine until its source is mended, whatever day it is of then."""

from datetime import timedelta
from pathlib import Path

from tests.callboard.services.feed_world import NOW, FeedWorld, contact


def test_a_row_whose_date_is_put_right_leaves_the_day_that_it_never_was_of(
    tmp_path: Path, database_url: str, store_url: str
) -> None:
    world = FeedWorld(tmp_path, feed_url=database_url, store_url=store_url)
    contacts, there = world.feeds["contacts"], NOW - timedelta(days=3)
    contacts.add(*(contact(f"good-{n}", there) for n in range(20)))
    wrong = {"wait_seconds": -1.0, "created_at": there + timedelta(days=365)}
    contacts.add(contact("misdated", there) | wrong)
    world.refresh_one("contacts")
    assert 1 == world.state().rows_quarantined_open
    world.now += timedelta(hours=1)
    contacts.change("misdated", created_at=there, wait_seconds=4.0, updated_at=world.now)
    report = world.refresh_one("contacts")
    assert (0, 0) == (world.state().rows_quarantined_open, report.rows_quarantined)
