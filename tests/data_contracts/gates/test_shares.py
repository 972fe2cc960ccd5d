"""Quarantine share per touchpoint and day: what is too much, and what is only a small day."""

from datetime import date, timedelta
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.evidence import Gate, SliceEvidence
from data_contracts.gates.shares import DayRows, judge_shares

DAY = date(2026, 11, 20)

CASES = [
    # rows, kept out, limit, whether the day breaks
    (1000, 50, 0.05, False),
    (1000, 72, 0.05, False),
    (1000, 73, 0.05, True),
    (40, 8, 0.05, True),
    (40, 7, 0.05, False),
    (6, 2, 0.05, False),
    (6, 4, 0.05, True),
    (125, 4, 0.05, False),  # the demo's worst day
    (28, 4, 0.05, False),
    (2, 2, 0.05, False),
    (3, 3, 0.05, True),
    (1, 1, 0.2, False),
    (10, 1, 0.0, True),  # none may be
    (10, 0, 0.0, False),
    (10, 10, 1.0, False),  # all may be
]


@pytest.mark.parametrize(("rows", "bad", "limit", "breaks"), CASES)
def test_a_day_breaks_where_clearly_more_than_the_limit_is_kept_out(
    rows: int, bad: int, limit: float, breaks: bool
) -> None:
    found = judge_shares("desk", {DAY: DayRows(rows, rows - bad)}, limit=limit)
    assert ((DAY,) if breaks else (), 1) == (found.broken, found.judged)


def test_the_days_that_break_are_named_and_the_last_is_told() -> None:
    counts = {
        DAY: DayRows(1_200, 0),
        DAY + timedelta(days=1): DayRows(100, 100),
        DAY - timedelta(days=9): DayRows(100, 10),
    }
    expected = SliceEvidence(
        gate=Gate.SHARE,
        touchpoint="desk",
        judged=3,
        broken=(date(2026, 11, 11), DAY),
        message="2 days, the last 20 Nov 2026: 1,200 of 1,200 rows break the contract; at most 5 % may.",
    )
    assert expected == judge_shares("desk", counts, limit=0.05)


def test_days_without_rows_are_not_judged() -> None:
    expected = SliceEvidence(gate=Gate.SHARE, touchpoint="desk", judged=0)
    assert expected == judge_shares("desk", {DAY: DayRows(0, 0)}, limit=0.0)


days = st.dictionaries(
    st.dates(date(2026, 1, 1), date(2026, 3, 1)),
    st.integers(0, 120).flatmap(
        lambda rows: st.integers(0, rows).map(lambda used: DayRows(rows, used))
    ),
    max_size=20,
)


@given(counts=days, limit=st.floats(0, 1))
def test_every_day_is_judged_by_its_own_rows_alone(
    counts: dict[date, DayRows], limit: float
) -> None:
    found = judge_shares("desk", counts, limit=limit)
    for day, (rows, used) in counts.items():
        bad = rows - used
        chance = sum(
            comb(rows, k) * Fraction(limit) ** k * (1 - Fraction(limit)) ** (rows - k)
            for k in range(bad, rows + 1)
        )
        is_close = abs(chance - Fraction(135, 100_000)) < 1e-9
        breaks = bad > limit * rows and chance < Fraction(135, 100_000)
        assert is_close or breaks == (day in found.broken)
    assert sum(1 for rows, _ in counts.values() if rows) == found.judged
