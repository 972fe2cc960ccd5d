"""A series ends before the first of its latest days that is held, and nothing else ends with it."""

from dataclasses import replace
from datetime import date

import pytest

from callboard.access import LOCAL_USER
from callboard.services.readings.coverage import Coverages
from callboard.services.tiles.overview import read_overview
from callboard.storage.engine import snapshot
from callboard.storage.runs import SliceState, read_feed_states
from metrics.model import Grain
from tests.callboard.services.small_world import WEEK_46, SmallWorld, day_rows

SATURDAY = date(2026, 11, 21)


def held(*days: int, touchpoint: str = "desk", metric: str = "", month: int = 11) -> SliceState:
    told = tuple(date(2026, month, day) for day in days)
    return SliceState(touchpoint=touchpoint, metric=metric, held=told)


def last(world: SmallWorld, metric: str, touchpoint: str) -> date:
    with snapshot(world.runtime.store) as conn:
        coverages = Coverages(world.runtime, read_feed_states(conn))
    return coverages.of(world.runtime.definitions.metrics[metric], touchpoint).last


@pytest.mark.parametrize(
    ("state", "asa_at_desk"),
    [
        pytest.param(held(19, 20), date(2026, 11, 18), id="a touchpoint"),
        pytest.param(held(20, metric="asa"), date(2026, 11, 19), id="a metric"),
        pytest.param(held(20, touchpoint=""), date(2026, 11, 19), id="the whole feed"),
        pytest.param(held(20, touchpoint="delivery"), SATURDAY, id="another touchpoint"),
        pytest.param(held(20, metric="abandon"), SATURDAY, id="another metric"),
        pytest.param(held(22), SATURDAY, id="a day that is not over"),
        pytest.param(held(17, month=10), SATURDAY, id="five weeks ago"),
        pytest.param(held(18, month=10), date(2026, 10, 17), id="nearly five weeks ago"),
    ],
)
def test_a_series_ends_before_its_first_day_that_is_held(
    world: SmallWorld, state: SliceState, asa_at_desk: date
) -> None:
    world.reach()
    world.reach(feeds=["contacts"], slices=(state,))
    assert asa_at_desk == last(world, "asa", "desk")


def test_what_is_held_at_one_touchpoint_ends_nothing_elsewhere(world: SmallWorld) -> None:
    world.reach(slices=(held(20, touchpoint="delivery"),))
    with snapshot(world.runtime.store) as conn:
        coverages = Coverages(world.runtime, read_feed_states(conn))
    metric = world.runtime.definitions.metrics["otd"]
    found = [coverages.of(metric, each).last for each in ("desk", "delivery", "desk")]
    assert [found[0], date(2026, 11, 19), found[0]] == found
    assert date(2026, 11, 19) < found[0]


@pytest.mark.parametrize("feed", ["contacts", "deliveries"])
def test_either_of_two_feeds_ends_what_they_make_together(world: SmallWorld, feed: str) -> None:
    world.reach()
    free = last(world, "complaints", "desk")
    world.reach(feeds=[feed], slices=(held(12),))
    assert date(2026, 11, 11) == last(world, "complaints", "desk") < free


def shown(world: SmallWorld) -> dict[str, tuple[str, float | None]]:
    """The period and value of each touchpoint's tile of on-time delivery, on a page of weeks."""
    overview = read_overview(world.runtime, LOCAL_USER, grain=Grain.WEEK)
    tiles = (tile for lane in overview.lanes for tile in lane.tiles if tile.metric == "otd")
    return {tile.touchpoint: (tile.period_label, tile.value) for tile in tiles}


def test_a_tile_falls_back_to_the_last_complete_week_before_a_held_day(world: SmallWorld) -> None:
    counts = {date(2026, 11, 2): (80.0, 100.0), WEEK_46: (90.0, 100.0)}
    world.add([*day_rows("otd", "desk", counts), *day_rows("otd", "delivery", counts)])
    world.reach()
    newest, before = ("Week 46, 2026", 90.0), ("Week 45, 2026", 80.0)
    assert {"desk": newest, "delivery": newest} == shown(world)
    world.reach(slices=(held(14),))
    assert {"desk": before, "delivery": newest} == shown(world)
    world.reach(slices=(replace(held(14), held=(), missing=(SATURDAY,)),))
    assert {"desk": newest, "delivery": newest} == shown(world)
