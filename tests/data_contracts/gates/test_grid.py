"""Completeness and volume: days without rows, days with far too few, and days nobody asks about."""

from datetime import date, timedelta
from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.gates.grid import judge_grid, judge_volume

DAY = date(2026, 11, 20)
NEXT = DAY + timedelta(days=1)

MISSING = [
    # rows on the day, usual, until, judged, broken
    (0, 120.0, DAY, 1, 1),
    (None, 120.0, DAY, 1, 1),
    (1, 120.0, DAY, 1, 0),
    (0, 10.0, DAY, 1, 1),
    (0, 9.9, DAY, 0, 0),  # a quiet place
    (0, nan, DAY, 0, 0),  # no history
    (0, 120.0, DAY - timedelta(days=1), 0, 0),  # late, not missing
    (0, 120.0, None, 0, 0),
]


@pytest.mark.parametrize(("rows", "usual", "until", "judged", "broken"), MISSING)
def test_a_day_without_rows_is_missing_where_there_are_usually_some(
    rows: int | None, usual: float, until: date | None, judged: int, broken: int
) -> None:
    found = judge_grid("desk", {} if rows is None else {DAY: rows}, usual={DAY: usual}, until=until)
    assert (judged, (DAY,) * broken) == (found.judged, found.broken)


FEW = [
    # rows on the day, usual, collapsed, judged, broken
    (12, 120.0, True, 1, 1),
    (80, 120.0, False, 1, 0),
    (0, 120.0, True, 0, 0),  # missing, which another gate tells
    (12, nan, True, 0, 0),
]


@pytest.mark.parametrize(("rows", "usual", "collapsed", "judged", "broken"), FEW)
def test_a_day_breaks_whose_volume_has_collapsed(
    rows: int, usual: float, collapsed: bool, judged: int, broken: int
) -> None:
    days = frozenset({DAY} if collapsed else ())
    found = judge_volume("desk", {DAY: rows}, usual={DAY: usual}, collapsed=days, until=DAY)
    assert (judged, (DAY,) * broken) == (found.judged, found.broken)


def test_a_day_that_is_not_over_has_not_collapsed() -> None:
    found = judge_volume(
        "desk",
        {DAY: 100, NEXT: 3},
        usual={DAY: 120.0, NEXT: 120.0},
        collapsed={NEXT},
        until=DAY,
    )
    assert (1, ()) == (found.judged, found.broken)


def test_what_is_missing_or_too_few_is_told() -> None:
    usual = {DAY: 1_200.4, NEXT: 1_300.0}
    missing = judge_grid("desk", {}, usual=usual, until=NEXT)
    few = judge_volume("desk", {DAY: 1}, usual=usual, collapsed={DAY}, until=NEXT)
    assert "2 days, the last 21 Nov 2026: no row where 1,300 are usual." == missing.message
    assert "20 Nov 2026: 1 row where 1,200 are usual." == few.message


dates = st.dates(date(2026, 1, 1), date(2026, 1, 20))


@given(
    rows=st.dictionaries(dates, st.integers(0, 3)),
    usual=st.dictionaries(dates, st.sampled_from([nan, 0.0, 9.0, 10.0, 50.0])),
    collapsed=st.frozensets(dates),
    until=dates,
)
def test_no_day_is_both_missing_and_collapsed(
    rows: dict[date, int], usual: dict[date, float], collapsed: frozenset[date], until: date
) -> None:
    missing = judge_grid("desk", rows, usual=usual, until=until)
    few = judge_volume("desk", rows, usual=usual, collapsed=collapsed, until=until)
    assert not {*missing.broken} & {*few.broken}
    assert all(day <= until and day in usual for day in (*missing.broken, *few.broken))
    assert all(not rows.get(day) for day in missing.broken)
