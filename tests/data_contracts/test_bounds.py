"""Numbers and their bounds: tolerances, row counts, columns, and the words they are told in."""

from dataclasses import replace
from datetime import timedelta

import pytest

from data_contracts.bounds import EXTRA_COLUMNS, FRESHNESS, LOST_COLUMNS
from data_contracts.catalogue import LIBRARY, read_contract
from data_contracts.evidence import DatasetEvidence, Evidence, GateVerdict, RuleResult, State
from data_contracts.gate import judge_run
from data_contracts.model import (
    Contract,
    CountedIn,
    Dimension,
    Kind,
    RowCount,
    Severity,
    Tolerance,
    Weekdays,
)
from tests.data_contracts.mask_frames import check

LIBRARY_CONTRACT, _ = read_contract(LIBRARY / "backlog.odcs.yaml")
assert LIBRARY_CONTRACT is not None
PERCENT = CountedIn.PERCENT


def tolerant(tolerance: Tolerance, severity: Severity = Severity.CRITICAL) -> Contract:
    rule = check(Kind.REQUIRED, "city", severity=severity, tolerance=tolerance)
    return replace(LIBRARY_CONTRACT, checks=(rule,))


def judge(contract: Contract, failed: int, of: int = 200, **run) -> GateVerdict:
    found = [Evidence(rule_id="city.required", evaluated=of, failed=failed)]
    return judge_run(contract, found, DatasetEvidence(**{"rows_in": 200} | run))


def result(verdict: GateVerdict, rule_id: str = "city.required") -> RuleResult:
    return next(each for each in verdict.results if each.rule_id == rule_id)


CASES = [
    # tolerance, failing rows of 200, state, number that is shown
    (Tolerance(high=3), 3, State.PASS, 3.0),
    (Tolerance(high=3), 4, State.FAIL, 4.0),
    (Tolerance(high=3, is_high_open=True), 2, State.PASS, 2.0),
    (Tolerance(high=3, is_high_open=True), 3, State.FAIL, 3.0),
    (Tolerance(low=2, high=4), 1, State.FAIL, 1.0),
    (Tolerance(low=2, high=4), 4, State.PASS, 4.0),
    (Tolerance(low=2, high=4, is_outside=True), 3, State.FAIL, 3.0),
    (Tolerance(low=2, high=4, is_outside=True), 5, State.PASS, 5.0),
    (Tolerance(low=1, is_low_open=True), 1, State.FAIL, 1.0),
    (Tolerance(low=1), 1, State.PASS, 1.0),
    (Tolerance(high=5, unit=PERCENT), 10, State.PASS, 5.0),
    (Tolerance(high=5, unit=PERCENT), 11, State.FAIL, 5.5),
    (Tolerance(), 200, State.PASS, 200.0),
]


@pytest.mark.parametrize(("tolerance", "failed", "state", "shown"), CASES)
def test_the_engine_judges_every_tolerance(
    tolerance: Tolerance, failed: int, state: State, shown: float
) -> None:
    verdict = judge(tolerant(tolerance), failed)
    found = result(verdict)
    assert (state, shown, state is State.PASS) == (found.state, found.observed, verdict.may_publish)
    assert tolerance.allows(shown) is (state is State.PASS)


def test_a_run_is_held_back_by_more_counted_rows_than_are_tolerated() -> None:
    verdict = judge(tolerant(Tolerance(high=3)), 4)
    assert ("It holds. (4 of 200 rows)",) == verdict.reasons
    assert 3.0 == result(verdict).threshold


def test_a_warning_with_a_tolerance_holds_nothing_back() -> None:
    verdict = judge(tolerant(Tolerance(high=3), Severity.WARNING), 4)
    assert (True, State.FAIL) == (verdict.may_publish, result(verdict).state)


@pytest.mark.parametrize("tolerance", [Tolerance(high=3), Tolerance(high=3, is_high_open=True)])
def test_a_tolerance_of_no_row_is_not_evaluated(tolerance: Tolerance) -> None:
    assert State.NOT_EVALUATED is result(judge(tolerant(tolerance), 0, 0)).state
    broken = judge(tolerant(tolerance), 0, errors={"city.required": "no such function"})
    assert State.ERROR is result(broken).state


ROW_COUNTS = [
    # rows, whether only some days were read, state
    (200, False, State.PASS),
    (99, False, State.FAIL),
    (0, False, State.FAIL),
    (99, True, State.NOT_EVALUATED),
]


@pytest.mark.parametrize(("rows", "is_incremental", "state"), ROW_COUNTS)
def test_how_many_rows_there_are_is_judged_of_a_whole_table(
    rows: int, is_incremental: bool, state: State
) -> None:
    rule = RowCount(
        rule_id="row_count",
        severity=Severity.CRITICAL,
        dimension=Dimension.COMPLETENESS,
        description="There are at least 100 rows.",
        tolerance=Tolerance(low=100),
    )
    run = DatasetEvidence(rows_in=rows, is_incremental=is_incremental)
    contract = replace(LIBRARY_CONTRACT, checks=(), row_counts=(rule,))
    verdict = judge_run(contract, [], run)
    assert state is result(verdict, "row_count").state
    told = f"There are at least 100 rows. ({rows} rows)" in verdict.reasons
    assert told is (state is State.FAIL)


def test_columns_that_came_or_went_are_told_and_hold_nothing_back() -> None:
    contract = replace(LIBRARY_CONTRACT, checks=())
    run = DatasetEvidence(rows_in=9, extra_columns=("colour", "size"), lost_columns=("note",))
    verdict = judge_run(contract, [], run)
    extra, lost = result(verdict, EXTRA_COLUMNS), result(verdict, LOST_COLUMNS)
    assert (True, State.FAIL, State.FAIL) == (verdict.may_publish, extra.state, lost.state)
    assert (Severity.INFO, Severity.WARNING) == (extra.severity, lost.severity)
    assert "The contract does not tell of colour, size." == extra.message
    assert "There was a column before that is not there any more: note." == lost.message


def test_freshness_on_business_days_says_so() -> None:
    contract = replace(
        LIBRARY_CONTRACT,
        checks=(),
        freshness=timedelta(hours=26),
        freshness_days=Weekdays.BUSINESS_DAYS,
    )
    told = result(judge_run(contract, [], DatasetEvidence(rows_in=9)), FRESHNESS)
    assert "The newest row is at most 26 hours old, counted on business days." == told.description
