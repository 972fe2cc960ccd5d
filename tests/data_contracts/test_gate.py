"""The gate: counts in, verdict out; what holds a run back and what never does."""

import json
import logging
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from data_contracts.bounds import QUARANTINE_SHARE
from data_contracts.catalogue import LIBRARY, read_contract
from data_contracts.evidence import (
    DatasetEvidence,
    Evidence,
    Gate,
    GateVerdict,
    SliceEvidence,
    State,
    WaivedRule,
)
from data_contracts.gate import judge_run
from data_contracts.model import Severity

CONTRACT, _ = read_contract(LIBRARY / "backlog.odcs.yaml")
assert CONTRACT is not None
RUN = DatasetEvidence(rows_in=1000, age=timedelta(hours=2))
CRITICAL = "open_items.range"
WARNING = "updated_not_future"


def _evidence(**failed: int) -> list[Evidence]:
    """Every check evaluated on 1000 rows; some fail. `__` stands for a point."""
    counts = {name.replace("__", "."): count for name, count in failed.items()}
    return [
        Evidence(rule_id=each.rule_id, evaluated=1000, failed=counts.get(each.rule_id, 0))
        for each in CONTRACT.checks
    ]


def _state(verdict: GateVerdict, rule_id: str) -> State:
    return next(each.state for each in verdict.results if each.rule_id == rule_id)


def test_a_clean_run_may_be_published() -> None:
    verdict = judge_run(CONTRACT, _evidence(), RUN)
    assert (True, ()) == (verdict.may_publish, verdict.reasons)
    assert {State.PASS} == {each.state for each in verdict.results}


def test_every_check_and_every_promise_of_the_run_has_one_result() -> None:
    verdict = judge_run(CONTRACT, _evidence(), RUN)
    rules = [each.rule_id for each in CONTRACT.checks]
    columns = ["columns", "extra_columns", "lost_columns"]
    whole = ["table", *columns, "rows", "quarantine_share", "freshness"]
    assert rules + [f"dataset.{name}" for name in whole] == [
        each.rule_id for each in verdict.results
    ]


@pytest.mark.parametrize("rule_id", [CRITICAL, WARNING])
def test_broken_rows_alone_hold_nothing_back(rule_id: str) -> None:
    found = [replace(each, failed=10 * (each.rule_id == rule_id)) for each in _evidence()]
    verdict = judge_run(CONTRACT, found, replace(RUN, rows_quarantined=10))
    assert (True, State.FAIL) == (verdict.may_publish, _state(verdict, rule_id))


@pytest.mark.parametrize(("quarantined", "may_publish"), [(200, True), (201, False)])
def test_too_large_a_share_of_broken_rows_holds_the_run_back(
    quarantined: int, may_publish: bool
) -> None:
    verdict = judge_run(CONTRACT, _evidence(), replace(RUN, rows_quarantined=quarantined))
    assert 0.2 == CONTRACT.max_feed_quarantine_share
    assert may_publish is verdict.may_publish


def test_a_missing_column_holds_the_run_back_and_is_named() -> None:
    verdict = judge_run(CONTRACT, _evidence(), replace(RUN, missing_columns=("open_items",)))
    assert ("Columns that the contract requires are not there: open_items.",) == verdict.reasons


def test_a_missing_table_holds_the_run_back_and_is_the_only_reason() -> None:
    verdict = judge_run(CONTRACT, [], DatasetEvidence(rows_in=0, has_table=False))
    assert ("The table backlog is not there.",) == verdict.reasons
    assert State.NOT_EVALUATED is _state(verdict, "dataset.rows")


@pytest.mark.parametrize(("is_incremental", "may_publish"), [(True, True), (False, False)])
def test_no_rows_is_a_breach_of_a_table_and_no_news_of_a_later_run(
    is_incremental: bool, may_publish: bool
) -> None:
    run = DatasetEvidence(rows_in=0, is_incremental=is_incremental)
    assert may_publish is judge_run(CONTRACT, [], run).may_publish


def test_old_data_are_told_and_published() -> None:
    verdict = judge_run(CONTRACT, _evidence(), replace(RUN, age=timedelta(hours=30)))
    result = next(each for each in verdict.results if each.rule_id == "dataset.freshness")
    assert (True, State.FAIL, Severity.WARNING) == (
        verdict.may_publish,
        result.state,
        result.severity,
    )
    assert "The newest row is 30.0 hours old." == result.message


def test_a_rule_on_no_row_is_not_evaluated() -> None:
    found = [replace(each, evaluated=0) for each in _evidence()]
    verdict = judge_run(CONTRACT, found, RUN)
    assert State.NOT_EVALUATED is _state(verdict, CRITICAL)


def test_a_critical_rule_that_could_not_be_run_holds_the_run_back() -> None:
    verdict = judge_run(CONTRACT, _evidence(), replace(RUN, errors={CRITICAL: "no such function"}))
    assert (False, State.ERROR) == (verdict.may_publish, _state(verdict, CRITICAL))
    assert "no such function" in verdict.reasons[0]


def test_a_warning_that_could_not_be_run_holds_nothing_back() -> None:
    verdict = judge_run(CONTRACT, _evidence(), replace(RUN, errors={WARNING: "no such function"}))
    assert (True, State.ERROR) == (verdict.may_publish, _state(verdict, WARNING))


def test_a_rule_without_evidence_is_an_error_not_a_pass() -> None:
    found = [each for each in _evidence() if each.rule_id != CRITICAL]
    verdict = judge_run(CONTRACT, found, RUN)
    assert (False, State.ERROR) == (verdict.may_publish, _state(verdict, CRITICAL))


def test_evidence_of_an_unknown_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="made_up"):
        judge_run(CONTRACT, [Evidence(rule_id="made_up", evaluated=1, failed=0)], RUN)


def test_every_slice_has_a_verdict_of_its_own() -> None:
    found = [each for each in _evidence() if each.rule_id != CRITICAL]
    for name, failed in (("desk", 0), ("web", 3)):
        found.append(Evidence(rule_id=CRITICAL, evaluated=9, failed=failed, slice_key=name))
    verdict = judge_run(CONTRACT, found, RUN)
    states = {each.slice_key: each.state for each in verdict.results if each.rule_id == CRITICAL}
    assert {"desk": State.PASS, "web": State.FAIL} == states


def test_the_engines_own_result_is_kept_without_traces_of_the_machine() -> None:
    verdict = judge_run(CONTRACT, _evidence(open_items__range=3), RUN)
    kept = json.loads(verdict.document)
    assert verdict.engine.startswith("great_expectations 1.")
    assert 1 == kept["statistics"]["unsuccessful_expectations"]
    assert "traceback" not in verdict.document.lower()


def test_eight_threads_get_their_own_verdicts_fifteen_times_each() -> None:
    contract = replace(CONTRACT, checks=CONTRACT.checks[:1])
    rule = contract.checks[0].rule_id

    def judge(rows: int) -> tuple[int, int, int, int]:
        shares = SliceEvidence(gate=Gate.SHARE, touchpoint=f"place {rows}", judged=rows)
        found = [Evidence(rule_id=rule, evaluated=1000, failed=rows)]
        dataset = DatasetEvidence(rows_in=1000 + rows, slices=(shares,))
        verdict = judge_run(contract, found, dataset)
        results = {each.rule_id: each for each in verdict.results}
        observed = {
            each["expectation_config"]["meta"]["rule"]: each["result"]["observed_value"]
            for each in json.loads(verdict.document)["results"]
        }
        broken = int(observed[f"slice.quarantine_share [place {rows}]"])
        in_all = int(observed["dataset.rows"]) - 1000
        return results[rule].failed, int(observed[rule]), in_all, broken

    def judge_all(first: int) -> list[tuple[int, int, int, int]]:
        return [judge(rows) for rows in range(first, first + 15)]

    with ThreadPoolExecutor(8) as threads:
        told = [each for found in threads.map(judge_all, range(1, 121, 15)) for each in found]
    assert [(rows, rows, rows, 0) for rows in range(1, 121)] == told


WAIVED = WaivedRule(rule_id=QUARANTINE_SHARE, slice_key="", until=date(2026, 12, 24))
TOO_MANY = replace(RUN, rows_quarantined=201)


def test_a_waived_rule_fails_and_holds_nothing_back() -> None:
    verdict = judge_run(CONTRACT, _evidence(), TOO_MANY, waivers=[WAIVED])
    (result,) = (each for each in verdict.results if each.rule_id == QUARANTINE_SHARE)
    assert (True, (), (WAIVED,)) == (verdict.may_publish, verdict.reasons, verdict.waived)
    assert (State.FAIL, date(2026, 12, 24)) == (result.state, result.waived_until)


@pytest.mark.parametrize("other", [{"rule_id": "dataset.rows"}, {"slice_key": "desk"}])
def test_a_waiver_of_another_rule_or_slice_changes_nothing(other: dict[str, str]) -> None:
    verdict = judge_run(CONTRACT, _evidence(), TOO_MANY, waivers=[replace(WAIVED, **other)])
    assert (False, ()) == (verdict.may_publish, verdict.waived)


def test_a_waiver_of_a_rule_that_is_kept_is_not_told() -> None:
    verdict = judge_run(CONTRACT, _evidence(), RUN, waivers=[WAIVED])
    assert () == verdict.waived
    assert {None} == {each.waived_until for each in verdict.results}


def test_a_result_tells_the_number_that_was_judged() -> None:
    verdict = judge_run(CONTRACT, _evidence(), replace(RUN, rows_quarantined=10))
    (result,) = (each for each in verdict.results if each.rule_id == QUARANTINE_SHARE)
    assert 0.01 == result.observed


def test_the_process_is_left_as_it_was() -> None:
    before = warnings.showwarning
    judge_run(CONTRACT, _evidence(), RUN)
    assert before is warnings.showwarning
    assert logging.WARNING == logging.getLogger("great_expectations").level
