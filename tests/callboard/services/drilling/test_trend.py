"""Control charts on a small real store."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from callboard.access import LOCAL_USER
from callboard.errors import NotAllowed
from callboard.services.drilling.trend import read_control_chart
from callboard.services.tiles.touchpoint import read_touchpoint
from callboard.views import ControlChart
from metrics.limits import Footing
from metrics.model import Form, Grain, Unit
from metrics.signals import Rule, Signal
from tests.callboard.services.small_world import (
    WEEK_46,
    SmallWorld,
    benchmark,
    day_rows,
    sketch_row,
    week_rows,
)

ALTERNATING = [(90.0 + (-1) ** at, 100.0) for at in range(36)]  # 91, 89, 91, ...


def _chart(world: SmallWorld, **question: object) -> ControlChart:
    given = {"metric": "otd", "touchpoint": "delivery", "grain": Grain.WEEK} | question
    return read_control_chart(world.runtime, LOCAL_USER, **given)


def test_an_empty_store_gives_an_empty_chart(world: SmallWorld) -> None:
    chart = _chart(world)
    assert ((), Footing.NONE, Signal.NO_DATA) == (
        chart.points,
        chart.limits.footing,
        chart.variation.signal,
    )
    assert "On-time delivery, Field delivery: no values yet." == chart.alt


def test_limits_are_the_mean_and_266_mean_ranges(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", ALTERNATING))
    limits = _chart(world).limits
    assert (90.0, 90 - 2.66 * 2, 90 + 2.66 * 2) == pytest.approx(
        (limits.centre, limits.lower, limits.upper)
    )


def test_the_running_week_is_drawn_hollow_and_not_judged(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", [*ALTERNATING, (10.0, 100.0)], last=date(2026, 11, 16)))
    chart = _chart(world)
    running = chart.points[-1]
    assert ("partial", 10.0, Rule.NONE, False) == (
        running.status,
        running.value,
        running.rule,
        running.is_complete,
    )
    assert pytest.approx(90.0) == chart.limits.centre


def test_a_period_long_ago_is_told_as_it_stood_then(world: SmallWorld) -> None:
    """The verdict, the limits and the last point are those of the period, as on its tile."""
    world.reach()
    bad = [*ALTERNATING[:-1], (70.0, 100.0)]
    week_42 = date(2026, 10, 12)
    later = [(90.0, 100.0)] * 4
    world.add(week_rows("otd", "delivery", [*bad, *later]))
    chart = _chart(world, period="2026-10-14")
    page = read_touchpoint(
        world.runtime, LOCAL_USER, touchpoint="delivery", grain=Grain.WEEK, period="2026-10-14"
    )
    assert (week_42, "2026-10-12", 36) == (
        chart.points[-1].start,
        chart.period,
        len(chart.points),
    )
    assert page.tiles[0].verdict == chart.verdict
    assert chart.verdict.startswith("Worse than usual in Week 42, 2026")
    assert chart.why.startswith("70.0 % is below ")


def test_the_whole_weeks_together_are_sums_over_sums(world: SmallWorld) -> None:
    world.reach()
    counts = [(9.0, 10.0), (500.0, 1000.0), (1.0, 10.0)]
    world.add(week_rows("otd", "delivery", counts, last=date(2026, 11, 16)))
    total = _chart(world).total
    assert total is not None
    assert (2, 509.0, 1010.0, 1010, "50.4 %") == (
        total.periods,
        total.numerator,
        total.denominator,
        total.n,
        total.value_text,
    )


def test_a_point_beyond_the_limit_is_told_with_its_reason(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", [*ALTERNATING[:-1], (70.0, 100.0)]))
    chart = _chart(world)
    assert (Rule.OUTSIDE_BELOW, Signal.CONCERN, "below the lower limit") == (
        chart.points[-1].rule,
        chart.points[-1].signal,
        chart.points[-1].rule_text,
    )
    assert chart.why.startswith("70.0 % is below ")


def test_a_suppressed_week_is_a_gap_with_its_reason(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", [*ALTERNATING[:-1], (7.0, 7.0)]))
    point = _chart(world).points[-1]
    assert (None, "too few cases for Week 46, 2026: 7 of at least 10", "suppressed") == (
        point.value,
        point.value_text,
        point.status,
    )
    assert (None, 7.0) == (point.numerator, point.denominator)


def test_a_missing_week_is_a_gap_not_zero(world: SmallWorld) -> None:
    world.reach()
    counts = {WEEK_46: (90.0, 100.0), WEEK_46 - timedelta(weeks=2): (91.0, 100.0)}
    world.add(day_rows("otd", "delivery", counts))
    points = _chart(world).points
    assert [(91.0, "ok"), (None, "no_data"), (90.0, "ok")] == [(p.value, p.status) for p in points]


def test_targets_are_spans_of_the_promise_in_force(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", ALTERNATING))
    assert (
        (date(2026, 3, 9), date(2026, 11, 1), 90.0),
        (date(2026, 11, 2), date(2026, 11, 15), 95.0),
    ) == _chart(world).targets


def test_the_peers_band_is_of_their_own_periods(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", ALTERNATING))
    old = {"period_start": date(2020, 1, 1), "period_end": date(2020, 1, 31)}
    world.publish(
        [
            benchmark("Alder", 95.0),
            benchmark("Birch", 80.0),
            benchmark("Cedar", 86.0),
            benchmark("Dogwood", 10.0, **old),
        ]
    )
    band = _chart(world).peer_band
    assert [(date(2026, 10, 1), date(2026, 10, 31), 80.0, 86.0, 95.0, 3)] == [
        (each.start, each.end, each.low, each.middle, each.high, each.peers) for each in band
    ]


def test_a_mean_below_zero_is_told_as_within_limits_that_reach_below_zero(
    world: SmallWorld,
) -> None:
    world.reach()
    world.add(week_rows("asa", "desk", [(300 * (-1) ** at, 100.0) for at in range(36)]))
    chart = _chart(world, metric="asa", touchpoint="desk")
    assert (None, 16.0) == (chart.natural_low, pytest.approx(chart.limits.upper, abs=0.1))
    assert chart.why.startswith("−3 s is within what chance alone brings about: −16 to 16 s")


def test_how_much_the_peers_have_of_a_count_is_no_band(world: SmallWorld) -> None:
    world.reach()
    metrics = world.runtime.definitions.metrics
    count = {"form": Form.COUNT, "unit": Unit.COUNT, "denominator": None, "min_n": 0}
    counted = {**metrics, "otd": metrics["otd"].model_copy(update=count)}
    definitions = replace(world.runtime.definitions, metrics=counted)
    one = SmallWorld(replace(world.runtime, definitions=definitions))
    one.add(week_rows("otd", "delivery", ALTERNATING))
    one.publish([benchmark(name, 400.0, unit="count") for name in ("Alder", "Birch", "Cedar")])
    assert () == _chart(one).peer_band


def test_a_segment_has_a_chart_of_its_own(world: SmallWorld) -> None:
    world.reach()
    world.add(
        day_rows("otd", "delivery", {WEEK_46: (40.0, 50.0)}, dimension="region", segment="north")
        + day_rows("otd", "delivery", {WEEK_46: (90.0, 100.0)})
    )
    assert [80.0] == [p.value for p in _chart(world, dimension="region", segment="north").points]


def test_a_median_is_read_from_the_merged_sketch(world: SmallWorld) -> None:
    world.reach()
    first = [1.0] * 10
    second = [3.0] * 30
    world.add(
        [
            sketch_row("ttr_p50", "desk", date(2026, 11, 2), first),
            sketch_row("ttr_p50", "desk", date(2026, 11, 3), second),
        ]
    )
    point = _chart(world, metric="ttr_p50", touchpoint="desk").points[0]
    assert pytest.approx(3.0, rel=0.01) == point.value
    assert 40 == point.n


def test_a_week_waits_for_its_late_rows(world: SmallWorld) -> None:
    world.reach()  # ttr_p50 waits 7 days: today is 22 Nov, so week 45 (to 8 Nov) is the latest
    world.add([sketch_row("ttr_p50", "desk", WEEK_46, [2.0] * 20)])
    chart = _chart(world, metric="ttr_p50", touchpoint="desk")
    assert "2026-11-02" == chart.period
    assert ["partial"] == [point.status for point in chart.points]


def test_the_first_week_of_a_feed_is_not_whole_unless_it_begins_with_it(world: SmallWorld) -> None:
    world.reach(first_day=date(2026, 3, 11))
    world.add(week_rows("otd", "delivery", ALTERNATING))
    statuses = [point.status for point in _chart(world).points[:2]]
    assert ["partial", "ok"] == statuses


def test_the_sentence_for_people_who_do_not_see_the_chart(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", ALTERNATING))
    assert (
        "On-time delivery, Field delivery: 36 weeks to Week 46, 2026, the newest at 89.0 %, "
        "usually 90.0 % and by chance 84.7 to 95.3 %. "
        "Steady; will miss 95.0 % in most weeks." == _chart(world).alt
    )


@pytest.mark.parametrize(
    "question", [{"touchpoint": "delivery"}, {"touchpoint": "nowhere"}, {"metric": "nothing"}]
)
def test_what_is_outside_the_scope_reads_like_what_is_missing(
    world: SmallWorld, question: dict[str, str]
) -> None:
    actor = replace(LOCAL_USER, touchpoints=frozenset({"desk"}))
    given = {"metric": "otd", "touchpoint": "desk", "grain": Grain.WEEK} | question
    with pytest.raises(NotAllowed, match="There is no"):
        read_control_chart(world.runtime, actor, **given)


def test_a_point_tells_every_rule_that_caught_it_and_the_limits_in_force(
    world: SmallWorld,
) -> None:
    """Seven weeks below usual, the last of them far below: outside wins, the shift is kept."""
    world.reach()
    world.add(
        week_rows("otd", "delivery", [*ALTERNATING[:29], *[(86.0, 100.0)] * 6, (70.0, 100.0)])
    )
    chart = _chart(world)
    newest = chart.points[-1]
    assert (Rule.OUTSIDE_BELOW, (Rule.OUTSIDE_BELOW, Rule.SHIFT_BELOW)) == (
        newest.rule,
        newest.hits,
    )
    assert (chart.limits.centre, chart.limits.lower, 0) == (
        newest.centre,
        newest.lower,
        newest.segment,
    )
    assert "below the lower limit; one of 7 or more in a row below usual" == newest.rule_text


def test_a_running_period_has_the_limits_of_the_newest_whole_one(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", [*ALTERNATING, (10.0, 100.0)], last=date(2026, 11, 16)))
    whole, running = _chart(world).points[-2:]
    assert (whole.centre, whole.upper) == (running.centre, running.upper)
