"""Rows that stand in a feed several times are published once, told, and no news."""

from datetime import timedelta
from pathlib import Path

import pytest

from callboard.storage.engine import snapshot
from callboard.storage.runs import RunVerdict, read_runs
from tests.callboard.services.feed_world import NOW, FeedWorld, at, contact, on, several
from tests.conftest import on_both_engines


@pytest.fixture
def world(tmp_path: Path, database_url: str, store_url: str) -> FeedWorld:
    """Thirty contacts, three of them written three times."""
    world = FeedWorld(tmp_path, feed_url=database_url, store_url=store_url)
    rows = several(contact, [18, 19, 20], 10)
    world.feeds["contacts"].add(*rows, *rows[:3], *rows[:3])
    return world


def test_copies_count_once_and_are_told(world: FeedWorld) -> None:
    report = world.refresh_one("contacts")
    assert (RunVerdict.PUBLISHED, 30) == (report.verdict, report.rows_used)
    assert (100.0, 10, 10) == world.readings("asa")[on(18)]
    with snapshot(world.runtime.store) as conn:
        (run,) = read_runs(conn, feed="contacts")
    assert (6, 0) == (run.rows_collapsed, run.rows_quarantined)


def test_copies_are_no_news_at_the_next_look(world: FeedWorld) -> None:
    world.refresh_one("contacts")
    world.now = NOW + timedelta(minutes=1)
    assert RunVerdict.UNCHANGED is world.refresh_one("contacts").verdict
    assert 1 == world.runs()


@on_both_engines
def test_a_copy_that_is_changed_is_another_row_with_the_same_key(world: FeedWorld) -> None:
    world.refresh_one("contacts")
    world.feeds["contacts"].add(contact("18-0", at(18), wait_seconds=11.0, updated_at=at(21)))
    world.refresh_one("contacts")
    assert (90.0, 9, 9) == world.readings("asa")[on(18)]
