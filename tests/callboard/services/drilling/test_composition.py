"""A composite taken apart: everything adds up, and what does not compare is not compared."""

from datetime import date, timedelta

import pytest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import CallboardError, NotAllowed
from callboard.services.drilling.composition import read_composition
from callboard.services.export import composition_csv
from callboard.services.runtime import Runtime
from callboard.views import Composition, Meaning
from metrics.model import Grain
from tests.callboard.services.composite_world import COMPONENTS, index_of, with_index
from tests.callboard.services.small_world import SmallWorld, day_rows, week_rows

WEEK_44 = date(2026, 10, 26)  # the latest that is whole: returns take three weeks to come in
LAST_WEEK = WEEK_44 - timedelta(weeks=1)


@pytest.fixture
def delivery(world: SmallWorld) -> SmallWorld:
    """On time in 90 of 100, then 80 of 100; returns from 4 to 5 %; one more touchpoint."""
    world.reach()
    world.add(
        [
            *week_rows("otd", "delivery", [(900, 1000), (800, 1000)], last=WEEK_44),
            *week_rows("otd", "desk", [(700, 1000), (700, 1000)], last=WEEK_44),
        ]
    )
    world.add(
        [
            *week_rows("returns", "delivery", [(16, 400), (20, 400)], last=WEEK_44),
            *week_rows("returns", "desk", [(16, 400), (20, 400)], last=WEEK_44),
        ]
    )
    return world


def composition(runtime: Runtime, actor: Actor = LOCAL_USER, **asked: str) -> Composition:
    wanted = {"touchpoint": "delivery", "metric": "delivery_index", **asked}
    return read_composition(runtime, actor, grain=Grain.WEEK, **wanted)


def test_what_the_components_add_is_the_score(delivery: SmallWorld) -> None:
    view = composition(with_index(delivery.runtime))
    assert pytest.approx(index_of(80, 5), rel=1e-12) == view.score
    assert [45.0, 12.5] == [pytest.approx(each.contribution) for each in view.parts]
    assert pytest.approx(view.score, abs=1e-12) == sum(x.contribution or 0 for x in view.parts)


def test_what_the_components_add_to_the_change_is_the_change(delivery: SmallWorld) -> None:
    view = composition(with_index(delivery.runtime))
    assert pytest.approx(index_of(80, 5) - index_of(90, 4)) == view.change
    assert [-15.0, -2.5] == [pytest.approx(each.change) for each in view.parts]
    assert pytest.approx(view.change, abs=1e-12) == sum(each.change or 0 for each in view.parts)


def test_the_sentence_names_what_adds_most_and_what_changed_most(delivery: SmallWorld) -> None:
    assert (
        "On-time delivery adds most: 45.0 of 57.5 points. Of the change since week 43, −17.5 pts, "
        "On-time delivery accounts for −15.0."
    ) == composition(with_index(delivery.runtime)).sentence


def test_a_change_in_which_nothing_differs_clearly_is_nobodys(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", [(90, 100), (88, 100)], last=WEEK_44))
    world.add(week_rows("returns", "delivery", [(2, 40), (2, 40)], last=WEEK_44))
    view = composition(with_index(world.runtime))
    told = "It changed by −3.0 pts since week 43, but no component differs clearly."
    assert view.sentence.endswith(told)
    assert Meaning.NEUTRAL == view.parts[0].meaning


def test_what_hangs_on_weights_and_components_is_told(delivery: SmallWorld) -> None:
    sensitivity, leverage, rank, several = composition(with_index(delivery.runtime)).notes
    assert sensitivity.startswith("With weights varied by ±25 % the score stays between 5")
    assert "Most hangs on On-time delivery: without it the score would be 50.0 points." == leverage
    assert "Of the 2 touchpoints with this score it stands 1st, with varied weights too." == rank
    one, mean = index_of(85, 4.5), (index_of(90, 4) + index_of(80, 5)) / 2
    assert f"{one:.1f}" == f"{mean:.1f}"
    assert (
        f"The weeks shown taken as one give {one:.1f} points, and so do their scores on average."
    ) == several


def test_periods_taken_as_one_are_of_sums_and_not_the_mean_of_scores(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", [(90, 100), (700, 1000)], last=WEEK_44))
    world.add(week_rows("returns", "delivery", [(2, 40), (20, 400)], last=WEEK_44))
    (several,) = [each for each in composition(with_index(world.runtime)).notes if "mean" in each]
    assert f"give {index_of(100 * 790 / 1100, 5):.1f} points" in several
    assert f"is {(index_of(90, 5) + index_of(70, 5)) / 2:.1f} points" in several


def test_who_sees_some_touchpoints_is_told_of_those(delivery: SmallWorld) -> None:
    both = frozenset({"delivery", "desk"})
    actor = Actor(id="ola", name="Ola", roles=frozenset({Role.OPS_LEAD}), touchpoints=both)
    notes = composition(with_index(delivery.runtime), actor).notes
    assert any("Of the 2 touchpoints that you may see" in note for note in notes)
    alone = Actor(
        id="ola", name="Ola", roles=frozenset({Role.OPS_LEAD}), touchpoints=frozenset({"delivery"})
    )
    notes = composition(with_index(delivery.runtime), alone).notes
    assert not any("touchpoints" in note for note in notes)


def test_somebody_elses_touchpoint_is_not_taken_apart(delivery: SmallWorld) -> None:
    actor = Actor(
        id="ola", name="Ola", roles=frozenset({Role.OPS_LEAD}), touchpoints=frozenset({"desk"})
    )
    with pytest.raises(NotAllowed):
        composition(with_index(delivery.runtime), actor)


def test_a_metric_of_its_own_rows_is_not_taken_apart(delivery: SmallWorld) -> None:
    with pytest.raises(CallboardError, match="On-time delivery is not made of other metrics"):
        composition(with_index(delivery.runtime), metric="otd")


def test_a_hidden_component_hides_everything_it_could_be_told_from(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", [(90, 100), (80, 100)], last=WEEK_44))
    world.add(week_rows("returns", "delivery", [(2, 40), (1, 9)], last=WEEK_44))
    view = composition(with_index(world.runtime))
    assert (None, None, ()) == (view.score, view.change, view.notes)
    assert [None, None] == [each.contribution for each in view.parts]
    assert ["", ""] == [each.without_text for each in view.parts]
    assert "Returns we caused: too few cases for this period: 9 of at least 10" in view.sentence


def test_a_component_that_others_stand_in_for_is_told(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", [(90, 100), (80, 100)], last=WEEK_44))
    world.add(week_rows("returns", "delivery", [(2, 40)], last=LAST_WEEK))
    light = (COMPONENTS[0], {**COMPONENTS[1], "weight": 0.5})
    view = composition(with_index(world.runtime, components=light, missing="reweight"))
    assert pytest.approx(60.0) == view.score
    assert None is view.change
    assert (
        "Reweighted: Returns we caused, 14 % of the weight, has no value in this period, and the "
        "other components stand in for it."
    ) == view.notes[0]


def test_scores_of_two_definitions_are_not_compared(delivery: SmallWorld) -> None:
    changed = {"version": 2, "changes": [{"version": 2, "from": WEEK_44, "what": "new scale"}]}
    view = composition(with_index(delivery.runtime, **changed))
    assert (None, "") == (view.change, view.change_text)
    assert not any("taken as one" in note for note in view.notes)


def test_a_value_beyond_its_fixed_range_is_told(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", [(40, 100)], last=WEEK_44))
    world.add(week_rows("returns", "delivery", [(2, 40)], last=WEEK_44))
    view = composition(with_index(world.runtime))
    assert "−20.0, beyond its range" == view.parts[0].scaled_text
    assert pytest.approx(index_of(40, 5)) == view.score


def test_an_earlier_period_is_taken_apart_as_it_stood(delivery: SmallWorld) -> None:
    view = composition(with_index(delivery.runtime), period=LAST_WEEK.isoformat())
    assert pytest.approx(index_of(90, 4)) == view.score


def test_the_download_adds_up_as_the_page_does(delivery: SmallWorld) -> None:
    lines = composition_csv(composition(with_index(delivery.runtime))).decode().splitlines()
    rows = [line.split(",") for line in lines[1:]]
    assert ["otd", "returns"] == [row[2] for row in rows]
    assert pytest.approx(index_of(80, 5)) == sum(float(row[6]) for row in rows)


def test_a_touchpoint_without_a_score_says_so(world: SmallWorld) -> None:
    world.reach()
    world.add(day_rows("otd", "delivery", {WEEK_44: (80, 100)}))
    view = composition(with_index(world.runtime))
    assert "No score: no value for Week 44, 2026." in view.sentence
