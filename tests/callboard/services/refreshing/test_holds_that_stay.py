"""A day that is held stays so until it is judged to be right: reading it again is not enough."""

from pathlib import Path

import pytest

from tests.callboard.services.feed_world import NOW, FeedWorld
from tests.callboard.services.slice_world import (
    DAY,
    FOUR_WEEKS,
    ago,
    bring,
    come,
    mend,
    slice_of,
)

MINUTES = {"handle_seconds": 100.0 / 60}
WRONG = 8  # of the four weeks, so many days at their beginning


@pytest.fixture
def fresh(tmp_path: Path, database_url: str, store_url: str) -> FeedWorld:
    """Four weeks that nobody has read yet, the first days of them in minutes."""
    world = FeedWorld(tmp_path, feed_url=database_url, store_url=store_url)
    for days in FOUR_WEEKS:
        bring(world, days, **(MINUTES if days > len(FOUR_WEEKS) - WRONG else {}))
    world.refresh_one("contacts")
    return world


def test_days_that_a_first_load_holds_stay_held_until_they_are_mended(fresh: FeedWorld) -> None:
    wrong = tuple(ago(days) for days in FOUR_WEEKS[:WRONG])
    assert wrong == slice_of(fresh, metric="aht").held
    for _ in range(3):
        come(fresh)
        assert wrong == slice_of(fresh, metric="aht").held
    assert ago(len(FOUR_WEEKS) - WRONG) == min(fresh.readings("aht"))
    mend(fresh, 28, handle_seconds=101.0, updated_at=NOW + 3 * DAY)
    fresh.refresh_one("contacts")
    assert wrong[1:] == slice_of(fresh, metric="aht").held
    assert (3030.0, 30, 30) == fresh.readings("aht")[ago(28)]
