"""Rules and what follows from them, in words."""

import pytest

from data_contracts.model import Check, CountedIn, Dimension, Kind, RowCount, Severity, Tolerance
from data_contracts.rule_words import consequence, rule_in_words, tolerance_in_words


def _check(severity: Severity, **parts: object) -> Check:
    return Check(
        rule_id="city.required",
        kind=Kind.REQUIRED,
        column="city",
        severity=severity,
        dimension=Dimension.COMPLETENESS,
        description="city is filled in.",
        **parts,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("tolerance", "said"),
    [
        (Tolerance(high=5), "at most 5 rows"),
        (Tolerance(high=5, is_high_open=True, unit=CountedIn.PERCENT), "fewer than 5 % of them"),
        (Tolerance(low=1_000), "at least 1,000 rows"),
        (Tolerance(low=0, is_low_open=True), "more than 0 rows"),
        (Tolerance(low=1, high=3), "between 1 and 3 rows"),
        (Tolerance(low=1, high=3, is_outside=True), "not between 1 and 3 rows"),
        (Tolerance(low=0, high=0), "0 rows"),
        (Tolerance(low=7, high=7, is_outside=True), "not 7 rows"),
        (Tolerance(low=1, high=3, is_high_open=True), "at least 1 and fewer than 3 rows"),
    ],
)
def test_a_tolerance_is_told_with_its_ends(tolerance: Tolerance, said: str) -> None:
    assert said == tolerance_in_words(tolerance)


@pytest.mark.parametrize(
    ("severity", "said"),
    [
        (Severity.CRITICAL, "The row is kept out."),
        (Severity.WARNING, "The row is used, with a warning."),
        (Severity.INFO, "The row is used, and counted."),
    ],
)
def test_a_row_ends_as_its_rule_weighs(severity: Severity, said: str) -> None:
    assert said == consequence(_check(severity))


def test_rows_that_are_only_counted_hold_the_whole_run_back() -> None:
    check = _check(Severity.CRITICAL, tolerance=Tolerance(high=2))
    assert (
        "Rows that break it are counted: at most 2 rows; outside that, the whole run is held back."
    ) == consequence(check)


def test_a_row_count_says_how_many_there_are() -> None:
    rule = RowCount(
        rule_id="many",
        severity=Severity.WARNING,
        dimension=Dimension.COMPLETENESS,
        description="There are many.",
        tolerance=Tolerance(low=10),
    )
    assert "There are at least 10 rows; outside that, there is a warning." == consequence(rule)


def test_a_rule_of_some_rows_says_of_which() -> None:
    check = _check(Severity.INFO, where=("country", ("NO", "SE")))
    assert "city is filled in. Only of rows whose country is NO or SE." == rule_in_words(check)
