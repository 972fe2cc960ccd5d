"""Dates: ISO always; the order of day and month only where the file proves it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.parsing.dates import Edge, Order, has_two_styles, read_date, vote_order


def _read(word: str, order: Order = Order.UNKNOWN, edge: Edge = Edge.DAY) -> str:
    found = read_date(word, order=order, edge=edge)
    assert (found.day is None) != (found.trouble is None)
    return found.day.isoformat() if found.day else found.trouble.reason.value


@pytest.mark.parametrize(
    ("words", "order"),
    [
        (["01/07/2026", "30/09/2026"], Order.DAY_FIRST),
        (["01/07/2026", "09/30/2026"], Order.MONTH_FIRST),
        (["01/07/2026", "02/03/2026"], Order.UNKNOWN),
        (["30/09/2026", "09/30/2026"], Order.MIXED),
        (["2026-09-30"], Order.UNKNOWN),
    ],
)
def test_a_number_above_twelve_is_a_day(words: list[str], order: Order) -> None:
    assert order is vote_order(words)


@pytest.mark.parametrize(
    ("words", "has_two"),
    [
        (["2026-09-30", "30/09/2026"], True),
        (["30.09.2026", "30/09/2026"], True),
        (["2026-09-30", "2026/09/30"], False),
        (["30/09/2026"], False),
    ],
)
def test_a_column_has_one_style(words: list[str], has_two: bool) -> None:
    assert has_two is has_two_styles(words)


@pytest.mark.parametrize(
    ("word", "order", "told"),
    [
        ("01/07/2026", Order.DAY_FIRST, "2026-07-01"),
        ("01/07/2026", Order.MONTH_FIRST, "2026-01-07"),
        ("01/07/2026", Order.UNKNOWN, "ambiguous_date"),
        ("01/07/2026", Order.MIXED, "mixed_style"),
        ("05/05/2026", Order.UNKNOWN, "2026-05-05"),
        ("31.4.2026", Order.DAY_FIRST, "impossible_date"),
    ],
)
def test_day_and_month_follow_the_proof(word: str, order: Order, told: str) -> None:
    assert told == _read(word, order)


@pytest.mark.parametrize(
    ("word", "first", "last", "day"),
    [
        ("2026", "2026-01-01", "2026-12-31", "ambiguous_date"),
        ("2026-Q2", "2026-04-01", "2026-06-30", "ambiguous_date"),
        ("q4 2016", "2016-10-01", "2016-12-31", "ambiguous_date"),
        ("2024-02", "2024-02-01", "2024-02-29", "ambiguous_date"),
        ("March 2026", "2026-03-01", "2026-03-31", "ambiguous_date"),
        ("12 Mar 2026", "2026-03-12", "2026-03-12", "2026-03-12"),
        ("20260312", "2026-03-12", "2026-03-12", "2026-03-12"),
    ],
)
def test_a_period_is_a_day_only_where_a_column_names_its_edge(
    word: str, first: str, last: str, day: str
) -> None:
    assert (first, last, day) == tuple(
        _read(word, edge=each) for each in (Edge.FIRST, Edge.LAST, Edge.DAY)
    )


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("46204", "excel_serial"),
        ("01/07/26", "two_digit_year"),
        ("Mar 26", "two_digit_year"),
        ("2026-02-30", "impossible_date"),
        ("2026-01-01T25:00", "impossible_date"),
        ("FY24", "ambiguous_date"),
        ("2023/24", "ambiguous_date"),
        ("w/e 12 Mar", "ambiguous_date"),
        ("n/a", "missing"),
        ("80/20", "wrong_type"),
        ("2026-13", "wrong_type"),
    ],
)
def test_what_is_no_day_has_a_reason(word: str, told: str) -> None:
    assert told == _read(word)


@given(st.dates(date(1, 1, 1)))
def test_an_iso_date_is_itself(day: date) -> None:
    assert day.isoformat() == _read(day.isoformat())


@given(st.dates(date(1900, 1, 1)))
def test_an_unproved_date_is_read_only_where_it_can_be_read_one_way(day: date) -> None:
    told = _read(f"{day:%d/%m/%Y}", vote_order([f"{day:%d/%m/%Y}"]))
    is_clear = day.day > 12 or day.day == day.month
    assert (day.isoformat() if is_clear else "ambiguous_date") == told


@given(st.text(max_size=12), st.sampled_from(Order), st.sampled_from(Edge))
def test_any_word_is_a_day_or_has_a_reason(word: str, order: Order, edge: Edge) -> None:
    assert _read(word, order, edge)


@pytest.mark.parametrize(
    ("word", "day", "edge"),
    [
        ("2026-W01", "2025-12-29", Edge.FIRST),
        ("2026W53", "2027-01-03", Edge.LAST),
        ("2026-W01", "ambiguous_date", Edge.DAY),
        ("2025-W53", "wrong_type", Edge.FIRST),
    ],
)
def test_an_iso_week_stands_for_its_first_or_last_day(word: str, day: str, edge: Edge) -> None:
    assert day == _read(word, edge=edge)
