"""Touchpoints and segments beside each other, on a small real store."""

import csv
import io
from datetime import date, timedelta

import pytest
from statsmodels.stats.proportion import proportion_confint

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import NotAllowed
from callboard.services.annotating.annotations import add
from callboard.services.comparing.compare_ways import list_comparable, list_ways, noun_of
from callboard.services.comparing.compared_units import Unit
from callboard.services.comparing.touchpoints import read_comparison
from callboard.services.comparing.unit_judging import counts_of
from callboard.services.export import comparison_csv
from callboard.storage.readings import ReadingRow
from callboard.views import ComparedUnit, Comparison, Picture, WrittenAnnotation
from metrics.funnel import Outside, make_funnel
from metrics.funnel_exact import Kind
from metrics.model import Grain, Stock
from metrics.signals import Signal
from metrics.value import Parts
from tests.callboard.services.small_world import WEEK_46, SmallWorld, day_rows, sketch_row

CARRIERS = {f"carrier {n:02}": (800 + 7 * n, 1000 + 3 * n) for n in range(11)} | {"far": (250, 500)}
DAY = timedelta(days=1)


def carried(
    counts: dict[str, tuple[float, float]],
    *,
    metric: str = "otd",
    touchpoint: str = "delivery",
    day: date = WEEK_46,
    parts: int = 1,
) -> list[ReadingRow]:
    """The counts of each carrier and of them all, spread over so many days up to `day`."""
    whole = (sum(x for x, _ in counts.values()), sum(n for _, n in counts.values()))
    return [
        row
        for name, (numerator, denominator) in {"": whole, **counts}.items()
        for row in day_rows(
            metric,
            touchpoint,
            {day - 5 * DAY * n: (numerator / parts, denominator / parts) for n in range(parts)},
            dimension="carrier" if name else "",
            segment=name,
        )
    ]


def compare(world: SmallWorld, actor: Actor = LOCAL_USER, **question: object) -> Comparison:
    given = {"metric": "otd", "grain": Grain.WEEK, "by": "carrier", "periods": 4} | question
    return read_comparison(world.runtime, actor, **given)  # type: ignore[arg-type]  # a shorthand


def unit_of(view: Comparison, name: str) -> ComparedUnit:
    return next(unit for unit in view.units if unit.name == name)


@pytest.fixture
def carriers(world: SmallWorld) -> SmallWorld:
    """Twelve carriers of one week, one of them far below the rest."""
    world.reach()
    world.add(carried(CARRIERS))
    return world


def test_the_segments_of_a_dimension_stand_in_a_funnel(carriers: SmallWorld) -> None:
    view = compare(carriers)
    funnel = make_funnel(*zip(*CARRIERS.values(), strict=True), kind=Kind.PROPORTION)
    far = unit_of(view, "far")
    assert (Picture.FUNNEL, 12) == (view.picture, len(view.units))
    assert pytest.approx(100 * funnel.target) == view.centre
    assert (funnel.phi, funnel.tau2) == (view.phi, view.tau2)
    assert far.limits is not None
    assert pytest.approx(100 * funnel.limits(0.998)[0][-1]) == far.limits.lower_998


def test_who_stands_apart_is_first_and_named_in_the_sentence(carriers: SmallWorld) -> None:
    view = compare(carriers)
    assert ("far", Outside.BELOW_998, Signal.CONCERN) == (
        view.units[0].name,
        view.units[0].outside,
        view.units[0].signal,
    )
    assert "On-time delivery: of 12 carriers, 1 is worse than the rest (far)." == view.headline
    assert "below the 99.8 % limit: worse than the rest" == view.units[0].finding


def test_where_low_is_good_the_same_counts_are_better(carriers: SmallWorld) -> None:
    carriers.add(carried(CARRIERS, metric="returns", day=WEEK_46 - 14 * DAY))
    far = unit_of(compare(carriers, metric="returns"), "far")
    assert (Outside.BELOW_998, Signal.IMPROVEMENT) == (far.outside, far.signal)


def test_it_says_how_many_would_be_outside_by_chance(carriers: SmallWorld) -> None:
    assert "Of 12 carriers about 0.02 would be outside by chance alone." == compare(carriers).chance


def test_splitting_a_units_own_counts_by_period_changes_nothing(world: SmallWorld) -> None:
    world.reach()
    world.add(carried(CARRIERS))
    at_once = compare(world)
    world.add(carried(CARRIERS, parts=4))
    spread = compare(world)
    assert pytest.approx(at_once.phi) == spread.phi
    assert pytest.approx(at_once.tau2) == spread.tau2
    assert {unit.name: unit.outside for unit in at_once.units} == {
        unit.name: unit.outside for unit in spread.units
    }


def test_the_running_week_does_not_count(carriers: SmallWorld) -> None:
    before = compare(carriers)
    carriers.add(carried({"far": (0.0, 9000.0)}, day=WEEK_46 + 8 * DAY))
    assert unit_of(before, "far") == unit_of(compare(carriers), "far")


def test_a_value_is_the_sum_over_the_sum_of_the_span(world: SmallWorld) -> None:
    world.reach()
    weeks = {WEEK_46: (10.0, 100.0), WEEK_46 - 7 * DAY: (900.0, 900.0)}
    world.add([*day_rows("otd", "delivery", weeks), *day_rows("otd", "desk", weeks)])
    one, two = (compare(world, by="", periods=n).units[0].value_text for n in (1, 2))
    assert ("10.0 %", "91.0 %") == (one, two)


def test_fewer_than_five_are_dots_with_wilsons_interval_and_it_says_why(world: SmallWorld) -> None:
    world.reach()
    counts = (("delivery", 90.0), ("desk", 80.0))
    world.add([row for at, x in counts for row in day_rows("otd", at, {WEEK_46: (x, 100.0)})])
    view = compare(world, by="")
    low, high = proportion_confint(80, 100, method="wilson")
    assert (Picture.DOTS, "Service desk") == (view.picture, view.units[0].name)
    assert pytest.approx((100 * low, 100 * high)) == (view.units[0].low, view.units[0].high)
    assert "2 touchpoints are fewer than 5" in view.lead
    assert (None, "", {Signal.NONE}) == (
        view.curves,
        view.chance,
        {unit.signal for unit in view.units},
    )


def test_a_percentile_has_no_funnel_however_many_there_are(world: SmallWorld) -> None:
    world.reach()
    hours, monday = [float(n) for n in range(1, 101)], WEEK_46 - 7 * DAY
    world.add([sketch_row("ttr_p50", at, monday, hours) for at in ("desk", "delivery")])
    view = compare(world, metric="ttr_p50", by="")
    assert Picture.DOTS is view.picture
    assert "this is a percentile" in view.lead


def test_counts_are_shown_beside_their_own_past_only(world: SmallWorld) -> None:
    world.reach()
    days = [WEEK_46 - 7 * DAY + n * DAY for n in range(7)]
    backlogs = (("depot", 40.0), ("desk", 90.0))
    world.add(
        [
            row
            for at, open_items in backlogs
            for row in day_rows("backlog_open", at, dict.fromkeys(days, (open_items, None)))
        ]
    )
    view = compare(world, metric="backlog_open", by="")
    assert (Picture.RUNS, None) == (view.picture, view.centre)
    assert ["Service desk", "Depot"] == [unit.name for unit in view.units]
    assert "not judged against the rest" in view.lead


def test_the_share_of_a_stock_counts_one_days_cases(world: SmallWorld) -> None:
    """Seven snapshots of the same hundred cases are a hundred cases, not seven hundred."""
    share = world.runtime.definitions.metrics["otd"]
    week = Parts(numerator=210.0, denominator=700.0, n=700.0, days=7)
    unit = Unit(code="a", name="A", touchpoint="a", parts=week, value=30.0, run=())
    assert (210.0, 700.0) == counts_of(share, unit)
    assert (30.0, 100.0) == counts_of(share.model_copy(update={"stock": Stock.MEAN}), unit)


def test_one_alone_is_nothing_to_compare(world: SmallWorld) -> None:
    world.reach()
    world.add(day_rows("otd", "delivery", {WEEK_46: (90.0, 100.0)}))
    view = compare(world, by="")
    assert Picture.NONE is view.picture
    assert "only Field delivery has a value" in view.headline


def test_an_empty_store_has_nothing_to_compare(world: SmallWorld) -> None:
    assert () == list_comparable(world.runtime, LOCAL_USER)
    assert (Picture.NONE, ()) == (compare(world).picture, compare(world).units)


def test_systematic_differences_get_no_limits_but_shrunken_values_and_ranks(
    world: SmallWorld,
) -> None:
    world.reach()
    world.add(carried({f"c{n}": (70_000.0 + 2500 * n, 100_000.0) for n in range(8)}))
    view = compare(world)
    assert Picture.SYSTEMATIC is view.picture
    assert "the differences between 8 carriers are systematic" in view.headline
    assert "; from 70.0 % (c0) to 87.5 % (c7). They vary " in view.lead
    worst, *_, best = view.units
    assert worst.shrunken is not None
    assert ("8 of 8", Signal.NONE, None) == (worst.shrunken.rank_text, worst.signal, worst.limits)
    assert worst.value < worst.shrunken.value < best.value


def test_too_few_are_hidden_and_so_is_what_would_give_them_away(carriers: SmallWorld) -> None:
    carriers.add(carried(CARRIERS | {"tiny": (3.0, 4.0)}))
    view = compare(carriers)
    assert (
        (
            "carrier 02",
            "else those with too few could be worked out",
        ),  # 80.9 %, the whole being at 80.9 %
        ("tiny", "too few cases: 4 of at least 10"),
    ) == view.left_out
    assert (11, "far") == (len(view.units), view.units[0].name)


def test_those_with_too_few_who_are_enough_together_hide_each_other(carriers: SmallWorld) -> None:
    carriers.add(carried(CARRIERS | {"tiny": (3.0, 4.0), "small": (2.0, 7.0)}))
    assert ["small", "tiny"] == [name for name, _ in compare(carriers).left_out]


def test_what_is_left_over_is_no_unit(carriers: SmallWorld) -> None:
    carriers.add(carried(CARRIERS | {"other": (500.0, 600.0)}))
    assert (("other", "not one of them, but what is left over"),) == compare(carriers).left_out


def test_a_touchpoint_without_readings_in_the_span_is_listed(world: SmallWorld) -> None:
    world.reach()
    world.add(day_rows("otd", "delivery", {WEEK_46: (90.0, 100.0)}))
    world.add(day_rows("otd", "desk", {WEEK_46 - 70 * DAY: (90.0, 100.0)}))
    assert (("Service desk", "no readings in these days"),) == compare(world, by="").left_out


def test_days_that_are_not_covered_are_said(carriers: SmallWorld) -> None:
    carriers.reach(first_day=WEEK_46)
    assert "its readings begin on 9 Nov 2026 only" == compare(carriers).left_out[0][1]
    assert 12 == len(compare(carriers, periods=1).units)


def test_segments_of_several_touchpoints_are_added_up_or_taken_at_one(world: SmallWorld) -> None:
    world.reach()
    here = carried({"a": (90.0, 100.0), "b": (50.0, 100.0)})
    world.add([*here, *carried({"a": (10.0, 300.0)}, touchpoint="desk")])
    together, at = compare(world), compare(world, at="delivery")
    assert (25.0, "") == (unit_of(together, "a").value, unit_of(together, "a").touchpoint)
    assert (90.0, "delivery") == (unit_of(at, "a").value, unit_of(at, "a").touchpoint)
    assert "choose one to compare like with like" in together.lead
    assert "at Field delivery" in at.lead


def test_a_run_goes_back_26_periods_with_its_gaps(carriers: SmallWorld) -> None:
    run = unit_of(compare(carriers), "far").run
    assert (26, 50.0, {None}) == (len(run), run[-1], set(run[:-1]))


def test_a_past_period_is_told_as_it_was_then(carriers: SmallWorld) -> None:
    assert () == compare(carriers, period="2026-10-05", periods=1).units
    assert "9 to 15 Nov 2026" == compare(carriers, period="2026-11-12", periods=1).period_label


def test_somebody_elses_touchpoint_is_not_told_of(carriers: SmallWorld) -> None:
    own = Actor(
        id="d", name="D", roles=frozenset({Role.EXECUTIVE}), touchpoints=frozenset({"desk"})
    )
    assert () == compare(carriers, own).units
    assert () == list_comparable(carriers.runtime, own)
    with pytest.raises(NotAllowed):
        compare(carriers, own, at="delivery")


def test_a_metric_there_is_not_is_not_allowed(carriers: SmallWorld) -> None:
    with pytest.raises(NotAllowed):
        compare(carriers, metric="nonsense")


def test_the_ways_to_compare_begin_with_one_that_gives_a_funnel(carriers: SmallWorld) -> None:
    ways = list_ways(carriers.runtime, LOCAL_USER, metric="otd")
    assert ((("", "Touchpoint"), ("carrier", "Carrier")), "carrier") == (ways.ways, ways.usual)
    assert (("delivery", "Field delivery"),) == ways.touchpoints


def test_metrics_of_events_at_most_touchpoints_come_first(world: SmallWorld) -> None:
    world.reach()
    for metric, places in (("abandon", ["desk"]), ("otd", ["desk", "delivery"])):
        day = {WEEK_46: (90.0, 100.0)}
        world.add([row for place in places for row in day_rows(metric, place, day)])
    codes = [code for code, _ in list_comparable(world.runtime, LOCAL_USER)]
    assert ["otd", "abandon"] == codes


@pytest.mark.parametrize(
    ("dimension", "noun"),
    [
        ("", "touchpoints"),
        ("carrier", "carriers"),
        ("category", "categories"),
        ("day", "days"),
        ("requested_by", "segments"),
    ],
)
def test_units_have_a_noun(dimension: str, noun: str) -> None:
    assert noun == noun_of(dimension)


def test_the_download_carries_limits_and_findings_in_full_precision(carriers: SmallWorld) -> None:
    view = compare(carriers)
    row = next(csv.DictReader(io.StringIO(comparison_csv(view).decode())))
    far = view.units[0]
    assert far.limits is not None
    assert ("far", "below_998", "concern") == (row["unit"], row["outside"], row["signal"])
    assert (far.value, far.limits.lower_998, view.phi) == (
        float(row["value"]),
        float(row["lower_998"]),
        float(row["phi"]),
    )
    assert view.centre == float(row["together"])


def test_annotations_are_flags_on_the_runs_of_their_touchpoint(world: SmallWorld) -> None:
    world.reach()
    world.add(day_rows("otd", "delivery", {WEEK_46: (90.0, 100.0)}))
    world.add(day_rows("otd", "desk", {WEEK_46: (80.0, 100.0)}))
    day = WEEK_46 - 7 * DAY
    for touchpoint, metric, text in (
        ("desk", "otd", "Strike"),
        ("", "", "New tariff"),
        ("delivery", "", "Fog"),
    ):
        written = WrittenAnnotation(
            touchpoint=touchpoint, metric=metric, first=day.isoformat(), text=text, tag="event"
        )
        add(world.runtime, LOCAL_USER, written)
    view = compare(world, by="")
    (desk,) = (unit for unit in view.units if unit.code == "desk")
    assert {(24, "Strike"), (24, "New tariff")} == {(f.place, f.text) for f in desk.flags}
