"""What the history of a feed tells: its runs, when something began, what the engine said."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from callboard.access import LOCAL_USER
from callboard.errors import NotAllowed
from callboard.services.trusting.history import (
    engine_rows,
    read_history,
    read_run_story,
    rule_row,
)
from callboard.storage.engine import write
from callboard.storage.runs import RunRow, RunVerdict, record_run
from data_contracts.evidence import RuleResult, State
from data_contracts.model import CountedIn, Dimension, Severity, Tolerance
from tests.callboard.services.small_world import SmallWorld

AT = datetime(2026, 11, 18, 12, tzinfo=UTC)
OF_DESK = replace(LOCAL_USER, touchpoints=frozenset({"desk"}))
SAID = json.dumps(
    {
        "results": [
            {
                "success": False,
                "expectation_config": {
                    "type": "expect_column_max_to_be_between",
                    "kwargs": {"column": "units.range", "min_value": None, "max_value": 0},
                    "meta": {"rule": "units.range"},
                },
                "result": {"observed_value": 3.0},
            },
            {
                "success": True,
                "expectation_config": {
                    "type": "expect_column_min_to_be_between",
                    "kwargs": {"column": "a", "min_value": 1, "max_value": None},
                    "meta": {"rule": "slice.volume [desk]", "same": ["slice.volume [delivery]"]},
                },
                "result": {"observed_value": 1},
            },
        ]
    }
)


def _result(rule: str, state: State, slice_key: str = "") -> RuleResult:
    return RuleResult(
        rule_id=rule,
        state=state,
        severity=Severity.CRITICAL,
        dimension=Dimension.ACCURACY,
        evaluated=100,
        failed=3 if state is State.FAIL else 0,
        description=f"{rule} holds",
        slice_key=slice_key,
    )


def run(world: SmallWorld, day: int, *results: RuleResult, reasons: tuple[str, ...] = ()) -> int:
    moment = AT + timedelta(days=day)
    row = RunRow(
        feed="deliveries",
        contract_sha256="c",
        started_at=moment,
        finished_at=moment,
        duration_ms=5,
        triggered_by="test",
        rows_in=100,
        rows_used=97,
        rows_quarantined=3,
        verdict=RunVerdict.PUBLISHED,
        reasons=reasons,
        engine="great_expectations 1.24.1",
        document=SAID,
    )
    with write(world.runtime.store) as conn:
        return record_run(conn, row, results)


@pytest.fixture
def runs(world: SmallWorld) -> list[int]:
    volumes = [_result("slice.volume", State.FAIL, place) for place in ("desk", "delivery")]
    told = [
        [_result("units.range", State.PASS)],
        [_result("units.range", State.FAIL)],
        [_result("units.range", State.FAIL), *volumes],
    ]
    return [run(world, day, *results) for day, results in enumerate(told)]


def test_the_strip_tells_the_oldest_run_first_with_the_rules_it_broke(
    world: SmallWorld, runs: list[int]
) -> None:
    found = read_history(world.runtime, LOCAL_USER, feed="deliveries")
    assert [(runs[0], 0), (runs[1], 1), (runs[2], 2)] == [
        (mark.run_id, mark.failing) for mark in found.runs
    ]
    assert "published, 1 rule broken" == found.runs[1].sentence


def test_a_trend_tells_its_days_and_since_when_it_is_broken(
    world: SmallWorld, runs: list[int]
) -> None:
    found = read_history(world.runtime, LOCAL_USER, feed="deliveries", rule="units.range")
    assert found.trend is not None
    assert (runs[1], AT + timedelta(days=1)) == (found.trend.since_run, found.trend.since)
    assert [(0, 100), (3, 100), (3, 100)] == [point[1:] for point in found.trend.points]


def test_slices_of_other_touchpoints_are_left_out(world: SmallWorld, runs: list[int]) -> None:
    found = read_history(
        world.runtime, OF_DESK, feed="deliveries", rule="slice.volume", slice_key="delivery"
    )
    assert ([("slice.volume", "desk"), ("units.range", "")], None) == (
        list(found.rules),
        found.trend,
    )
    story = read_run_story(world.runtime, OF_DESK, feed="deliveries", run=runs[2])
    assert {"units.range", "slice.volume [desk]"} >= {each.rule_id for each in story.said}
    assert {"", "desk"} == {each.slice_key for each in story.broken}


def test_rules_broken_elsewhere_only_are_neither_counted_nor_told(world: SmallWorld) -> None:
    places = ("desk", "delivery", "delivery/asa")
    results = [_result(f"at.{each}", State.FAIL, each) for each in places]
    reasons = ("Service desk: few rows.", "Field delivery: few rows.")
    number = run(world, 0, *results, reasons=reasons)
    found = read_history(world.runtime, OF_DESK, feed="deliveries")
    story = read_run_story(world.runtime, OF_DESK, feed="deliveries", run=number)
    assert (1, 1) == (found.runs[0].failing, story.mark.failing)
    assert ("published, 1 rule broken", reasons[:1]) == (story.mark.sentence, story.reasons)
    every = read_history(world.runtime, LOCAL_USER, feed="deliveries")
    assert 3 == every.runs[0].failing


def test_a_run_is_told_with_what_the_engine_said(world: SmallWorld, runs: list[int]) -> None:
    story = read_run_story(world.runtime, LOCAL_USER, feed="deliveries", run=runs[2])
    assert ("great_expectations 1.24.1", 100, 97) == (story.engine, story.rows_in, story.rows_used)
    assert [
        ("units.range", "expect_column_max_to_be_between", "3", "at most 0", "broken"),
        ("slice.volume [desk]", "expect_column_min_to_be_between", "1", "at least 1", "held"),
        ("slice.volume [delivery]", "expect_column_min_to_be_between", "1", "at least 1", "held"),
    ] == [(e.rule_id, e.expectation, e.observed, e.bounds, e.state) for e in story.said]


def test_a_run_of_another_feed_reads_like_a_missing_one(world: SmallWorld, runs: list[int]) -> None:
    for feed, number in (("contacts", runs[0]), ("deliveries", 999)):
        with pytest.raises(NotAllowed, match=f"There is no run {number} of {feed}"):
            read_run_story(world.runtime, LOCAL_USER, feed=feed, run=number)


def test_a_run_that_kept_no_document_has_nothing_to_say() -> None:
    assert () == engine_rows("", {"units.range"})


def test_what_a_real_run_kept_is_read(world: SmallWorld) -> None:
    from data_contracts.evidence import DatasetEvidence, Evidence
    from data_contracts.gate import judge_run

    contract = world.runtime.definitions.contracts["deliveries"]
    evidence = [
        Evidence(rule_id=each.rule_id, evaluated=10, failed=int(each.rule_id == "units.range"))
        for each in contract.checks
    ]
    verdict = judge_run(contract, evidence, DatasetEvidence(rows_in=10, rows_quarantined=1))
    rules = {each.rule_id for each in verdict.results}
    said = {each.rule_id: each for each in engine_rows(verdict.document, rules)}
    found = said["units.range"]
    assert ("1", "at most 0", "broken") == (found.observed, found.bounds, found.state)
    assert {check.rule_id for check in contract.checks} <= set(said)


def test_a_rule_that_passes_with_broken_rows_says_how_many_it_allows(world: SmallWorld) -> None:
    known = world.runtime.definitions
    contract = known.contracts["deliveries"]
    five = Tolerance(high=5, unit=CountedIn.PERCENT)
    check = replace(contract.checks[0], tolerance=five)
    contracts = {**known.contracts, "deliveries": replace(contract, checks=(check,))}
    runtime = replace(world.runtime, definitions=replace(known, contracts=contracts))
    result = replace(_result(check.rule_id, State.PASS), evaluated=1204, failed=7)
    told = rule_row(runtime, result, feed="deliveries").message
    assert "Passes: 7 of 1,204 rows count against it; at most 5 % of them may." == told
    assert "" == rule_row(runtime, replace(result, failed=0), feed="deliveries").message
