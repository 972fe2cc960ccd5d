"""What gates found in slices, judged: which days are held, which are missing, what a waiver lets by."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from data_contracts.catalogue import LIBRARY, read_contract
from data_contracts.evidence import (
    DatasetEvidence,
    Evidence,
    Gate,
    GateVerdict,
    Held,
    SliceEvidence,
    State,
    WaivedRule,
)
from data_contracts.gate import judge_run

CONTRACT, _ = read_contract(LIBRARY / "backlog.odcs.yaml")
assert CONTRACT is not None
ROWS = [Evidence(rule_id=each.rule_id, evaluated=1000, failed=0) for each in CONTRACT.checks]
DAY = date(2026, 11, 20)
DAYS = (DAY - timedelta(days=1), DAY)
UNTIL = date(2026, 12, 24)


def found(gate: Gate, broken: tuple[date, ...] = DAYS, **parts) -> SliceEvidence:
    """Evidence of seven days at the desk."""
    values = {"touchpoint": "desk", "judged": 7, "message": "So it is."} | parts
    return SliceEvidence(gate=gate, broken=broken, **values)


def judge(*slices: SliceEvidence, waivers=(), **run) -> GateVerdict:
    dataset = DatasetEvidence(rows_in=1000, age=timedelta(hours=2), slices=slices, **run)
    return judge_run(CONTRACT, ROWS, dataset, waivers=waivers)


def state(verdict: GateVerdict, gate: Gate) -> State:
    return next(each.state for each in verdict.results if each.rule_id == gate)


HOLDING = {Gate.SHARE, Gate.SCALE, Gate.TOTALS}
CASES = [
    # gate, evidence, waived, state, days held, days missing
    *((gate, {"broken": ()}, False, State.PASS, 0, 0) for gate in Gate),
    *((gate, {}, False, State.FAIL, 2, 0) for gate in sorted(HOLDING)),
    (Gate.VOLUME, {}, False, State.FAIL, 0, 0),
    (Gate.FRESHNESS, {}, False, State.FAIL, 0, 0),
    (Gate.COMPLETENESS, {}, False, State.FAIL, 0, 2),
    *((gate, {"broken": (), "judged": 0}, False, State.NOT_EVALUATED, 0, 0) for gate in Gate),
    *((gate, {}, True, State.FAIL, 0, 0) for gate in Gate),
    (Gate.SHARE, {"error": "it broke"}, False, State.ERROR, 2, 0),
    (Gate.SHARE, {"error": "it broke"}, True, State.ERROR, 2, 0),  # nobody knows what is waived
    (Gate.VOLUME, {"error": "it broke"}, False, State.ERROR, 0, 0),
    (Gate.COMPLETENESS, {"error": "it broke"}, False, State.ERROR, 0, 0),
    (Gate.FRESHNESS, {"error": "it broke", "broken": ()}, False, State.ERROR, 0, 0),
    (Gate.SCALE, {"judged": 0}, False, State.FAIL, 2, 0),  # what is broken was judged
]


@pytest.mark.parametrize(("gate", "parts", "is_waived", "expected", "held", "missing"), CASES)
def test_a_gate_holds_the_days_it_names_and_never_the_run(
    gate: Gate, parts: dict, is_waived: bool, expected: State, held: int, missing: int
) -> None:
    waiver = WaivedRule(rule_id=gate, slice_key="desk", until=UNTIL)
    verdict = judge(found(gate, **parts), waivers=[waiver] if is_waived else [])
    days = tuple(Held(touchpoint="desk", metric="", day=day, rule_id=gate) for day in DAYS)
    assert (expected, True) == (state(verdict, gate), verdict.may_publish)
    assert (days[:held], days[:missing]) == (verdict.held, verdict.missing)


@pytest.mark.parametrize("gate", sorted(HOLDING))
def test_a_gate_that_cannot_be_judged_and_names_no_day_holds_the_run_back(gate: Gate) -> None:
    verdict = judge(found(gate, (), judged=0, error="the control table is not there"))
    assert (False, ()) == (verdict.may_publish, verdict.held)
    assert "the control table is not there" in verdict.reasons[0]


def test_only_the_slice_that_breaks_is_held_and_named() -> None:
    verdict = judge(
        found(Gate.SCALE, (DAY,), metric="aht"),
        found(Gate.SCALE, (), metric="csat"),
        found(Gate.SHARE, ()),
        found(Gate.SHARE, (DAY,), touchpoint="web"),
    )
    expected = [("desk", "aht", "slice.scale"), ("web", "", "slice.quarantine_share")]
    assert expected == [(each.touchpoint, each.metric, each.rule_id) for each in verdict.held]
    broken = {each.slice_key: each.message for each in verdict.results if each.failed}
    assert {"desk/aht": "So it is.", "web": "So it is."} == broken


@pytest.mark.parametrize(
    ("named", "held"),
    [("", []), ("desk", ["desk/aht", "web"]), ("desk/aht", ["desk", "web"]), ("shop", None)],
)
def test_a_waiver_is_of_one_slice_or_of_all(named: str, held: list[str] | None) -> None:
    places = [("desk", ""), ("desk", "aht"), ("web", "")]
    slices = [found(Gate.SCALE, (DAY,), touchpoint=one, metric=metric) for one, metric in places]
    waiver = WaivedRule(rule_id=Gate.SCALE, slice_key=named, until=UNTIL)
    verdict = judge(*slices, waivers=[waiver])
    expected = ["desk", "desk/aht", "web"] if held is None else held
    assert expected == [each.slice_key for each in verdict.held]
    assert (() if held is None else (waiver,)) == verdict.waived


def test_a_draft_holds_no_day_and_no_run_that_can_be_read() -> None:
    slices = (found(Gate.SHARE), found(Gate.COMPLETENESS))
    verdict = judge(*slices, is_draft=True, rows_quarantined=900)
    assert (True, (), 2) == (verdict.may_publish, verdict.held, len(verdict.missing))
    assert State.FAIL is state(verdict, Gate.SHARE)
    assert not judge(is_draft=True, missing_columns=("open_items",)).may_publish


def test_a_slice_that_is_told_twice_is_refused() -> None:
    with pytest.raises(ValueError, match=r"twice of slice\.scale of 'desk/aht'"):
        judge(found(Gate.SCALE, metric="aht"), found(Gate.SCALE, (), metric="aht"))


def test_the_rules_are_told_in_words_of_the_contract() -> None:
    contract = replace(CONTRACT, scale_factor=50.0, max_quarantine_share=0.1)
    dataset = DatasetEvidence(rows_in=1000, slices=tuple(found(gate) for gate in Gate))
    told = {each.rule_id: each.description for each in judge_run(contract, ROWS, dataset).results}
    assert "Of a day's rows at most 10 % are quarantined." == told[Gate.SHARE]
    assert "A day's figure is within 50 times what is usual." == told[Gate.SCALE]


def test_slices_that_are_alike_are_judged_once_and_told_each() -> None:
    places = [f"place {number}" for number in range(50)]
    slices = [found(Gate.SCALE, (), touchpoint=each, judged=3) for each in places]
    verdict = judge(*slices, found(Gate.SCALE, (DAY,), judged=3))
    (once,) = (
        each["expectation_config"]["meta"]
        for each in json.loads(verdict.document)["results"]
        if each["expectation_config"]["meta"]["rule"] == "slice.scale [place 0]"
    )
    assert [f"slice.scale [{each}]" for each in places[1:]] == once["same"]
    assert (150, 0) == (once["evaluated"], once["failed"])
    states = {each.slice_key: each.state for each in verdict.results if each.slice_key}
    assert dict.fromkeys(places, State.PASS) | {"desk": State.FAIL} == states
