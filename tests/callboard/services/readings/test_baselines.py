"""Baselines make the limits of a series wherever it is judged, at every length of period."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from callboard.access import LOCAL_USER
from callboard.services.drilling.trend import read_control_chart
from callboard.services.export import chart_csv
from callboard.services.tiles.overview import read_overview
from callboard.storage.baselines import (
    SeriesBaseline,
    add_baseline,
    restore_baseline,
    withdraw_baseline,
)
from callboard.storage.breaks import SeriesBreak, add_break
from callboard.storage.engine import write
from callboard.views import ControlChart, Tile
from metrics.chosen import BaselineUse
from metrics.limits import Chart
from metrics.model import Grain
from metrics.signals import Signal
from tests.callboard.services.plain_limits import Lines, plain_p_prime, plain_xmr
from tests.callboard.services.small_world import WEEK_46, SmallWorld, day_rows, week_rows

AT = datetime(2026, 11, 22, tzinfo=UTC)
WEEKS = 120
CHANCE = np.random.default_rng(11)
LATE = [float(each) for each in CHANCE.integers(84, 92, WEEKS)]  # percent, of 100 orders a week
SPANS = {"inside": (30, 12), "partly before": (50, 25), "wholly before": (90, 60)}


def monday(back: int) -> date:
    return WEEK_46 - timedelta(weeks=back)


@pytest.fixture
def judged(world: SmallWorld) -> SmallWorld:
    """Two years of on-time delivery, that vary by chance, and as many of returns."""
    world.add(week_rows("otd", "delivery", [(each, 100.0) for each in LATE]))
    world.add(week_rows("returns", "delivery", [(each, 100.0) for each in LATE]))
    world.reach()
    return world


def lay(world: SmallWorld, first: date, last: date, use=BaselineUse.ONLY, **changes) -> int:
    new = SeriesBaseline(
        id=0,
        touchpoint="delivery",
        metric="otd",
        first=first,
        last=last,
        use=use,
        reason="Before the depot",
        actor="ana",
        at=AT,
    )
    with write(world.runtime.store) as conn:
        return add_baseline(conn, replace(new, **changes))


def lay_weeks(world: SmallWorld, oldest: int, newest: int, use=BaselineUse.ONLY, **more) -> int:
    """From the week so many before the last to another, whole."""
    return lay(world, monday(oldest), monday(newest) + timedelta(days=6), use, **more)


def part_before(world: SmallWorld, back: int) -> None:
    """A break with the week so many before the last."""
    new = SeriesBreak(
        id=0,
        touchpoint="delivery",
        metric="otd",
        day=monday(back),
        reason="A new carrier",
        actor="ana",
        at=AT,
    )
    with write(world.runtime.store) as conn:
        add_break(conn, new)


def chart_of(world: SmallWorld, metric: str = "otd", **more) -> ControlChart:
    given = {"touchpoint": "delivery", "grain": Grain.WEEK, **more}
    return read_control_chart(world.runtime, LOCAL_USER, metric=metric, **given)


def tile_of(world: SmallWorld, metric: str = "otd", grain: Grain = Grain.WEEK) -> Tile:
    page = read_overview(world.runtime, LOCAL_USER, grain=grain)
    return next(tile for lane in page.lanes for tile in lane.tiles if tile.metric == metric)


def weeks(oldest: int, newest: int) -> list[float]:
    return LATE[WEEKS - 1 - oldest : WEEKS - newest]


def assert_lines(expected: Lines, chart: ControlChart, tile: Tile) -> None:
    """Chart and tile have the limits; a tile tells its centre, and its target in sigmas off it."""
    limits, sigma = chart.limits, (expected.upper - expected.centre) / 3
    found = (limits.centre, limits.lower, limits.upper)
    assert (expected.centre, expected.lower, expected.upper) == pytest.approx(found)
    assert pytest.approx(expected.centre) == tile.sparkline.centre
    assert pytest.approx((expected.centre - 95) / sigma) == tile.assurance.distance
    assert chart.variation.signal is tile.variation.signal


@pytest.mark.parametrize("span", SPANS.values(), ids=SPANS)
def test_the_weeks_of_a_baseline_alone_make_the_limits_of_tile_and_chart(
    judged: SmallWorld, span: tuple[int, int]
) -> None:
    lay_weeks(judged, *span)
    chart = chart_of(judged)
    assert_lines(plain_xmr(weeks(*span)), chart, tile_of(judged))
    told = (chart.limits.points, chart.limits.baseline_start, chart.limits.baseline_end)
    assert (span[0] - span[1] + 1, monday(span[0]), monday(span[1])) == told
    assert 36 == len([point for point in chart.points if point.is_complete])
    assert {chart.limits.upper} == {point.upper for point in chart.points}


@pytest.mark.parametrize("span", SPANS.values(), ids=SPANS)
def test_a_longer_chart_has_the_same_limits(judged: SmallWorld, span: tuple[int, int]) -> None:
    lay_weeks(judged, *span)
    assert chart_of(judged).limits == chart_of(judged, periods=104).limits


def test_only_whole_weeks_within_the_days_count(judged: SmallWorld) -> None:
    lay(judged, monday(30) + timedelta(days=1), monday(12) + timedelta(days=5))
    assert_lines(plain_xmr(weeks(29, 13)), chart_of(judged), tile_of(judged))


@pytest.mark.parametrize("span", SPANS.values(), ids=SPANS)
def test_limits_that_follow_the_volume_follow_the_baseline_too(
    world: SmallWorld, span: tuple[int, int]
) -> None:
    sizes = [float(each) for each in CHANCE.integers(60, 110, WEEKS)]
    cases = [float(round(n * share / 100)) for n, share in zip(sizes, LATE, strict=True)]
    world.add(week_rows("otd", "delivery", list(zip(cases, sizes, strict=True))))
    world.reach()
    lay_weeks(world, *span)
    inside = slice(WEEKS - 1 - span[0], WEEKS - span[1])
    expected = plain_p_prime(cases[inside], sizes[inside], at_size=sizes[-1])
    chart = chart_of(world)
    assert Chart.P_PRIME is chart.limits.chart
    assert_lines(expected, chart, tile_of(world))


@pytest.mark.parametrize("first", [30, 60])
def test_a_baseline_makes_the_limits_of_days(world: SmallWorld, first: int) -> None:
    """91 days are judged; the baseline of 40 days lies among them, or ends before they begin."""
    last = date(2026, 11, 20)
    values = [float(each) for each in CHANCE.integers(84, 92, 200)]
    days = {last - timedelta(days=back): (each, 100.0) for back, each in enumerate(values)}
    world.add(day_rows("otd", "delivery", days))
    world.reach(last_day=last)
    newest = last - timedelta(days=first + 40)
    lay(world, newest - timedelta(days=39), newest)
    expected = plain_xmr(values[first + 40 : first + 80][::-1])
    assert_lines(expected, chart_of(world, grain=Grain.DAY), tile_of(world, grain=Grain.DAY))


@pytest.mark.parametrize(("oldest", "newest"), [(30, 15), (50, 38)])
def test_a_baseline_makes_the_limits_of_months(world: SmallWorld, oldest: int, newest: int) -> None:
    firsts = [date(2022 + at // 12, at % 12 + 1, 1) for at in range(58)]  # to October 2026
    values = [float(each) for each in CHANCE.integers(84, 92, 58)]
    counts = dict(zip(firsts, [(each, 100.0) for each in values], strict=True))
    world.add(day_rows("otd", "delivery", counts))
    world.reach()
    lay(world, firsts[57 - oldest], firsts[58 - newest] - timedelta(days=1))
    expected = plain_xmr(values[57 - oldest : 58 - newest])
    chart, tile = chart_of(world, grain=Grain.MONTH), tile_of(world, grain=Grain.MONTH)
    limits = (chart.limits.centre, chart.limits.lower, chart.limits.upper)
    assert (expected.centre, expected.lower, expected.upper) == pytest.approx(limits)
    assert pytest.approx(expected.centre) == tile.sparkline.centre
    assert chart.variation.signal is tile.variation.signal


def test_two_old_baselines_of_two_series_do_not_meddle_with_each_other(
    judged: SmallWorld,
) -> None:
    lay_weeks(judged, 60, 45)
    alone = tile_of(judged), chart_of(judged)
    lay_weeks(judged, 110, 90, metric="returns")
    assert alone == (tile_of(judged), replace(chart_of(judged), publication=alone[1].publication))
    centre = sum(weeks(110, 90)) / 21
    assert pytest.approx(centre) == tile_of(judged, "returns").sparkline.centre


def test_laid_in_weeks_a_baseline_too_short_in_months_changes_no_month(
    judged: SmallWorld,
) -> None:
    plain = chart_of(judged, grain=Grain.MONTH), tile_of(judged, grain=Grain.MONTH)
    lay_weeks(judged, 30, 12)  # four whole months
    chart = chart_of(judged, grain=Grain.MONTH)
    assert (plain[0].limits, plain[0].points) == (chart.limits, chart.points)
    assert plain[1] == tile_of(judged, grain=Grain.MONTH)
    assert ((), plain[0].alt) == (chart.baselines, chart.alt)


def test_the_baseline_of_one_segment_leaves_the_other_alone(judged: SmallWorld) -> None:
    part_before(judged, 11)
    lay_weeks(judged, 30, 20)
    chart = chart_of(judged)
    assert_lines(plain_xmr(weeks(11, 0)), chart, tile_of(judged))
    (before,) = {point.centre for point in chart.points if point.segment == 0}
    assert pytest.approx(sum(weeks(30, 20)) / 11) == before


def test_an_old_baseline_of_the_segment_before_the_break_changes_nothing_since(
    judged: SmallWorld,
) -> None:
    part_before(judged, 45)
    plain = chart_of(judged), tile_of(judged)
    lay_weeks(judged, 70, 50)
    chart, tile = chart_of(judged), tile_of(judged)
    assert_lines(plain_xmr(weeks(35, 0)), chart, tile)
    assert (plain[0].limits, plain[1].verdict) == (chart.limits, tile.verdict)
    assert () == chart.baselines


def test_two_segments_have_a_baseline_each(judged: SmallWorld) -> None:
    part_before(judged, 15)
    lay_weeks(judged, 50, 30)
    lay_weeks(judged, 14, 5)
    chart = chart_of(judged)
    assert_lines(plain_xmr(weeks(14, 5)), chart, tile_of(judged))
    (before,) = {point.centre for point in chart.points if point.segment == 0}
    assert pytest.approx(sum(weeks(50, 30)) / 21) == before
    assert [monday(50), monday(14)] == [mark.start for mark in chart.baselines]


def test_what_is_set_aside_makes_no_limits_and_is_judged_by_them(judged: SmallWorld) -> None:
    strike = dict(zip((8, 7), (60.0, 62.0), strict=True))
    struck = {monday(back): (value, 100.0) for back, value in strike.items()}
    judged.add(day_rows("otd", "delivery", struck))
    lay(judged, monday(8) + timedelta(days=3), monday(7), BaselineUse.ASIDE, reason="A strike")
    others = [*weeks(35, 9), None, None, *weeks(6, 0)]
    chart = chart_of(judged)
    assert_lines(plain_xmr(others), chart, tile_of(judged))
    told = {p.start: (p.aside, p.value, p.signal) for p in chart.points if p.aside}
    assert {
        monday(8): ("A strike", 60.0, Signal.CONCERN),
        monday(7): ("A strike", 62.0, Signal.CONCERN),
    } == told


def test_how_often_the_promise_was_kept_counts_every_week(judged: SmallWorld) -> None:
    kept = sum(each >= 95 for each in weeks(35, 0)), 36
    assert kept == tile_of(judged).assurance.met
    lay_weeks(judged, 8, 7, BaselineUse.ASIDE)
    lay_weeks(judged, 90, 60)
    assert kept == tile_of(judged).assurance.met == chart_of(judged).assurance.met


def test_the_verdict_follows_a_better_past(judged: SmallWorld) -> None:
    better = {monday(back): (97.0 + back % 2, 100.0) for back in range(40, 61)}
    judged.add(day_rows("otd", "delivery", better))
    assert Signal.NONE is tile_of(judged).variation.signal
    lay_weeks(judged, 60, 40)
    tile, chart = tile_of(judged), chart_of(judged)
    assert Signal.CONCERN is tile.variation.signal is chart.variation.signal
    assert tile.verdict == chart.verdict


def test_withdrawn_it_is_as_if_it_had_never_been_and_brought_back_it_holds(
    judged: SmallWorld,
) -> None:
    plain, tile = chart_of(judged), tile_of(judged)
    number = lay_weeks(judged, 90, 60)
    held = chart_of(judged).limits
    with write(judged.runtime.store) as conn:
        withdraw_baseline(conn, number, actor_id="ana", at=AT, note="a mistake")
    assert replace(plain, publication=0) == replace(chart_of(judged), publication=0)
    assert tile == tile_of(judged)
    with write(judged.runtime.store) as conn:
        restore_baseline(conn, number, actor_id="ana", at=AT)
    assert plain.limits != held == chart_of(judged).limits


def test_an_old_baseline_is_told_though_it_lies_before_the_chart(judged: SmallWorld) -> None:
    lay_weeks(judged, 90, 60)
    chart = chart_of(judged)
    (mark,) = chart.baselines
    assert (monday(90), monday(60)) == (mark.start, mark.end)
    assert chart.alt.endswith("The baseline is 17 Feb to 21 Sep 2025 (Before the depot).")


def test_a_past_week_is_judged_by_the_baseline_as_far_as_it_had_come(judged: SmallWorld) -> None:
    lay_weeks(judged, 30, 12)
    past = chart_of(judged, period=monday(20).isoformat())
    assert pytest.approx(sum(weeks(30, 20)) / 11) == past.limits.centre
    early = chart_of(judged, period=monday(24).isoformat())  # seven weeks of it: too few
    assert pytest.approx(sum(weeks(59, 24)) / 36) == early.limits.centre


def test_a_segment_of_a_dimension_shares_what_its_chart_reaches(judged: SmallWorld) -> None:
    counts = {monday(back): (LATE[-1 - back], 100.0) for back in range(WEEKS)}
    judged.add(day_rows("otd", "delivery", counts, dimension="carrier", segment="Northline"))
    asked = {"dimension": "carrier", "segment": "Northline"}
    lay_weeks(judged, 30, 12)
    lay_weeks(judged, 100, 80)
    assert pytest.approx(sum(weeks(30, 12)) / 19) == chart_of(judged, **asked).limits.centre


def test_what_was_set_aside_leaves_with_its_reason(judged: SmallWorld) -> None:
    lay_weeks(judged, 8, 7, BaselineUse.ASIDE, reason="=A strike")
    header, *rows = chart_csv(chart_of(judged)).decode().splitlines()
    column = header.split(",").index("set_aside")
    told = [row.split(",")[column] for row in rows]
    assert ["'=A strike"] * 2 == [each for each in told if each] == told[-9:-7]
