"""A figure on a small part of the usual volume is shown, and judged nowhere."""

import csv
import io
from datetime import date

import pytest

from callboard.access import LOCAL_USER
from callboard.services.drilling.trend import read_control_chart
from callboard.services.export import chart_csv
from callboard.services.readings.export import export_readings
from callboard.services.tiles.overview import read_overview
from callboard.views import Badge, ControlChart, Tile
from metrics.model import Grain
from metrics.signals import Rule, Signal
from metrics.verdict import Promise
from tests.callboard.services.small_world import SmallWorld, week_rows

USUAL = [(720.0 + (-1) ** at * 8, 800.0) for at in range(35)]  # 91 %, 89 %, ...
TOLD = "Volume collapsed: 31 delivered orders, usually 800; the figure is shown but not judged"


@pytest.fixture
def collapsed(world: SmallWorld) -> SmallWorld:
    """The newest of 36 weeks has 31 orders where 800 are usual, and none of them on time."""
    world.reach()
    world.add(week_rows("otd", "delivery", [*USUAL, (0.0, 31.0)]))
    return world


def _tile(world: SmallWorld) -> Tile:
    (lane,) = read_overview(world.runtime, LOCAL_USER, grain=Grain.WEEK).lanes
    return lane.tiles[0]


def _chart(world: SmallWorld, metric: str, touchpoint: str) -> ControlChart:
    return read_control_chart(
        world.runtime, LOCAL_USER, metric=metric, touchpoint=touchpoint, grain=Grain.WEEK
    )


def test_a_tile_shows_the_figure_and_says_that_the_volume_collapsed(collapsed: SmallWorld) -> None:
    tile = _tile(collapsed)
    assert ("0.0", "%", "n = 31", TOLD) == (
        tile.value_text,
        tile.unit_text,
        tile.n_text,
        tile.verdict,
    )
    assert (Signal.NO_DATA, True, Promise.NONE, "collapsed") == (
        tile.variation.signal,
        tile.variation.is_suspended,
        tile.assurance.promise,
        tile.status,
    )


def test_its_chips_judge_nothing_either(collapsed: SmallWorld) -> None:
    chips = _tile(collapsed).chips
    assert {"Week 45": "not judged", "target 95.0 %": "not judged"} == {
        chip.label: chip.word for chip in chips if chip.label != "Week 46, 2025"
    }


def test_its_trust_is_no_longer_plain(collapsed: SmallWorld) -> None:
    trust = _tile(collapsed).trust
    assert Badge.WARNINGS is trust.badge
    assert trust.sentence.startswith("Volume collapsed: 31 delivered orders, usually 800. ")


def test_the_overview_counts_it_apart(collapsed: SmallWorld) -> None:
    overview = read_overview(collapsed.runtime, LOCAL_USER, grain=Grain.WEEK)
    assert (
        "No promise at risk, 1 figure not judged after a collapse in volume; data complete to Saturday."
        == overview.headline
    )


def test_the_chart_says_the_same_and_keeps_the_week_out_of_its_limits(
    collapsed: SmallWorld,
) -> None:
    chart = _chart(collapsed, "otd", "delivery")
    newest = chart.points[-1]
    assert (TOLD, "0.0 %", Rule.NONE, "collapsed") == (
        chart.verdict,
        newest.value_text,
        newest.rule,
        newest.status,
    )
    assert "not judged: volume collapsed (31 delivered orders, usually 800)" == newest.rule_text
    assert chart.why.startswith("Fewer than half as many cases were counted as is usual")
    assert (35, pytest.approx(90 + 1 / 35)) == (chart.limits.points, chart.limits.centre)


def test_the_download_says_it_too(collapsed: SmallWorld) -> None:
    text = chart_csv(_chart(collapsed, "otd", "delivery")).decode()
    newest = list(csv.DictReader(io.StringIO(text)))[-1]
    assert ("0.0", "collapsed", "no_data") == (
        newest["value"],
        newest["status"],
        newest["signal"],
    )


def test_a_week_after_the_collapse_is_judged_and_not_compared_with_it(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", [*USUAL[:-1], (0.0, 31.0), (720.0, 800.0)]))
    tile = _tile(world)
    assert ("ok", "the volume of Week 45 collapsed") == (tile.status, tile.chips[0].word)


def test_a_count_is_its_own_volume_and_judged(world: SmallWorld) -> None:
    world.reach()
    counts = [(800.0 + (-1) ** at * 8, None) for at in range(35)]
    world.add(week_rows("backlog_open", "depot", [*counts, (31.0, None)]))
    chart = _chart(world, "backlog_open", "depot")
    assert (Rule.OUTSIDE_BELOW, "ok") == (chart.points[-1].rule, chart.points[-1].status)


def test_too_few_to_show_are_still_too_few(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", [*USUAL, (7.0, 7.0)]))
    assert ("suppressed", None) == (_tile(world).status, _tile(world).value)


@pytest.mark.parametrize("since", [None, date(2026, 11, 9)])
def test_readings_for_other_programs_mark_it_however_few_are_asked_for(
    collapsed: SmallWorld, since: date | None
) -> None:
    records = export_readings(collapsed.runtime, LOCAL_USER, metric="otd", since=since)
    assert (date(2026, 11, 9), 0.0, 31, True) == (
        records[-1].period_start,
        records[-1].value,
        records[-1].n,
        records[-1].collapsed,
    )


def test_readings_of_earlier_periods_are_read_for_their_volume_and_not_told(
    collapsed: SmallWorld,
) -> None:
    records = export_readings(collapsed.runtime, LOCAL_USER, metric="otd", since=date(2026, 11, 11))
    assert [date(2026, 11, 9)] == [each.period_start for each in records]
