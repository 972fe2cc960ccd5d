"""Reconciliation: the rows that arrived beside those a control table tells of."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.evidence import Gate, SliceEvidence
from data_contracts.gates.totals import judge_totals

DAY = date(2026, 11, 20)
CASES = [
    # arrived, told, judged, broken
    ({DAY: 120}, {DAY: 120}, 1, 0),
    ({DAY: 119}, {DAY: 120}, 1, 1),
    ({DAY: 121}, {DAY: 120}, 1, 1),
    ({}, {DAY: 120}, 1, 1),
    ({}, {DAY: 0}, 1, 0),
    ({DAY: 120}, {}, 0, 0),  # not told of yet
    ({}, {}, 0, 0),
]


@pytest.mark.parametrize(("arrived", "told", "judged", "broken"), CASES)
def test_a_day_breaks_unless_as_many_rows_arrived_as_are_told_of(
    arrived: dict[date, int], told: dict[date, int], judged: int, broken: int
) -> None:
    found = judge_totals("desk", arrived, told=told)
    assert (judged, (DAY,) * broken) == (found.judged, found.broken)


def test_the_difference_is_told() -> None:
    told = {DAY: 1_200, DAY - timedelta(days=1): 5}
    expected = SliceEvidence(
        gate=Gate.TOTALS,
        touchpoint="",
        judged=2,
        broken=(DAY - timedelta(days=1), DAY),
        message="2 days, the last 20 Nov 2026: 1 row, but the control table tells of 1,200.",
    )
    assert expected == judge_totals("", {DAY: 1}, told=told)


totals = st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 1, 9)), st.integers(0, 2))


@given(arrived=totals, told=totals)
def test_only_days_that_are_told_of_break(arrived: dict[date, int], told: dict[date, int]) -> None:
    found = judge_totals("desk", arrived, told=told)
    mended = {**arrived, **{day: told[day] for day in found.broken}}
    assert {*found.broken} <= {*told}
    assert () == judge_totals("desk", mended, told=told).broken
