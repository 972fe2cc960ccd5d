"""Days without rows where some are usual: they stay missing until rows come or a waiver applies."""

from pathlib import Path

import pytest

from tests.callboard.services.feed_world import NOW, FeedWorld, contact, delivery
from tests.callboard.services.slice_world import DAY, bring, four_weeks, slice_of


@pytest.fixture
def world(tmp_path: Path, database_url: str, store_url: str) -> FeedWorld:
    return four_weeks(tmp_path, feed_url=database_url, store_url=store_url)


def pass_days(world: FeedWorld, days: int, *, desk: int) -> None:
    """Days go by; their rows come, and are read at the end of them."""
    for _ in range(days):
        world.now += DAY
        bring(world, (NOW - world.now).days + 1, desk=desk)
    world.refresh_one("contacts")


def stop(world: FeedWorld) -> None:
    """After six weeks of rows none come at the service desk, for sixty days."""
    pass_days(world, 14, desk=30)
    pass_days(world, 30, desk=0)
    pass_days(world, 30, desk=0)


def test_a_stop_of_rows_is_never_taken_for_no_complaints(world: FeedWorld) -> None:
    stop(world)
    orders = [delivery(f"{n}", NOW + n * DAY) for n in range(60)]
    world.feeds["deliveries"].add(*orders)
    world.refresh_one("deliveries")
    last = NOW.date() + 13 * DAY
    assert last == max(world.readings("complaints"))
    assert (last + DAY, 59) == (slice_of(world).missing[0], len(slice_of(world).missing))
    pass_days(world, 1, desk=0)
    world.refresh_one("contacts", full=True)
    assert (last, 60) == (max(world.readings("complaints")), len(slice_of(world).missing))


def test_a_day_missing_for_long_ends_once_its_rows_come(world: FeedWorld) -> None:
    pass_days(world, 8, desk=30)
    gone = world.now
    pass_days(world, 1, desk=0)
    pass_days(world, 11, desk=30)
    assert (gone.date(),) == slice_of(world).missing
    world.feeds["contacts"].add(*(contact(f"late-{n}", gone) for n in range(30)))
    pass_days(world, 1, desk=30)
    assert () == slice_of(world).missing
    assert (300.0, 30, 30) == world.readings("asa")[gone.date()]
