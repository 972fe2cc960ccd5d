"""Composites as readings: whole when their components are, hidden when one of them is."""

import random
from datetime import date, timedelta

import pytest

from callboard.access import LOCAL_USER
from callboard.services.readings.export import ReadingRecord, export_readings
from callboard.services.runtime import Runtime
from metrics.model import Grain
from tests.callboard.services.composite_world import COMPONENTS, index_of, with_index
from tests.callboard.services.small_world import WEEK_46, SmallWorld, day_rows, week_rows

LIGHT = (COMPONENTS[0], {**COMPONENTS[1], "weight": 0.5})


def scores(runtime: Runtime, grain: Grain = Grain.WEEK) -> list[ReadingRecord]:
    return export_readings(runtime, LOCAL_USER, metric="delivery_index", grain=grain)


@pytest.mark.parametrize("grain", list(Grain))
def test_a_score_is_that_of_the_components_sums_in_every_period(
    world: SmallWorld, grain: Grain
) -> None:
    """Against plain arithmetic on random days: sums over sums first, then the formula."""
    chance = random.Random(11)
    days = [date(2026, 7, 1) + timedelta(days=at) for at in range(120)]
    rows = {
        name: {day: (chance.randint(0, n), n) for day in days if (n := chance.randint(20, 90))}
        for name in ("otd", "returns")
    }
    world.reach(first_day=days[0])
    for name, counts in rows.items():
        world.add(day_rows(name, "delivery", counts))
    found = scores(with_index(world.runtime), grain)
    assert len(found) > 3
    for record in found:
        within = [day for day in days if record.period_start <= day <= record.period_end]
        shares = [
            100 * sum(counts[day][0] for day in within) / sum(counts[day][1] for day in within)
            for counts in (rows["otd"], rows["returns"])
        ]
        assert pytest.approx(index_of(*shares), rel=1e-12) == record.value


def test_a_score_has_no_numerator_and_the_fewest_cases_of_its_components(
    world: SmallWorld,
) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", [(80, 100)]))
    world.add(week_rows("returns", "delivery", [(2, 40)]))
    (record,) = scores(with_index(world.runtime))
    assert (None, None, 40, "points") == (
        record.numerator,
        record.denominator,
        record.n,
        record.unit,
    )


def test_a_component_with_too_few_cases_hides_the_score_from_which_it_could_be_told(
    world: SmallWorld,
) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", [(80, 100), (80, 100)]))
    world.add(week_rows("returns", "delivery", [(2, 40), (1, 9)]))
    for missing in ("no_score", "reweight"):
        runtime = with_index(world.runtime, components=LIGHT, missing=missing)
        shown, hidden = scores(runtime)
        assert shown.value is not None
        assert (None, 9) == (hidden.value, hidden.n)


def test_a_component_without_a_reading_leaves_no_score(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", [(80, 100), (80, 100)]))
    world.add(week_rows("returns", "delivery", [(2, 40)], last=WEEK_46 - timedelta(weeks=1)))
    runtime = with_index(world.runtime)
    assert [True, False] == [record.value is not None for record in scores(runtime)]


def test_the_others_stand_in_for_a_light_component_where_the_file_says_so(
    world: SmallWorld,
) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", [(80, 100), (80, 100)]))
    world.add(week_rows("returns", "delivery", [(2, 40)], last=WEEK_46 - timedelta(weeks=1)))
    runtime = with_index(world.runtime, components=LIGHT, missing="reweight")
    whole, reweighted = scores(runtime)
    assert pytest.approx((3 * 60 + 0.5 * 50) / 3.5) == whole.value
    assert pytest.approx(60.0) == reweighted.value


def test_a_component_that_weighs_too_much_is_not_stood_in_for(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", [(80, 100)]))
    assert [] == scores(with_index(world.runtime, missing="reweight"))


def test_a_period_is_whole_when_it_is_for_every_component(world: SmallWorld) -> None:
    world.reach(feeds=["deliveries"])
    world.reach(feeds=["contacts"], last_day=date(2026, 11, 12))
    complaints = {**COMPONENTS[1], "metric": "complaints", "range": (0, 50_000)}
    world.add(week_rows("otd", "delivery", [(80, 100), (80, 100)]))
    world.add(week_rows("complaints", "delivery", [(2, 40), (2, 40)]))
    runtime = with_index(world.runtime, components=(COMPONENTS[0], complaints))
    assert [True, False] == [record.complete for record in scores(runtime)]


def test_there_is_a_score_only_where_all_components_are_measured(world: SmallWorld) -> None:
    world.reach()
    world.add([*week_rows("otd", "delivery", [(80, 100)]), *week_rows("otd", "desk", [(80, 100)])])
    world.add(week_rows("returns", "delivery", [(2, 40)]))
    assert {"delivery"} == {record.touchpoint for record in scores(with_index(world.runtime))}


def test_a_touchpoint_that_lists_its_metrics_has_no_score_that_it_does_not_list(
    world: SmallWorld,
) -> None:
    world.reach()
    for metric, counts in (("otd", (80, 100)), ("returns", (2, 40))):
        world.add([*week_rows(metric, "delivery", [counts]), *week_rows(metric, "depot", [counts])])
    assert {"delivery"} == {record.touchpoint for record in scores(with_index(world.runtime))}


def test_its_components_are_not_read_along_where_they_were_not_asked_for(
    world: SmallWorld,
) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", [(80, 100)]))
    world.add(week_rows("returns", "delivery", [(2, 40)]))
    assert {"delivery_index"} == {each.metric for each in scores(with_index(world.runtime))}


def test_a_composite_of_a_composite_is_computed_from_its_score(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", [(80, 100)]))
    world.add(week_rows("returns", "delivery", [(2, 40)]))
    runtime = with_index(world.runtime)
    raw = {"better": "higher", "transform": "identity", "scale": 1}
    outer = with_index(
        runtime,
        metric="outer_index",
        components=[
            {"metric": "delivery_index", "weight": 1, **raw},
            {"metric": "otd", "weight": 1, **raw},
        ],
    )
    (record,) = export_readings(outer, LOCAL_USER, metric="outer_index")
    assert pytest.approx((index_of(80, 5) + 80) / 2) == record.value
