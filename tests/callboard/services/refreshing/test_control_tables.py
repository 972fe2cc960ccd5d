"""A control table that is mended by itself is noticed, and nothing is read where it is as before."""

from pathlib import Path

import pytest

from callboard.storage.runs import RunVerdict
from tests.callboard.services.feed_world import NOW, FeedWorld, contact, on, several
from tests.callboard.services.slice_world import controlled, slice_of, tell
from tests.conftest import on_both_engines


@pytest.fixture
def world(tmp_path: Path, database_url: str, store_url: str) -> FeedWorld:
    """Ten rows on each of three days, and a control table."""
    found = FeedWorld(tmp_path, feed_url=database_url, store_url=store_url)
    found.feeds["contacts"].add(*several(contact, [20, 21, 22], 10))
    controlled(found, by_touchpoint=False)
    return found


def runs_of(world: FeedWorld, looks: int) -> int:
    before = world.runs()
    for _ in range(looks):
        world.refresh_one("contacts")
    return world.runs() - before


@on_both_engines
def test_a_day_is_published_once_its_control_table_is_mended(world: FeedWorld) -> None:
    tell(world, on(20), 10)
    tell(world, on(21), 11)
    world.refresh_one("contacts")
    assert (on(21),) == slice_of(world, "").held
    runs_of(world, 1)
    assert 0 == runs_of(world, 2)
    world.feeds["contacts"].run(f"UPDATE control SET told = 10 WHERE day = '{on(21)}'")
    world.refresh_one("contacts")
    assert () == slice_of(world, "").held
    assert (100.0, 10, 10) == world.readings("asa")[on(21)]


def test_a_control_table_that_comes_back_ends_that_a_feed_is_withheld(world: FeedWorld) -> None:
    world.refresh_one("contacts")
    world.feeds["contacts"].run("ALTER TABLE control RENAME TO elsewhere")
    world.feeds["contacts"].add(contact("new", NOW))
    assert RunVerdict.WITHHELD is world.refresh_one("contacts").verdict
    assert 0 == runs_of(world, 2)
    world.feeds["contacts"].run("ALTER TABLE elsewhere RENAME TO control")
    assert RunVerdict.PUBLISHED is world.refresh_one("contacts").verdict


def test_a_first_load_without_its_control_table_is_not_read_in_vain(world: FeedWorld) -> None:
    world.feeds["contacts"].run("ALTER TABLE control RENAME TO elsewhere")
    assert RunVerdict.WITHHELD is world.refresh_one("contacts").verdict
    assert 0 == runs_of(world, 2)
    world.feeds["contacts"].run("ALTER TABLE elsewhere RENAME TO control")
    assert RunVerdict.PUBLISHED is world.refresh_one("contacts").verdict
