"""What stands behind a change: size, cases and owner, worked out beside it."""

from datetime import date

import pytest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import NotAllowed
from callboard.services.signalling.acts import SignalAt, assign, comment
from callboard.services.signalling.changed import read_changed
from callboard.views import ChangeFacts
from metrics.model import Grain
from tests.callboard.services.small_world import SmallWorld, week_rows

STEADY = [(900.0 + (-1) ** at * 10, 1000.0) for at in range(36)]


def _facts(world: SmallWorld, *series: str) -> tuple[ChangeFacts, ...]:
    return read_changed(world.runtime, LOCAL_USER, grain=Grain.WEEK, series=series)


def test_a_change_is_told_by_its_size_its_cases_and_its_owner(world: SmallWorld) -> None:
    """36 weeks at 91 and 89 %, the last seven at 85: together 29 x 90 (+ 1) + 7 x 85 over 36."""
    world.reach()
    world.add(week_rows("otd", "desk", [*STEADY[:-7], *[(850.0, 1000.0)] * 7]))
    (facts,) = _facts(world, "desk/otd")
    assert f"85.0 %, usually {(29 * 90 + 1 + 7 * 85) / 36:.1f} %" == facts.size
    assert facts.excess.startswith("About 350 more late deliveries than normal since 28 Sep")
    assert "Ada" == facts.owner


def test_a_change_is_told_with_what_people_did_about_it(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "desk", [*STEADY[:-7], *[(850.0, 1000.0)] * 7]))
    signal = SignalAt(touchpoint="desk", metric="otd", grain=Grain.WEEK, since="2026-09-28")
    assign(world.runtime, LOCAL_USER, signal, to="Kim", due=date(2026, 12, 1))
    comment(world.runtime, LOCAL_USER, signal, text="Two vans are back")
    (facts,) = _facts(world, "desk/otd")
    assert facts.follow is not None
    assert ("Kim", date(2026, 12, 1)) == (facts.follow.assignee, facts.follow.due)
    assert ["Two vans are back"] == [each.text for each in facts.follow.comments]


def test_a_value_that_rounds_to_the_usual_one_is_told_finer(world: SmallWorld) -> None:
    """36 weeks, half at 90.00 and half at 89.96 %: their mean is 89.98 %, and all are told as 90.0."""
    world.reach()
    weeks = [(9000.0 - (at % 2) * 4, 10000.0) for at in range(36)]
    world.add(week_rows("otd", "desk", weeks))
    (facts,) = _facts(world, "desk/otd")
    assert "89.96 %, usually 89.98 %" == facts.size.replace("\N{NO-BREAK SPACE}", " ")


def test_many_are_told_in_the_order_asked_and_what_is_not_there_is_left_out(
    world: SmallWorld,
) -> None:
    world.reach()
    world.add(week_rows("otd", "desk", STEADY) + week_rows("otd", "delivery", STEADY))
    facts = _facts(world, "delivery/otd", "desk/abandon", "desk/otd")
    assert ["delivery", "desk"] == [each.touchpoint for each in facts]
    assert () == _facts(world)


def test_somebody_elses_touchpoint_is_not_told(world: SmallWorld) -> None:
    actor = Actor(
        id="o", name="O", roles=frozenset({Role.OPS_LEAD}), touchpoints=frozenset({"delivery"})
    )
    with pytest.raises(NotAllowed):
        read_changed(world.runtime, actor, grain=Grain.WEEK, series=("desk/otd",))
