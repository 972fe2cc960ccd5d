"""Breaks part a series at every place that judges it, at every length of period."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from callboard.access import LOCAL_USER
from callboard.services.drilling.breakdown import read_breakdown
from callboard.services.drilling.trend import read_control_chart
from callboard.services.readings.export import export_readings
from callboard.services.tiles.overview import read_overview
from callboard.storage.breaks import SeriesBreak, add_break, withdraw_break
from callboard.storage.engine import write
from callboard.views import ControlChart, Meaning, Tile
from metrics.model import Grain
from metrics.signals import Signal
from metrics.verdict import Promise
from tests.callboard.services.small_world import WEEK_46, SmallWorld, day_rows, week_rows

STEP = WEEK_46 - timedelta(weeks=11)  # the first of twelve weeks on a new level
AT = datetime(2026, 11, 22, tzinfo=UTC)
BREAK = SeriesBreak(
    id=0,
    touchpoint="delivery",
    metric="otd",
    day=STEP + timedelta(days=2),
    reason="A new carrier",
    actor="ana",
    at=AT,
)
BEFORE = [(95.0 + week % 3, 100.0) for week in range(24)]
AFTER = [(83.0 + week % 3, 100.0) for week in range(12)]


@pytest.fixture
def stepped(world: SmallWorld) -> SmallWorld:
    """On-time delivery that fell by ten points and stayed there."""
    world.add(week_rows("otd", "delivery", [*BEFORE, *AFTER]))
    world.add(week_rows("returns", "delivery", [*BEFORE, *AFTER]))
    world.reach()
    return world


def approve(world: SmallWorld, **changes) -> int:
    with write(world.runtime.store) as conn:
        return add_break(conn, replace(BREAK, **changes))


def chart_of(world: SmallWorld, metric: str = "otd", grain: Grain = Grain.WEEK) -> ControlChart:
    return read_control_chart(
        world.runtime, LOCAL_USER, metric=metric, touchpoint="delivery", grain=grain
    )


def tile_of(world: SmallWorld, metric: str = "otd") -> Tile:
    page = read_overview(world.runtime, LOCAL_USER, grain=Grain.WEEK)
    tiles = [tile for lane in page.lanes for tile in lane.tiles]
    return next(tile for tile in tiles if tile.metric == metric)


def test_a_break_begins_a_segment_with_the_week_that_holds_its_day(stepped: SmallWorld) -> None:
    approve(stepped)
    segments = {point.start: point.segment for point in chart_of(stepped).points}
    assert {0} == {number for start, number in segments.items() if start < STEP}
    assert {1} == {number for start, number in segments.items() if start >= STEP}


def test_at_a_longer_grain_the_whole_month_is_of_the_new_segment(stepped: SmallWorld) -> None:
    approve(stepped)
    points = chart_of(stepped, grain=Grain.MONTH).points
    first_new = next(point.start for point in points if point.segment)
    assert BREAK.day.replace(day=1) == first_new


def test_limits_start_anew_at_the_break(stepped: SmallWorld) -> None:
    approve(stepped)
    chart = chart_of(stepped)
    assert 84.0 == chart.limits.centre
    assert STEP == chart.limits.baseline_start
    assert {96.0, 84.0} == {point.centre for point in chart.points}


def test_what_signalled_is_steady_after_the_break_and_the_promise_follows(
    stepped: SmallWorld,
) -> None:
    before = tile_of(stepped)
    assert (Signal.CONCERN, Promise.SOMETIMES) == (
        before.variation.signal,
        before.assurance.promise,
    )
    approve(stepped)
    after = tile_of(stepped)
    assert (Signal.NONE, Promise.NEVER) == (after.variation.signal, after.assurance.promise)
    assert after.variation.break_on == STEP


def test_a_break_is_of_one_metric_alone(stepped: SmallWorld) -> None:
    approve(stepped)
    assert Signal.IMPROVEMENT is tile_of(stepped, "returns").variation.signal
    assert tile_of(stepped, "returns").variation.break_on is None


def test_a_segment_of_a_dimension_shares_the_break(stepped: SmallWorld) -> None:
    first = WEEK_46 - timedelta(weeks=35)
    counts = {first + timedelta(weeks=at): each for at, each in enumerate([*BEFORE, *AFTER])}
    stepped.add(day_rows("otd", "delivery", counts, dimension="carrier", segment="Northline"))
    approve(stepped)
    chart = read_control_chart(
        stepped.runtime,
        LOCAL_USER,
        metric="otd",
        touchpoint="delivery",
        grain=Grain.WEEK,
        dimension="carrier",
        segment="Northline",
    )
    assert {0, 1} == {point.segment for point in chart.points}


def test_two_breaks_in_one_month_make_one_new_segment_of_months(stepped: SmallWorld) -> None:
    approve(stepped)
    approve(stepped, day=STEP + timedelta(weeks=1))
    points = chart_of(stepped, grain=Grain.MONTH).points
    assert {0, 1} == {point.segment for point in points}
    assert {0, 1, 2} == {point.segment for point in chart_of(stepped).points}


def test_a_withdrawn_break_parts_nothing(stepped: SmallWorld) -> None:
    plain = chart_of(stepped)
    number = approve(stepped)
    with write(stepped.runtime.store) as conn:
        withdraw_break(conn, number, actor_id="ana", at=AT, note="a mistake")
    assert plain.points == chart_of(stepped).points
    assert plain.limits == chart_of(stepped).limits


def test_a_break_before_the_history_that_is_judged_changes_nothing(stepped: SmallWorld) -> None:
    plain = chart_of(stepped)
    approve(stepped, day=date(2020, 3, 2))
    assert plain.points == chart_of(stepped).points
    assert tile_of(stepped).variation.break_on is None


def test_a_period_before_the_break_is_told_as_it_stood(stepped: SmallWorld) -> None:
    approve(stepped)
    chart = read_control_chart(
        stepped.runtime,
        LOCAL_USER,
        metric="otd",
        touchpoint="delivery",
        grain=Grain.WEEK,
        period=(STEP - timedelta(weeks=1)).isoformat(),
    )
    assert {0} == {point.segment for point in chart.points}
    assert chart.variation is not None
    assert chart.variation.break_on is None


def test_a_comparison_across_a_break_says_so_and_calls_it_neither_better_nor_worse(
    stepped: SmallWorld,
) -> None:
    approve(stepped, day=WEEK_46)
    chip = tile_of(stepped).chips[0]
    assert (Meaning.NEUTRAL, "across the break of 9 Nov (A new carrier)") == (
        chip.meaning,
        chip.word,
    )
    assert "a break lies between: A new carrier" in chip.detail


def test_a_comparison_on_one_side_of_the_break_is_as_ever(stepped: SmallWorld) -> None:
    plain = tile_of(stepped).chips[0]
    approve(stepped)
    assert plain == tile_of(stepped).chips[0]


def test_a_reason_too_long_for_a_chip_is_cut_there_and_whole_beside_it(
    stepped: SmallWorld,
) -> None:
    reason = "A new carrier for everything north of the river"
    approve(stepped, day=WEEK_46, reason=reason)
    chip = tile_of(stepped).chips[0]
    assert "across the break of 9 Nov (A new carrier for every…)" == chip.word
    assert reason in chip.detail


def test_the_change_of_a_breakdown_across_a_break_says_so(stepped: SmallWorld) -> None:
    counts = {WEEK_46 - timedelta(weeks=back): (80.0, 100.0) for back in range(2)}
    stepped.add(day_rows("otd", "delivery", counts, dimension="carrier", segment="Northline"))
    approve(stepped, day=WEEK_46)
    found = read_breakdown(
        stepped.runtime,
        LOCAL_USER,
        metric="otd",
        touchpoint="delivery",
        grain=Grain.WEEK,
        dimension="carrier",
    )
    assert found.sentence.endswith("The change is across the break of 9 Nov (A new carrier).")
    assert (
        {"across the break of 9 Nov (A new carrier)"}
        >= {each.chip.word for each in found.segments if each.chip.word.startswith("across")}
        != set()
    )


def test_the_chart_marks_the_break_and_the_sparkline_too(stepped: SmallWorld) -> None:
    approve(stepped)
    (mark,) = chart_of(stepped).breaks
    assert (STEP, "26 Aug", False) == (mark.start, mark.text, mark.is_provisional)
    assert chart_of(stepped).alt.endswith(
        "Limits start anew at the break of 26 Aug (A new carrier)."
    )
    assert (26 - 12,) == tile_of(stepped).sparkline.breaks


def test_a_break_with_few_periods_since_is_provisional(stepped: SmallWorld) -> None:
    approve(stepped, day=WEEK_46 - timedelta(weeks=6))
    (mark,) = chart_of(stepped).breaks
    assert mark.is_provisional
    assert ", provisional)" in chart_of(stepped).alt


def test_exported_readings_tell_the_break_their_segment_begins_with(stepped: SmallWorld) -> None:
    approve(stepped)
    records = export_readings(stepped.runtime, LOCAL_USER, metric="otd", grain=Grain.WEEK)
    assert {None} == {each.break_on for each in records if each.period_start < STEP}
    assert {BREAK.day} == {each.break_on for each in records if each.period_start >= STEP}
