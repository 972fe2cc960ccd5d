"""Trade-offs on a small real store: what is told in one card, and what is not."""

from dataclasses import replace

from callboard.access import LOCAL_USER
from callboard.services.runtime import Runtime
from callboard.services.tiles.overview import read_overview
from callboard.views import Overview
from metrics.model import Grain
from tests.callboard.services.small_world import SmallWorld, week_rows

CALM = [(90.0 + (-1) ** at, 100.0) for at in range(36)]
RARE = [(10.0 + (-1) ** at, 100.0) for at in range(36)]


def _runtime(world: SmallWorld) -> Runtime:
    """On-time delivery trades with abandonment here."""
    known = world.runtime.definitions
    otd = known.metrics["otd"].model_copy(update={"trades_with": ("abandon",)})
    metrics = {**known.metrics, "otd": otd}
    return replace(world.runtime, definitions=replace(known, metrics=metrics))


def _overview(world: SmallWorld, *, better: int, worse: int) -> Overview:
    """On-time delivery has been better for some weeks, abandonment worse for others."""
    world.reach()
    otd = [*CALM[:-better], *[(100.0, 100.0)] * better]
    abandon = [*RARE[:-worse], *[(45.0, 100.0)] * worse]
    world.add(week_rows("otd", "desk", otd) + week_rows("abandon", "desk", abandon))
    return read_overview(_runtime(world), LOCAL_USER, grain=Grain.WEEK)


def test_a_pair_is_told_in_one_sentence_from_the_later_beginning(world: SmallWorld) -> None:
    (told,) = _overview(world, better=3, worse=2).trade_offs
    assert "On-time delivery better while abandonment rate worse" == told.sentence
    assert ("both since week 45", "otd", "abandon", "Service desk") == (
        told.since,
        told.moved.metric,
        told.worse.metric,
        told.worse.touchpoint_name,
    )


def test_what_both_began_in_the_newest_week_is_in_it(world: SmallWorld) -> None:
    (told,) = _overview(world, better=1, worse=1).trade_offs
    assert "both in week 46" == told.since


def test_a_pair_of_old_signals_is_no_news(world: SmallWorld) -> None:
    assert () == _overview(world, better=9, worse=9).trade_offs


def test_what_nobody_calls_a_trade_is_none(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("returns", "desk", [*CALM[:-1], (10.0, 100.0)]))
    world.add(week_rows("abandon", "desk", [*RARE[:-1], (45.0, 100.0)]))
    assert () == read_overview(_runtime(world), LOCAL_USER, grain=Grain.WEEK).trade_offs
