"""What a contract promises becomes checks, and nothing else does."""

from datetime import UTC, date, datetime
from pathlib import Path

from data_contracts.checks import DIMENSION_OF, REASON_OF, latest_day
from data_contracts.findings import Reason
from data_contracts.model import Dimension, Kind, Severity
from tests.data_contracts.contract_files import document, read


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
