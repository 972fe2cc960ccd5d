"""The week of a metric told from a small real store."""

import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from callboard.access import LOCAL_USER
from callboard.errors import NotAllowed
from callboard.services.drilling.rhythm import read_rhythm
from callboard.services.drilling.trend import read_control_chart
from callboard.services.tiles.overview import read_overview
from callboard.views import ControlChart, Rhythm, Tile
from metrics.model import Grain, Metric
from metrics.signals import Signal
from tests.callboard.services.small_world import SmallWorld, day_rows

LAST = date(2026, 11, 21)  # a Saturday
WEEK = (3.0, 2.0, 1.0, 0.0, -1.0, -2.0, -3.0)  # points of a share, Monday first
CALLS = {
    "metric": "calls",
    "name": "Calls",
    "question": "How many?",
    "pillar": "Quality",
    "key": "Safety",
    "better": "lower",
    "unit": "count",
    "decimals": 0,
    "form": "count",
    "feed": "contacts",
    "numerator": {},
}
BUSY = (1.2, 1.2, 1.2, 1.2, 1.2, 0.6, 0.4)


def _days(number: int) -> list[date]:
    return [LAST - timedelta(days=back) for back in range(number)]


def _shares(days: list[date], *, newest: float = 0.0) -> dict[date, tuple[float, float]]:
    """Out of 1000 each day: 800 and the weekday's points, a little noise, and more on the last."""
    noise = np.random.default_rng(1).normal(0, 4, len(days)).round().tolist()
    return {
        day: (800 + 10 * WEEK[day.weekday()] + each + (newest if day == LAST else 0), 1000.0)
        for day, each in zip(days, noise, strict=True)
    }


def _fill(world: SmallWorld, days: int, **changes: float) -> None:
    world.reach()
    world.add(day_rows("otd", "delivery", _shares(_days(days), **changes)))


def _rhythm(world: SmallWorld, grain: Grain = Grain.DAY, **question: str) -> Rhythm:
    given = {"metric": "otd", "touchpoint": "delivery"} | question
    return read_rhythm(world.runtime, LOCAL_USER, grain=grain, **given)


def _chart(world: SmallWorld, **question: object) -> ControlChart:
    return read_control_chart(
        world.runtime,
        LOCAL_USER,
        metric="otd",
        touchpoint="delivery",
        grain=Grain.DAY,
        **question,
    )


def _tile(world: SmallWorld) -> Tile:
    overview = read_overview(world.runtime, LOCAL_USER, grain=Grain.DAY)
    return next(tile for lane in overview.lanes for tile in lane.tiles if tile.metric == "otd")


def test_the_weekdays_of_a_strong_week_come_out_again(world: SmallWorld) -> None:
    _fill(world, 100)
    rhythm = _rhythm(world)
    assert ["Monday", "Sunday"] == [rhythm.places[0].name, rhythm.places[-1].name]
    assert pytest.approx(WEEK, abs=0.4) == [each.effect for each in rhythm.places]
    assert {12} == {each.counted for each in rhythm.places}
    assert "24 Aug to 15 Nov 2026" == rhythm.span  # twelve weeks before that of Saturday
    assert rhythm.sentence.startswith("Highest on Monday (+2.9 pts), lowest on Sunday")
    assert rhythm.sentence.endswith("limits that are not plain follow the weekday.")


def test_weeks_need_no_adjusting(world: SmallWorld) -> None:
    _fill(world, 100)
    assert _rhythm(world, Grain.WEEK).sentence.endswith("so weeks need no adjusting.")


def test_a_saturday_is_judged_as_a_saturday_on_tile_and_page(world: SmallWorld) -> None:
    _fill(world, 100, newest=25.0)  # as good as a Monday
    chart, tile = _chart(world), _tile(world)
    assert "weekday" == chart.doubts.adjusted_for
    assert Signal.IMPROVEMENT is chart.points[-1].signal
    assert (Signal.IMPROVEMENT, chart.limits.upper) == (
        tile.variation.signal,
        pytest.approx(chart.limits.upper),
    )
    assert chart.why.endswith("Adjusted for the weekday, which the limits follow.")


def test_plain_limits_know_no_weekday(world: SmallWorld) -> None:
    _fill(world, 100, newest=25.0)
    chart = _chart(world, in_season=False)
    assert ("", True) == (chart.doubts.adjusted_for, chart.doubts.could_adjust)
    assert 1 == len({point.upper for point in chart.points if point.upper})
    assert Signal.NONE is chart.points[-1].signal


def test_a_longer_chart_is_adjusted_by_the_same_weeks(world: SmallWorld) -> None:
    _fill(world, 140)
    usual, longer = _chart(world), _chart(world, periods=120)
    swings = [
        [point.centre - chart.points[-1].centre for point in chart.points[-7:]]
        for chart in (usual, longer)
    ]
    assert swings[0] == pytest.approx(swings[1])


def test_a_short_history_has_no_week(world: SmallWorld) -> None:
    _fill(world, 50)
    rhythm, chart = _rhythm(world), _chart(world)
    assert ("", (), False) == (rhythm.sentence, rhythm.places, chart.doubts.could_adjust)


def test_days_that_are_alike_are_said_to_be(world: SmallWorld) -> None:
    world.reach()
    noise = np.random.default_rng(1).normal(800, 9, 100).round().tolist()
    world.add(
        day_rows(
            "otd", "delivery", {d: (n, 1000.0) for d, n in zip(_days(100), noise, strict=True)}
        )
    )
    rhythm = _rhythm(world)
    assert "No weekday differs from the others by more than chance alone would make it." == (
        rhythm.sentence
    )
    assert () == rhythm.places


def test_months_of_less_than_two_years_are_not_adjusted(world: SmallWorld) -> None:
    _fill(world, 400)
    assert _rhythm(world, Grain.MONTH).sentence.startswith("With less than two years of history")


def test_the_same_period_a_year_before_is_told_with_its_interval(world: SmallWorld) -> None:
    world.reach()
    counts = {date(2026, 11, 9): (480.0, 600.0), date(2025, 11, 10): (480.0, 800.0)}
    world.add(day_rows("otd", "delivery", counts))
    # 80 % less 60 %: Newcombe's interval of 480/600 and 480/800, by statsmodels 15.2 to 24.6
    assert (
        "Week 46, 2025: 60.0 %. Now 80.0 %: +20.0 pts, better (95 % interval +15.2 to +24.6 pts)."
        == _rhythm(world, Grain.WEEK).same_period
    )


def test_without_a_year_before_nothing_is_said_of_it(world: SmallWorld) -> None:
    _fill(world, 100)
    assert "" == _rhythm(world).same_period


def _with_calls(world: SmallWorld, *, holidays: tuple[date, ...] = ()) -> SmallWorld:
    runtime = world.runtime
    metrics = runtime.definitions.metrics | {"calls": Metric.model_validate(CALLS)}
    workspace = runtime.workspace.model_copy(update={"holidays": holidays})
    definitions = replace(runtime.definitions, metrics=metrics)
    world.runtime = replace(runtime, definitions=definitions, workspace=workspace)
    world.reach(last_day=date(2026, 11, 30), as_of=datetime(2026, 12, 1, 9, tzinfo=UTC))
    first = date(2025, 11, 1)
    days = [first + timedelta(days=at) for at in range(395)]
    world.add(day_rows("calls", "desk", {day: (100 * BUSY[day.weekday()], None) for day in days}))
    return world


def _november(world: SmallWorld) -> str:
    runtime = world.at("2026-12-01T10:00")
    found = read_rhythm(runtime, LOCAL_USER, metric="calls", touchpoint="desk", grain=Grain.MONTH)
    return found.same_period


def test_a_month_with_other_weekdays_is_compared_per_ordinary_day(world: SmallWorld) -> None:
    # November 2025 has five Saturdays and Sundays, 2026 five Sundays and Mondays
    told = _november(_with_calls(world))
    assert told.startswith("Nov 2025: 2,900, ")
    assert "other weekdays or holidays: compared per ordinary day" in told
    assert "±0.0 %, level" in told


def test_a_holiday_counts_as_a_sunday(world: SmallWorld) -> None:
    told = _november(_with_calls(world, holidays=(date(2026, 11, 2), date(2026, 11, 3))))
    assert "Now 2,960: +5.7 %" in told  # of 2,800: on two days 40 for 120 were to be expected


def test_how_sure_a_value_is_stands_beside_it(world: SmallWorld) -> None:
    world.reach()
    counts = {day: (800.0 + 60 * (at % 2), 1000.0) for at, day in enumerate(_days(40))}
    world.add(day_rows("otd", "delivery", counts))
    chart = _chart(world)
    assert "77.4 to 82.4 %" == chart.doubts.sampling  # Wilson, 800 of 1000
    low, high = (float(each) for each in chart.doubts.process.removesuffix(" %").split(" to "))
    assert low < 77.4
    assert 82.4 < high


def test_alike_neighbours_are_warned_of_and_counted(world: SmallWorld) -> None:
    world.reach()
    waves = {day: (800 + round(60 * math.sin(at / 8)), 1000.0) for at, day in enumerate(_days(91))}
    world.add(day_rows("otd", "delivery", waves))
    assert _chart(world).doubts.runs.startswith("Neighbouring days resemble each other (lag-1")
    overview = read_overview(world.runtime, LOCAL_USER, grain=Grain.DAY)
    assert pytest.approx(11 * 0.017) == overview.expected_false_signals


def test_a_touchpoint_outside_the_scope_reads_like_a_missing_one(world: SmallWorld) -> None:
    actor = replace(LOCAL_USER, touchpoints=frozenset({"desk"}))
    with pytest.raises(NotAllowed, match="There is no touchpoint 'delivery'"):
        read_rhythm(world.runtime, actor, metric="otd", touchpoint="delivery", grain=Grain.DAY)


def test_a_metric_without_readings_has_no_rhythm(world: SmallWorld) -> None:
    world.reach()
    assert "" == _rhythm(world).sentence
