"""The standard's own quality rules: each becomes one check with its tolerance, or is told."""

from pathlib import Path
from typing import Any

import pytest

from data_contracts.model import CountedIn, Kind, Severity, Tolerance
from tests.data_contracts.contract_files import Document, column, document, problems_after, read

METRICS: dict[str, tuple[Kind | None, Document]] = {
    "nullValues": (Kind.REQUIRED, {}),
    "missingValues": (Kind.MISSING, {"missingValues": ["n/a", None]}),
    "invalidValues": (Kind.ONE_OF, {"validValues": ["Oslo", "NO"]}),
    "duplicateValues": (Kind.UNIQUE, {}),
    "rowCount": (None, {}),
}
OPERATORS: dict[str, tuple[Any, tuple[int, ...], tuple[int, ...]]] = {
    # what it is compared with, numbers that keep it, numbers that do not
    "mustBe": (3, (3,), (2, 4)),
    "mustNotBe": (3, (2, 4), (3,)),
    "mustBeGreaterThan": (3, (4,), (2, 3)),
    "mustBeGreaterOrEqualTo": (3, (3, 4), (2,)),
    "mustBeLessThan": (3, (2,), (3, 4)),
    "mustBeLessOrEqualTo": (3, (2, 3), (4,)),
    "mustBeBetween": ([3, 5], (3, 4, 5), (2, 6)),
    "mustNotBeBetween": ([3, 5], (2, 6), (3, 4, 5)),
}
_TOLD = {"id": "extra", "severity": "critical", "dimension": "coverage", "description": "Yes."}


def _at_column(name: str, /, **parts: Any):
    return lambda found: column(found, name).update({"quality": [_TOLD | parts]})


def _at_table(**parts: Any):
    return lambda found: found["schema"][0].update({"quality": [_TOLD | parts]})


def _judged(folder: Path, change) -> tuple[Any, Any]:
    found = document()
    change(found)
    contract, problems = read(folder, found)
    assert not problems
    assert contract is not None
    return {each.rule_id: each for each in contract.checks}.get("extra"), contract.row_counts


@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize("metric", METRICS)
def test_a_library_rule_is_one_check_with_its_tolerance(
    tmp_path: Path, metric: str, operator: str
) -> None:
    kind, arguments = METRICS[metric]
    value, kept, broken = OPERATORS[operator]
    parts = {"metric": metric, operator: value} | ({"arguments": arguments} if arguments else {})
    place = _at_table(**parts) if kind is None else _at_column("city", **parts)
    check, counts = _judged(tmp_path, place)
    (rule,) = counts if kind is None else (check,)
    assert (kind, 1) == (check and check.kind, len(counts) + (check is not None))
    assert {True} == {rule.tolerance.allows(number) for number in kept}
    assert {False} == {rule.tolerance.allows(number) for number in broken}


def test_a_library_rule_keeps_no_row_out_however_critical(tmp_path: Path) -> None:
    check, _ = _judged(tmp_path, _at_column("city", type="library", metric="nullValues", mustBe=0))
    assert (Severity.CRITICAL, False) == (check.severity, check.keeps_out)
    assert Tolerance(low=0, high=0) == check.tolerance


def test_words_columns_and_units_are_carried_over(tmp_path: Path) -> None:
    parts = {"metric": "missingValues", "mustBeLessThan": 5, "unit": "percent"}
    missing = parts | {"arguments": {"missingValues": [9999, -1, None]}}
    check, _ = _judged(tmp_path, _at_column("minutes", **missing))
    assert (("9999", "-1"), True) == (check.values, check.counts_missing)
    assert CountedIn.PERCENT is check.tolerance.unit
    keys = {"properties": ["city", "came_at"]}
    check, _ = _judged(tmp_path, _at_table(metric="duplicateValues", mustBe=0, arguments=keys))
    assert ("city", ("city", "came_at")) == (check.column, check.columns)
    form = {"metric": "invalidValues", "arguments": {"pattern": "^A"}, "mustBe": 0}
    check, _ = _judged(tmp_path, _at_column("city", **form))
    assert (Kind.PATTERN, "^A") == (check.kind, check.pattern)


@pytest.mark.parametrize(
    ("change", "key", "said"),
    [
        (_at_column("city", metric="rowCount", mustBe=1), "metric", "of the table"),
        (_at_table(metric="nullValues", mustBe=0), "metric", "at the column"),
        (_at_column("city", metric="nullValues", mustBe=0, unit="share"), "unit", "rows, percent"),
        (_at_table(metric="rowCount", mustBe=9, unit="percent"), "unit", "a part of"),
        (_at_column("city", metric="nullValues", mustBe="0"), "mustBe", "a whole number"),
        (_at_column("city", metric="nullValues", mustBe=True), "mustBe", "a whole number"),
        (_at_column("city", metric="nullValues", mustBe=None), "mustBe", "a whole number"),
        (_at_column("city", metric="nullValues", mustBeLessThan=0.5), "mustBeLessThan", "a whole number"),
        (_at_column("city", metric="nullValues", mustBeLessThan=float("inf")), "mustBeLessThan", "a whole number"),
        (_at_column("city", metric="nullValues", mustBeLessThan=101, unit="percent"), "mustBeLessThan", "0 and 100"),
        (_at_column("city", metric="nullValues", mustBeLessThan=0), "mustBeLessThan", "nothing can keep"),
        (_at_column("city", metric="nullValues", mustBeGreaterThan=100, unit="percent"), "mustBeGreaterThan", "nothing can keep"),
        (_at_column("city", metric="nullValues", mustNotBeBetween=[0, 100], unit="percent"), "mustNotBeBetween", "nothing can keep"),
        (_at_column("city", metric="nullValues", mustBeBetween=[5, 3]), "mustBeBetween", "smaller number first"),
        (_at_column("city", metric="nullValues", mustBe=0, arguments={"where": "x"}), "arguments.where", "no arguments"),
        (_at_column("city", metric="missingValues", mustBe=0), "arguments", "missingValues"),
        (_at_column("city", metric="missingValues", mustBe=0, arguments={"missingValues": [None]}), "arguments.missingValues", "text in quotes"),
        (_at_column("city", metric="missingValues", mustBe=0, arguments={"missingValues": [1]}), "arguments.missingValues", "text in quotes"),
        (_at_column("minutes", metric="missingValues", mustBe=0, arguments={"missingValues": ["n/a"]}), "arguments.missingValues", "without quotes"),
        (_at_column("is_new", metric="missingValues", mustBe=0, arguments={"missingValues": ["n/a"]}), "arguments.missingValues", "on boolean"),
        (_at_column("city", metric="invalidValues", mustBe=0, arguments={"validValue": ["A"]}), "arguments.validValue", "Did you mean 'validValues'?"),
        (_at_column("city", metric="invalidValues", mustBe=0, arguments={"validValues": ["A"], "pattern": "A"}), "arguments", "validValues or pattern"),
        (_at_column("city", metric="invalidValues", mustBe=0, arguments={"validValues": [None]}), "arguments.validValues", "text in quotes"),
        (_at_column("city", metric="invalidValues", mustBe=0, arguments={"validValues": "A"}), "arguments.validValues", "a list"),
        (_at_column("minutes", metric="invalidValues", mustBe=0, arguments={"validValues": [1]}), "arguments.validValues", "on number"),
        (_at_column("city", metric="invalidValues", mustBe=0, arguments={"pattern": "["}), "arguments.pattern", "a regular expression"),
        (_at_table(metric="duplicateValues", mustBe=0), "arguments", "properties"),
        (_at_table(metric="duplicateValues", mustBe=0, arguments={"properties": ["citty"]}), "arguments.properties", "Did you mean 'city'?"),
        (_at_table(metric="duplicateValues", mustBe=0, arguments={"properties": [["city"]]}), "arguments.properties", "columns of this table"),
        (_at_table(metric="duplicateValues", mustBe=0, arguments={"properties": []}), "arguments.properties", "a list"),
        (_at_table(metric="duplicateValues", mustBe=0, arguments={"properties": ["city", "city"]}), "arguments.properties", "once"),
        (_at_column("city", metric="nullValues", mustBe=0, schedule="0 8 * * *"), "schedule", "at every refresh"),
        (_at_column("city", metric="nullValues", rule="nullCheck", mustBe=0), "rule", "nothing heeds"),
        (_at_column("city", type="sql", query="SELECT 1", mustBe=1), "type", "not checked"),
        (_at_column("city", type="text"), "type", "not checked"),
    ],
)  # fmt: skip
def test_a_library_rule_that_cannot_be_judged_is_told(
    tmp_path: Path, change, key: str, said: str
) -> None:
    found = problems_after(tmp_path, change)
    assert any(each.key.endswith(key) and said in str(each) for each in found)
