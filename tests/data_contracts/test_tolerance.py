"""How many rows may fail: bounds, open and closed, in rows and in per cent."""

import operator

import pytest

from data_contracts.model import CountedIn, Kind, Severity, Tolerance
from tests.data_contracts.mask_frames import check

# The operators of the standard, each beside Python's own reading of it.
OPERATORS = [
    (Tolerance(low=3, high=3), lambda n: operator.eq(n, 3)),
    (Tolerance(low=3, high=3, is_outside=True), lambda n: operator.ne(n, 3)),
    (Tolerance(low=3, is_low_open=True), lambda n: operator.gt(n, 3)),
    (Tolerance(low=3), lambda n: operator.ge(n, 3)),
    (Tolerance(high=3, is_high_open=True), lambda n: operator.lt(n, 3)),
    (Tolerance(high=3), lambda n: operator.le(n, 3)),
    (Tolerance(low=2, high=4), lambda n: n in range(2, 5)),
    (Tolerance(low=2, high=4, is_outside=True), lambda n: n not in range(2, 5)),
]


@pytest.mark.parametrize(("tolerance", "holds"), OPERATORS)
def test_each_operator_of_the_standard_is_a_tolerance(tolerance: Tolerance, holds) -> None:
    assert [holds(n) for n in range(7)] == [tolerance.allows(n) for n in range(7)]


def test_per_cent_are_of_the_rows_that_were_looked_at() -> None:
    tolerance = Tolerance(high=5, unit=CountedIn.PERCENT)
    assert (5.0, None) == (tolerance.number(10, 200), tolerance.number(0, 0))
    assert 10.0 == Tolerance(high=5).number(10, 200)


@pytest.mark.parametrize(
    ("severity", "tolerance", "keeps_out"),
    [
        (Severity.CRITICAL, None, True),
        (Severity.WARNING, None, False),
        (Severity.INFO, None, False),
        (Severity.CRITICAL, Tolerance(high=0), False),
    ],
)
def test_only_a_critical_check_without_a_tolerance_keeps_rows_out(
    severity: Severity, tolerance: Tolerance | None, keeps_out: bool
) -> None:
    one = check(Kind.REQUIRED, "city", severity=severity, tolerance=tolerance)
    assert keeps_out is one.keeps_out
