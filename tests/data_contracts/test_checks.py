"""What a contract promises becomes checks, and nothing else does."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from data_contracts.checks import DIMENSION_OF, REASON_OF, latest_day
from data_contracts.findings import Reason
from data_contracts.formats import PATTERNS
from data_contracts.model import Check, ColumnType, Dimension, Kind, Severity
from tests.data_contracts.contract_files import column, document, read, rule


def _checks(folder: Path) -> dict:
    contract, problems = read(folder, document())
    assert not problems
    assert contract is not None
    return {check.rule_id: check for check in contract.checks}


def test_every_promise_is_one_check(tmp_path: Path) -> None:
    assert {
        "visit_id.required",
        "counter.required",
        "came_at.required",
        "came_at.type",
        "left_at.type",
        "left_after_coming",
        "updated_at.required",
        "updated_at.type",
        "city.length",
        "city.pattern",
        "city.one_of",
        "minutes.type",
        "minutes.range",
        "is_new.type",
        "key.unique",
        "counter.known",
    } == set(_checks(tmp_path))


def test_bounds_and_words_are_carried_over(tmp_path: Path) -> None:
    checks = _checks(tmp_path)
    assert (0, 600) == (checks["minutes.range"].low, checks["minutes.range"].high)
    assert ("Oslo", "NO") == checks["city.one_of"].values
    assert (None, 20) == (checks["city.length"].low, checks["city.length"].high)
    assert "came_at" == checks["left_after_coming"].other
    assert "touchpoints" == checks["counter.known"].reference


def test_a_columns_severity_is_that_of_its_checks(tmp_path: Path) -> None:
    checks = _checks(tmp_path)
    assert (Severity.WARNING, Severity.CRITICAL) == (
        checks["minutes.range"].severity,
        checks["city.one_of"].severity,
    )


def test_a_rules_dimension_is_its_own(tmp_path: Path) -> None:
    assert Dimension.CONSISTENCY is _checks(tmp_path)["left_after_coming"].dimension


def test_a_check_says_in_words_what_it_wants(tmp_path: Path) -> None:
    assert "minutes is between 0 and 600." == _checks(tmp_path)["minutes.range"].description


def test_every_kind_has_a_reason_and_a_dimension() -> None:
    assert set(Kind) == set(REASON_OF) == set(DIMENSION_OF)
    assert Reason.DUPLICATE_KEY is REASON_OF[Kind.UNIQUE]


def test_the_latest_day_is_that_of_the_first_islands_to_see_it() -> None:
    assert date(2026, 11, 23) == latest_day(datetime(2026, 11, 22, 10, tzinfo=UTC))
    assert date(2026, 11, 22) == latest_day(datetime(2026, 11, 22, 9, 59, tzinfo=UTC))


def _check(folder: Path, name: str, rule_id: str, **parts: Any) -> Check:
    found = document()
    column(found, name).update(parts)
    contract, problems = read(folder, found)
    assert not problems
    assert contract is not None
    return {check.rule_id: check for check in contract.checks}[rule_id]


@pytest.mark.parametrize(
    ("options", "ends", "said"),
    [
        ({"exclusiveMinimum": 0}, (0, None, True, False), "above 0"),
        ({"exclusiveMaximum": 9}, (None, 9, False, True), "below 9"),
        ({"minimum": 1, "exclusiveMaximum": 9}, (1, 9, False, True), "at least 1 and below 9"),
        ({"exclusiveMinimum": 0, "maximum": 9}, (0, 9, True, False), "above 0 and at most 9"),
    ],
)
def test_a_bound_may_lie_outside(tmp_path: Path, options, ends, said: str) -> None:
    check = _check(tmp_path, "minutes", "minutes.range", logicalTypeOptions=options)
    assert ends == (check.low, check.high, check.is_low_open, check.is_high_open)
    assert f"minutes is {said}." == check.description


@pytest.mark.parametrize(
    ("options", "ends", "said"),
    [
        ({"minimum": "2020-01-01"}, ("2020-01-01T00:00:00", ""), "not before 2020-01-01 00:00:00"),
        (
            {"exclusiveMaximum": "2030-01-01T02:00:00+02:00"},
            ("", "2030-01-01T00:00:00"),
            "before 2030-01-01 00:00:00",
        ),
    ],
)
def test_moments_have_bounds_in_utc(tmp_path: Path, options, ends, said: str) -> None:
    check = _check(tmp_path, "left_at", "left_at.range", logicalTypeOptions=options)
    assert (ends, None, None) == ((check.earliest, check.latest), check.low, check.high)
    assert f"left_at is {said}." == check.description


def test_a_day_has_bounds_of_days(tmp_path: Path) -> None:
    options = {"minimum": "2020-01-01", "maximum": "2030-01-01", "format": "yyyy-MM-dd"}
    parts = {"logicalType": "date", "quality": [], "logicalTypeOptions": options}
    check = _check(tmp_path, "left_at", "left_at.range", **parts)
    assert ("2020-01-01", "2030-01-01") == (check.earliest, check.latest)
    assert "left_at is between 2020-01-01 and 2030-01-01." == check.description


def test_a_multiple_a_form_and_whole_numbers_are_checks(tmp_path: Path) -> None:
    check = _check(tmp_path, "minutes", "minutes.multiple", logicalTypeOptions={"multipleOf": 0.25})
    assert (Kind.MULTIPLE, 0.25) == (check.kind, check.multiple)
    options = {"format": "email", "pattern": "a"}
    check = _check(tmp_path, "city", "city.format", logicalTypeOptions=options)
    assert (Kind.PATTERN, PATTERNS["email"]) == (check.kind, check.pattern)
    whole = {"logicalType": "integer", "enum": [{"value": 5}, {"value": 10}]}
    check = _check(tmp_path, "minutes", "minutes.one_of", **whole)
    assert (("5", "10"), ColumnType.INTEGER) == (check.values, check.column_type)


def test_our_own_predicates_are_checks(tmp_path: Path) -> None:
    told = rule("step", kind="multiple", multiple=5)
    assert 5 == _check(tmp_path, "minutes", "step", quality=[told]).multiple
    told = rule("blank", kind="missing", values=["n/a", ""])
    assert ("n/a", "") == _check(tmp_path, "city", "blank", quality=[told]).values
    told = rule("apart", kind="overlap", other="left_at", columns=["counter", "city"])
    check = _check(tmp_path, "came_at", "apart", quality=[told])
    assert ("came_at", "left_at", ("counter", "city")) == (check.column, check.other, check.columns)
