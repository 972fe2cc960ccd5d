"""The metric at another touchpoint: who is offered, the difference with its interval, the scope."""

from dataclasses import replace

import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from callboard.access import LOCAL_USER
from callboard.errors import NotAllowed
from callboard.services.drilling.beside import list_beside, read_beside
from callboard.views import Beside
from metrics.model import Grain
from tests.callboard.services.small_world import SmallWorld, week_rows


@pytest.fixture
def two(world: SmallWorld) -> SmallWorld:
    world.reach()
    weeks = [(180.0 + w % 3, 200.0) for w in range(30)]
    ours = week_rows("otd", "delivery", [*weeks, (170.0, 200.0)])
    world.add([*ours, *week_rows("otd", "desk", [*weeks, (190.0, 200.0)])])
    world.add(week_rows("returns", "depot", [(5.0, 100.0)] * 3))
    return world


def read(world: SmallWorld, **question: str) -> Beside:
    asked = {"metric": "otd", "touchpoint": "delivery", "other": "desk", "grain": Grain.WEEK}
    return read_beside(world.runtime, LOCAL_USER, **asked | question)


def test_those_that_have_the_metric_are_offered_and_the_touchpoint_itself_is_not(
    two: SmallWorld,
) -> None:
    asked = {"metric": "otd", "touchpoint": "delivery"}
    assert (("desk", "Service desk"),) == list_beside(two.runtime, LOCAL_USER, **asked)


def test_a_touchpoint_that_does_not_measure_the_metric_is_not_offered(two: SmallWorld) -> None:
    """The depot tells of its backlog alone; it has rows of on-time delivery all the same."""
    two.add(week_rows("otd", "depot", [(180.0, 200.0)] * 3))
    asked = {"metric": "otd", "touchpoint": "delivery"}
    assert (("desk", "Service desk"),) == list_beside(two.runtime, LOCAL_USER, **asked)


def test_the_difference_is_told_with_its_interval(two: SmallWorld) -> None:
    low, high = confint_proportions_2indep(170, 200, 190, 200, compare="diff", method="newcomb")
    expected = f"−{-100 * low:.1f} to −{-100 * high:.1f} pts"
    assert (
        "Week 46, 2026: Field delivery 85.0 %, Service desk 95.0 %. "
        f"Difference −10.0 pts (95 % interval {expected}), more than chance."
    ) == read(two).sentence


def test_a_difference_that_chance_could_make_is_called_unclear(two: SmallWorld) -> None:
    told = read(two, period="2026-11-02").sentence
    assert told.endswith("no clear difference.")


def test_both_are_judged_by_limits_of_their_own_over_the_same_weeks(two: SmallWorld) -> None:
    view = read(two)
    assert [each.start for each in view.ours.points] == [each.start for each in view.other.points]
    assert view.ours.period == view.other.period
    assert view.other.verdict in view.alt


def test_a_touchpoint_outside_the_scope_is_neither_offered_nor_read(two: SmallWorld) -> None:
    actor = replace(LOCAL_USER, touchpoints=frozenset({"delivery"}))
    assert () == list_beside(two.runtime, actor, metric="otd", touchpoint="delivery")
    with pytest.raises(NotAllowed, match="There is no touchpoint 'desk'"):
        read_beside(
            two.runtime, actor, metric="otd", touchpoint="delivery", other="desk", grain=Grain.WEEK
        )
