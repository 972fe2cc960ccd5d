"""Periods are read by the calendar alone; a financial year needs its first month."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.parsing.periods import (
    Period,
    is_fiscal,
    read_fiscal,
    read_month,
    read_period,
    write_period,
)

YEARS = st.integers(1900, 2199)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("Q4 2015", "2015-10-01/2015-12-31"),
        ("2015 Q4", "2015-10-01/2015-12-31"),
        ("1Q25", "2025-01-01/2025-03-31"),
        ("H1 2025", "2025-01-01/2025-06-30"),
        ("2H2025", "2025-07-01/2025-12-31"),
        ("week 12 2025", "2025-03-17/2025-03-23"),
        ("2025-W03", "2025-01-13/2025-01-19"),
        ("w/e 12 Mar 2025", "2025-03-06/2025-03-12"),
        ("week commencing 6 March 2025", "2025-03-06/2025-03-12"),
        ("15 Sep – 7 Dec 2025", "2025-09-15/2025-12-07"),
        ("15 Dec - 7 Mar 2025", "2024-12-15/2025-03-07"),
        ("Jan-Mar 2025", "2025-01-01/2025-03-31"),
        ("1 Jan 2025 to 5 Feb 2025", "2025-01-01/2025-02-05"),
        ("2025-01-01/2025-03-31", "2025-01-01/2025-03-31"),
    ],
)
def test_a_period_is_its_first_and_last_day(word: str, told: str) -> None:
    found = read_period(word)
    assert told == (write_period(found) if found else None)


@pytest.mark.parametrize(
    "word",
    [
        *("", "P7", "FY24", "2023/24", "80/20", "H3 2025", "2024 – 2025", "Jan/2026"),
        *("2025-12-31/2025-01-01", "w/e 12 Mar", "w/e Mar 2025", "31 Apr 2025", "Q4 15"),
    ],
)
def test_what_the_calendar_does_not_settle_is_no_period(word: str) -> None:
    assert read_period(word) is None


@pytest.mark.parametrize(
    ("word", "first_month", "told"),
    [
        ("FY24", 4, "2023-04-01/2024-03-31"),
        ("FY 2024", 10, "2023-10-01/2024-09-30"),
        ("FY24", 1, "2024-01-01/2024-12-31"),
        ("2023/24", 7, "2023-07-01/2024-06-30"),
        ("2023-24", 4, "2023-04-01/2024-03-31"),
        ("FY2099/00", 4, "2099-04-01/2100-03-31"),
        ("2023/24", 1, None),
        ("2023/25", 4, None),
        ("2023", 4, None),
    ],
)
def test_a_financial_year_begins_with_its_month(
    word: str, first_month: int, told: str | None
) -> None:
    found = read_fiscal(word, first_month)
    assert told == (write_period(found) if found else None)


@pytest.mark.parametrize(
    ("word", "told"), [("FY24", True), ("2011/12", True), ("2025", False), ("01/07/2026", False)]
)
def test_words_of_financial_years_are_known(word: str, told: bool) -> None:
    assert told is is_fiscal(word)


@pytest.mark.parametrize(
    ("word", "told"),
    [("3", 3), ("03", 3), ("Mar", 3), ("march", 3), ("Sept.", 9), ("13", 0), ("x", 0)],
)
def test_a_month_has_a_name_or_a_number(word: str, told: int) -> None:
    assert told == read_month(word)


@given(DAYS, DAYS)
def test_what_was_written_is_read_again(one: date, other: date) -> None:
    period = Period(min(one, other), max(one, other))
    assert period == read_period(write_period(period))


@given(YEARS, st.integers(1, 4))
def test_quarters_follow_each_other(year: int, quarter: int) -> None:
    found = read_period(f"Q{quarter} {year}")
    last = date(year, quarter * 3, monthrange(year, quarter * 3)[1])
    assert Period(date(year, quarter * 3 - 2, 1), last) == found


@given(DAYS)
def test_a_week_ends_on_its_day(day: date) -> None:
    assert Period(day - timedelta(days=6), day) == read_period(f"w/e {day:%d %b %Y}")


@given(YEARS, st.integers(2, 12))
def test_financial_years_follow_each_other(year: int, month: int) -> None:
    one = read_fiscal(f"{year}/{(year + 1) % 100:02}", month)
    assert one == read_fiscal(f"FY{year + 1}", month)
    assert one is not None
    assert month == (one.last + timedelta(days=1)).month


@given(st.text(max_size=14), st.integers(1, 12))
def test_any_word_is_a_period_or_none(word: str, month: int) -> None:
    for found in (read_period(word), read_fiscal(word, month)):
        assert found is None or found.first <= found.last
