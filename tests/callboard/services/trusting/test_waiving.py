"""Rules that hold nothing back for a while: by whom, how long, and seen by everybody."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import CallboardError, NotAllowed
from callboard.services.trusting.waiving import (
    list_waivers,
    rules_to_waive,
    waive_rule,
    withdraw_waiver,
)
from callboard.storage.engine import snapshot
from callboard.storage.waivers import read_waivers
from callboard.views import WaiverRow
from data_contracts.evidence import Gate
from data_contracts.gates.slices import tell_gate
from tests.callboard.services.small_world import TODAY, SmallWorld

SHARE = "slice.quarantine_share"
OF_DESK = replace(LOCAL_USER, touchpoints=frozenset({"desk"}))


def waive(world: SmallWorld, actor: Actor = LOCAL_USER, **asked: object) -> WaiverRow:
    given: dict[str, object] = {
        "feed": "deliveries",
        "rule": SHARE,
        "until": TODAY + timedelta(days=7),
        "why": "the carrier mends its export",
    }
    return waive_rule(world.runtime, actor, **given | asked)  # type: ignore[arg-type]


def in_force(world: SmallWorld, on: date) -> list[str]:
    with snapshot(world.runtime.store) as conn:
        return [each.rule_id for each in read_waivers(conn, feed="deliveries", on=on)]


def test_a_waiver_holds_up_to_its_day_and_shows_when_it_has_ended(world: SmallWorld) -> None:
    row = waive(world, slice_key="desk", owner="Ada")
    assert ("in force", "Ada", "local", "desk") == (row.state, row.owner, row.actor, row.slice_key)
    assert ([SHARE], []) == (in_force(world, row.until), in_force(world, row.until + timedelta(1)))
    later = world.at("2026-11-30T10:00")
    assert [("expired", False)] == [(e.state, e.holds) for e in list_waivers(later, LOCAL_USER)]


def test_a_gate_has_the_words_of_its_result_wherever_it_is_named(world: SmallWorld) -> None:
    contract = world.runtime.definitions.contracts["deliveries"]
    words = rules_to_waive(contract)
    assert "A day's figure is within 20 times what is usual." == words["slice.scale"]
    assert "The newest row is at most 26 hours old." == words["dataset.freshness"]
    assert all(tell_gate(contract, gate) == words[gate.value] for gate in Gate)


def test_a_waiver_is_withdrawn_and_stays_in_the_list(world: SmallWorld) -> None:
    number = waive(world).id
    row = withdraw_waiver(world.runtime, LOCAL_USER, number=number, why="mended")
    assert ("withdrawn by local", False) == (row.state, row.holds)
    assert [] == in_force(world, TODAY)
    with pytest.raises(CallboardError, match=f"Waiver {number} has ended already"):
        withdraw_waiver(world.runtime, LOCAL_USER, number=number, why="again")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"why": ""}, "Say why"),
        ({"until": TODAY - timedelta(days=1)}, "expected a day from 2026-11-22"),
        ({"until": TODAY + timedelta(days=400)}, "expected a day from 2026-11-22"),
        ({"rule": "units.range"}, "holds no data back"),
        ({"rule": "slice.volumes"}, "Deliveries has no rule 'slice.volumes'"),
        ({"rule": "dataset.columns"}, "Deliveries has no rule 'dataset.columns'"),
        ({"slice_key": "desk/asa"}, "Deliveries has no metric 'asa'"),
    ],
)
def test_what_cannot_be_waived_is_told_why(
    world: SmallWorld, asked: dict[str, object], told: str
) -> None:
    with pytest.raises(CallboardError, match=told):
        waive(world, **asked)
    assert [] == in_force(world, TODAY)


def test_rules_are_waived_by_those_who_answer_for_them(world: SmallWorld) -> None:
    analyst = Actor(id="a", name="Ann", roles=frozenset({Role.ANALYST}))
    with pytest.raises(NotAllowed, match="Ann may not waive a rule"):
        waive(world, analyst)
    number = waive(world).id
    with pytest.raises(NotAllowed, match="Ann may not waive a rule"):
        withdraw_waiver(world.runtime, analyst, number=number, why="x")


def test_nobody_waives_beyond_his_touchpoints(world: SmallWorld) -> None:
    with pytest.raises(NotAllowed, match="rules of single touchpoints only"):
        waive(world, OF_DESK)
    with pytest.raises(NotAllowed, match="There is no touchpoint 'delivery'"):
        waive(world, OF_DESK, slice_key="delivery")
    number = waive(world, slice_key="delivery").id
    assert () == list_waivers(world.runtime, OF_DESK)
    with pytest.raises(NotAllowed, match=f"There is no waiver {number}"):
        withdraw_waiver(world.runtime, OF_DESK, number=number, why="x")
    assert waive(world, OF_DESK, slice_key="desk").holds


def test_a_waiver_of_every_slice_is_not_withdrawn_by_one_of_a_single_touchpoint(
    world: SmallWorld,
) -> None:
    number = waive(world).id
    with pytest.raises(NotAllowed, match="may withdraw waivers of single touchpoints only"):
        withdraw_waiver(world.runtime, OF_DESK, number=number, why="x")
    assert [number] == [each.id for each in list_waivers(world.runtime, LOCAL_USER) if each.holds]
    mine = waive(world, OF_DESK, slice_key="desk").id
    assert not withdraw_waiver(world.runtime, OF_DESK, number=mine, why="mended").holds


def test_a_slice_and_an_owner_are_kept_as_they_are_looked_for(world: SmallWorld) -> None:
    row = waive(world, slice_key=" desk / ", owner="A\x00da  " + "x" * 300)
    assert ("desk", "Ada " + "x" * 196) == (row.slice_key, row.owner)
    with pytest.raises(CallboardError, match="expected a touchpoint, or touchpoint/metric"):
        waive(world, slice_key="/otif")
