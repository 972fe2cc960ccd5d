"""Counts of a past run, judged again: never surer than counts can be."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.evidence import (
    DatasetEvidence,
    Evidence,
    Gate,
    RuleResult,
    SliceEvidence,
    State,
)
from data_contracts.model import (
    Check,
    Column,
    ColumnType,
    Contract,
    Control,
    Dimension,
    Kind,
    Severity,
    Weekdays,
)
from data_contracts.rebuilding import Rebuilt, rebuild

RULES = ("a", "b", "c")
ROWS = 12


def _check(rule: str, *, is_critical: bool = True) -> Check:
    return Check(
        rule_id=rule,
        kind=Kind.RANGE,
        column="n",
        severity=Severity.CRITICAL if is_critical else Severity.WARNING,
        dimension=Dimension.ACCURACY,
        description="",
        high=5,
    )


def _contract(*checks: Check) -> Contract:
    column = Column(name="n", physical_name="n", type=ColumnType.NUMBER, required=True)
    return Contract(
        feed="f",
        name="F",
        version="1.0.0",
        status="active",
        sha256="",
        source="",
        server="main",
        table="t",
        columns=(column,),
        checks=checks,
    )


def _result(rule: str, failed: int = 0, **parts: object) -> RuleResult:
    result = RuleResult(
        rule_id=rule,
        state=State.FAIL if failed else State.PASS,
        severity=Severity.CRITICAL,
        dimension=Dimension.ACCURACY,
        evaluated=ROWS,
        failed=failed,
        description="",
    )
    return replace(result, **parts)


def _rebuilt(old: Contract | None, new: Contract, **found: object) -> Rebuilt:
    results = tuple(_result(rule) for rule in RULES)
    return rebuild(old, new, results=results, dataset=DatasetEvidence(rows_in=ROWS, **found))


CRITICAL = st.fixed_dictionaries({rule: st.booleans() for rule in RULES})


@given(
    broken=st.fixed_dictionaries({rule: st.sets(st.integers(1, ROWS)) for rule in RULES}),
    before=CRITICAL,
    after=CRITICAL,
    gone=st.sets(st.sampled_from(RULES)),
)
def test_as_many_rows_as_would_be_kept_out_lie_between_the_two_numbers(
    broken: Mapping[str, set[int]],
    before: Mapping[str, bool],
    after: Mapping[str, bool],
    gone: set[str],
) -> None:
    were = set().union(*(broken[rule] for rule in RULES if before[rule]))
    left = [rule for rule in RULES if rule not in gone]
    would = set().union(*(broken[rule] for rule in left if after[rule]))
    rebuilt = rebuild(
        _contract(*(_check(rule, is_critical=before[rule]) for rule in RULES)),
        _contract(*(_check(rule, is_critical=after[rule]) for rule in left)),
        results=[_result(rule, len(broken[rule])) for rule in RULES],
        dataset=DatasetEvidence(rows_in=ROWS, rows_quarantined=len(were)),
    )
    assert rebuilt.fewest.rows_quarantined <= len(would) <= rebuilt.most.rows_quarantined
    kept = [rule for rule in RULES if before[rule]], [rule for rule in left if after[rule]]
    assert rebuilt.is_sure or kept[0] != kept[1]


@pytest.mark.parametrize(
    "parts", [{"high": 6}, {"column": "m"}, {"kind": Kind.LENGTH}, {"where": ("n", ("1",))}]
)
def test_a_rule_that_other_rows_would_break_is_not_judged(parts: dict[str, object]) -> None:
    old = _contract(*(_check(rule) for rule in RULES))
    new = _contract(replace(_check("a"), **parts), *(_check(rule) for rule in "bc"))
    rebuilt = _rebuilt(old, new)
    assert ("a",) == rebuilt.unjudged
    assert Evidence(rule_id="a", evaluated=0, failed=0) in rebuilt.evidence


@pytest.mark.parametrize("parts", [{"severity": Severity.INFO}, {"description": "Other words."}])
def test_other_words_and_consequences_leave_the_counts(parts: dict[str, object]) -> None:
    old = _contract(*(_check(rule) for rule in RULES))
    new = _contract(replace(_check("a"), **parts), *(_check(rule) for rule in "bc"))
    assert () == _rebuilt(old, new).unjudged


def test_another_column_of_the_database_is_another_rule() -> None:
    old = _contract(_check("a"))
    column = replace(old.columns[0], physical_name="m")
    assert ("a",) == _rebuilt(old, replace(old, columns=(column,))).unjudged
    assert ("a",) == _rebuilt(old, replace(old, table="other")).unjudged
    assert ("a",) == _rebuilt(None, old).unjudged


def test_a_rule_that_could_not_be_run_stays_one() -> None:
    contract = _contract(_check("a"))
    broken = _result("a", state=State.ERROR, message="no such function")
    found = DatasetEvidence(rows_in=ROWS, errors={"a": "no such function", "z": "gone"})
    rebuilt = rebuild(contract, contract, results=[broken], dataset=found)
    assert ((), {"a": "no such function"}) == (rebuilt.evidence, rebuilt.fewest.errors)


def test_a_lost_column_that_nobody_needs_any_more_is_not_missed() -> None:
    old = _contract()
    new = replace(old, columns=(replace(old.columns[0], required=False),))
    assert ("n",) == _rebuilt(old, old, missing_columns=("n",)).fewest.missing_columns
    assert () == _rebuilt(old, new, missing_columns=("n",)).fewest.missing_columns


@pytest.mark.parametrize(
    ("gate", "parts"),
    [
        (Gate.SHARE, {"max_quarantine_share": 0.5}),
        (Gate.SCALE, {"scale_factor": 5.0}),
        (Gate.TOTALS, {"control": Control(table="t", day="d", rows="n")}),
        (Gate.FRESHNESS, {"freshness": timedelta(hours=3)}),
        (Gate.FRESHNESS, {"freshness_days": Weekdays.BUSINESS_DAYS}),
    ],
)
def test_a_gate_of_slices_with_another_limit_is_not_judged(
    gate: Gate, parts: dict[str, object]
) -> None:
    old, day = _contract(), date(2026, 11, 20)
    slices = tuple(
        SliceEvidence(gate=each, touchpoint="desk", judged=3, broken=(day,)) for each in Gate
    )
    rebuilt = _rebuilt(old, replace(old, **parts), slices=slices)
    assert (gate.value,) == rebuilt.unjudged
    assert [gate] == [each.gate for each in rebuilt.fewest.slices if not each.judged]
