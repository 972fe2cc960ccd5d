"""Rare events on a small real store: judged by what lies between them, on tile and chart alike."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest

from callboard.access import LOCAL_USER
from callboard.services.drilling.outlook import read_outlook
from callboard.services.drilling.trend import read_control_chart
from callboard.services.runtime import Runtime
from callboard.services.tiles.overview import read_overview
from callboard.services.tiles.touchpoint import read_touchpoint
from callboard.storage.readings import ReadingRow
from callboard.views import ControlChart, Tile
from metrics.limits import Chart, Footing
from metrics.model import Grain
from metrics.signals import Rule, Signal
from metrics.verdict import Promise
from tests.callboard.services.rare_world import DAYS, LAST, ORDERS, every, rare_rows, with_counts
from tests.callboard.services.small_world import SmallWorld


def tile_of(
    runtime: Runtime, *, metric: str = "complaints", touchpoint: str = "delivery", **more: object
) -> Tile:
    page = read_touchpoint(
        runtime, LOCAL_USER, touchpoint=touchpoint, **{"grain": Grain.DAY} | more
    )
    return next(tile for tile in page.tiles if tile.metric == metric)


def chart_of(world: SmallWorld, **more: object) -> ControlChart:
    given = {"metric": "complaints", "touchpoint": "delivery", "grain": Grain.DAY} | more
    return read_control_chart(world.runtime, LOCAL_USER, **given)


def days_ago(days: int) -> date:
    return LAST - timedelta(days=days)


def test_chance_does_not_cry_wolf_where_the_limits_of_days_would(world: SmallWorld) -> None:
    """20 series of independent events, one in ten days, the newest day with one of them."""
    world.reach()
    random, wolves, told = np.random.default_rng(4), 0, []
    for _ in range(10):
        for touchpoint in ("desk", "delivery"):
            counts = random.poisson(0.1, len(DAYS))
            counts[-1] = 1
            world.add(rare_rows(np.repeat(DAYS, counts), touchpoint=touchpoint))
            last = counts[-36:]
            ranges = [abs(int(after) - int(before)) for before, after in pairwise(last)]
            wolves += 1 > last.mean() + 2.66 * sum(ranges) / 35
            told.append(tile_of(world.runtime, touchpoint=touchpoint).variation)
    assert 20 == wolves
    assert all(each.footing is Footing.FULL for each in told)
    assert sum(each.signal is not Signal.NONE for each in told) <= 1


@pytest.mark.parametrize("grain", [Grain.DAY, Grain.WEEK, Grain.MONTH])
def test_tile_and_chart_say_the_same_at_every_grain(world: SmallWorld, grain: Grain) -> None:
    world.reach()
    world.add(rare_rows(every(12)))
    tile, chart = tile_of(world.runtime, grain=grain), chart_of(world, grain=grain, periods=120)
    assert tile.verdict == chart.verdict
    assert tile.verdict.startswith("Steady: usually 12 days apart")
    assert (Chart.T, None) == (chart.between.limits.chart, chart.limits.centre)


def test_a_cluster_is_told_as_worse_from_the_event_it_began_with(world: SmallWorld) -> None:
    """Every 12 days until 3 weeks ago, then every third day, 7 times, to the newest one."""
    world.reach()
    cluster = [days_ago(back) for back in range(18, -1, -3)]
    world.add(rare_rows([*every(12, until=days_ago(21)), *cluster]))
    tile = tile_of(world.runtime)
    assert (Signal.CONCERN, days_ago(21)) == (tile.variation.signal, tile.variation.since)
    assert "Worse than usual since Sat 31 Oct: events come closer together" == tile.verdict
    overview = read_overview(world.runtime, LOCAL_USER, grain=Grain.DAY)
    assert "events come closer together since 31 Oct" in overview.headline
    assert overview.headline.startswith("1 figure of concern;")


def test_a_cluster_is_over_once_the_gap_since_is_longer_than_usual(world: SmallWorld) -> None:
    world.reach()
    cluster = [days_ago(back) for back in range(38, 19, -3)]
    world.add(rare_rows([*every(12, until=days_ago(41)), *cluster]))
    chart = chart_of(world)
    assert chart.verdict.endswith(", 20 days since the last")
    assert (
        "The gap since the last one is longer than before, so the run of short ones is over."
        == (chart.why)
    )


def test_a_cluster_of_these_days_is_among_what_changed(world: SmallWorld) -> None:
    world.reach()
    world.add(rare_rows([*every(12, until=days_ago(12)), *[LAST] * 8]))
    overview = read_overview(world.runtime, LOCAL_USER, grain=Grain.DAY)
    assert ["complaints"] == [each.metric for each in overview.changed]


def test_a_signal_of_long_ago_is_no_news(world: SmallWorld) -> None:
    world.reach()
    world.add(rare_rows(every(8, until=days_ago(200))))
    tile = tile_of(world.runtime)
    assert (Signal.IMPROVEMENT, False) == (tile.variation.signal, tile.is_fresh)


def test_a_long_quiet_is_told_as_better_while_it_runs(world: SmallWorld) -> None:
    world.reach()
    world.add(rare_rows(every(8, until=days_ago(90))))
    chart = chart_of(world)
    assert "Better than usual: 90 days since the last, usually 7.9" == chart.verdict
    running = chart.between.gaps[-1]
    assert (True, 90.0, Signal.IMPROVEMENT) == (running.is_running, running.length, running.signal)


def test_a_day_the_feed_was_away_ends_no_gap_and_begins_none(world: SmallWorld) -> None:
    """The gap over the missing day is not known; the others are, and so is the running one."""
    world.reach()
    events = every(12)
    away = events[-2] + timedelta(days=2)
    world.add(rare_rows(events, away=[away]))
    gaps = chart_of(world).between.gaps
    assert [None] == [each.length for each in gaps if each.start <= away < each.end]
    assert all(each.length is not None for each in gaps if not each.start <= away < each.end)
    assert len(events) == len(gaps)


def test_days_since_the_last_event_are_not_told_where_some_are_missing(world: SmallWorld) -> None:
    world.reach()
    world.add(rare_rows(every(12, until=days_ago(5)), away=[days_ago(2)]))
    assert "Steady: usually 12 days apart" == tile_of(world.runtime).verdict


def test_where_many_days_are_missing_the_periods_are_judged(world: SmallWorld) -> None:
    world.reach()
    world.add(rare_rows(every(12), away=[day for day in DAYS if day.weekday() == 6]))
    chart = chart_of(world, grain=Grain.WEEK)
    assert (None, True) == (chart.between, chart.limits.centre is not None)


def test_a_share_is_judged_by_the_cases_between(world: SmallWorld) -> None:
    """One in 12 days of 200 contacts, of which one was abandoned: 12 x 200 - 1 lie between."""
    world.reach()
    world.add(rare_rows(every(12), metric="abandon", touchpoint="desk"))
    chart = chart_of(world, metric="abandon", touchpoint="desk")
    lengths = [each.length for each in chart.between.gaps if not each.is_running]
    days = [(each.end - each.start).days for each in chart.between.gaps if not each.is_running]
    assert [day * ORDERS - 1 for day in days] == lengths
    mean = sum(lengths) / len(lengths)
    assert mean + 3 * (mean * (mean + 1)) ** 0.5 == pytest.approx(chart.between.limits.upper)
    assert chart.verdict.startswith(f"Steady: on average {mean:,.0f} cases apart")


def test_a_count_of_a_sparse_feed_is_judged_by_the_days_between(world: SmallWorld) -> None:
    """Nothing is written of days without an event; in a whole day of the feed they are none."""
    world.reach(first_day=DAYS[0])
    rows = [ReadingRow("desk", "backlog_open", "", "", day, 1, None, 1) for day in every(12)]
    world.add(rows)
    tile = tile_of(with_counts(world.runtime), metric="backlog_open", touchpoint="desk")
    assert tile.verdict.startswith("Steady: usually 12 days apart")


def test_few_events_are_too_few_to_judge(world: SmallWorld) -> None:
    world.reach()
    world.add(rare_rows(every(12)[-6:]))
    assert "Too few events to judge (5 of 8)" == tile_of(world.runtime).verdict


def test_frequent_events_are_judged_by_their_periods(world: SmallWorld) -> None:
    """Two in three days: whole days are too coarse to tell what lies between."""
    world.reach()
    world.add(rare_rows([day for at, day in enumerate(DAYS) if at % 3]))
    assert chart_of(world).between is None


def test_the_periods_of_rare_events_have_no_limits_and_no_signals(world: SmallWorld) -> None:
    world.reach()
    world.add(rare_rows([*every(12, until=days_ago(5)), *[LAST] * 6]))
    chart = chart_of(world)
    assert {Rule.NONE} == {point.rule for point in chart.points}
    assert not any(point.hits for point in chart.points)
    assert {Signal.NONE} == {point.signal for point in chart.points}
    assert {None} == {point.upper for point in chart.points}
    assert (Chart.T, Promise.NONE) == (chart.limits.chart, chart.assurance.promise)


def test_a_period_without_data_says_so(world: SmallWorld) -> None:
    world.reach()
    world.add(rare_rows(every(12), away=[LAST]))
    assert tile_of(world.runtime).verdict.startswith("No data for Sat 21 Nov 2026")


def test_a_past_period_is_told_as_it_stood_then(world: SmallWorld) -> None:
    world.reach()
    world.add(rare_rows([*every(8, until=days_ago(90)), LAST]))
    then = days_ago(1).isoformat()
    assert "Better than usual: 89 days since the last, usually 7.9" == (
        tile_of(world.runtime, period=then).verdict
    )


def test_the_outlook_counts_no_excess_by_periods(world: SmallWorld) -> None:
    world.reach()
    cluster = [days_ago(back) for back in range(27, -1, -3)]
    world.add(rare_rows([*every(12, until=days_ago(30)), *cluster]))
    outlook = read_outlook(
        world.runtime, LOCAL_USER, metric="complaints", touchpoint="delivery", grain=Grain.DAY
    )
    assert "" == outlook.excess


def test_segments_of_rare_events_are_judged_by_what_lies_between_them_too(
    world: SmallWorld,
) -> None:
    world.reach()
    world.add([*rare_rows(every(12), segment="north"), *rare_rows(every(12))])
    whole, north = chart_of(world), chart_of(world, dimension="region", segment="north")
    assert whole.verdict.startswith("Steady: usually 12 days apart")
    assert (whole.verdict, Chart.T) == (north.verdict, north.between.limits.chart)


def test_a_segment_of_rare_events_with_too_small_days_is_a_plain_run(world: SmallWorld) -> None:
    """5 orders a day are too few to be shown, 35 a week are not: no signal from a single event."""
    world.reach()
    north = rare_rows([LAST - timedelta(days=8)], orders=5.0, segment="north")
    world.add([*north, *rare_rows([], orders=5.0, segment="south"), *rare_rows(every(12))])
    chart = chart_of(world, grain=Grain.WEEK, dimension="region", segment="north")
    assert (None, Signal.NONE, Footing.NONE) == (
        chart.limits.centre,
        chart.variation.signal,
        chart.variation.footing,
    )
    assert {Signal.NONE} == {each.signal for each in chart.points if each.is_complete}
    assert "Too few events in each week to judge" == chart.verdict
    assert chart.why.startswith("Most weeks have fewer than 5 events, and single days too few")
