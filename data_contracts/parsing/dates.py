"""Cells of dates: ISO always; day-month order only where the file itself proves it.

A week, month, quarter or year stands for its first day in a column of beginnings and for its last
day in a column of ends, and for nothing elsewhere.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from data_contracts.model import Reason
from data_contracts.parsing.cells import Trouble
from data_contracts.parsing.numbers import MISSING_WORDS


class Edge(StrEnum):
    """Which day of a period a column names."""

    DAY = "day"
    FIRST = "first"
    LAST = "last"


class Order(StrEnum):
    """What the file proves about dates such as 01/07/2026."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    UNKNOWN = "unknown"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class DateReading:
    """A word as a date, or its trouble, or neither where it means "missing"."""

    day: date | None = None
    trouble: Trouble | None = None


_ISO = re.compile(r"([0-9]{4})([-/.]?)([0-9]{1,2})\2([0-9]{1,2})")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
    r"(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_NUMERIC = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
_TWO_DIGITS = re.compile(
    r"[A-Za-z]{3,9}[- '][0-9]{2}|"
    r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2}|[0-9]{1,2}[- ][A-Za-z]{3}[- ][0-9]{2}"
)
_SERIAL = re.compile(r"([0-9]{5})(\.[0-9]+)?")
_YEAR = re.compile(r"([0-9]{4})")
_MONTH = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})")
_WEEK = re.compile(r"([0-9]{4})-?W([0-9]{2})", re.IGNORECASE)
_QUARTER = re.compile(r"Q([1-4])[ /-]?([0-9]{4})|([0-9]{4})[ /-]?Q([1-4])", re.IGNORECASE)
_WORDED = re.compile(r"(?:([0-9]{1,2})(?:st|nd|rd|th)?[ -])?([A-Za-z]{3,9})\.?,?[ -]([0-9]{4})")
_FISCAL = re.compile(r"(FY ?[0-9]|H[12]\b|P[0-9]{1,2}\b|w/e).*|[0-9]{4}/[0-9]{2}", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december", "sept",
)  # fmt: skip
_EXCEL_EPOCH = date(1899, 12, 30)
_EXPECTED = "a date such as 2026-03-31"


def vote_order(words: Iterable[str]) -> Order:
    """Return what all the dates of a file together prove: a number above 12 is a day."""
    first = second = False
    for word in words:
        if match := _NUMERIC.fullmatch(word):
            first |= int(match[1]) > 12
            second |= int(match[3]) > 12
    if first and second:
        return Order.MIXED
    return Order.DAY_FIRST if first else Order.MONTH_FIRST if second else Order.UNKNOWN


def has_two_styles(words: Sequence[str]) -> bool:
    """Whether a column writes dates in more than one way, ISO among them or not."""
    marks = {match[2] for word in words if (match := _NUMERIC.fullmatch(word))}
    is_iso = any(_ISO.fullmatch(word) or _MOMENT.fullmatch(word) for word in words)
    return len(marks) + is_iso > 1


def read_date(word: str, *, order: Order, edge: Edge) -> DateReading:
    """Return the day a word means, or what is wrong with it."""
    if (match := _ISO.fullmatch(word)) and (match[2] or len(word) == 8):
        return _day(int(match[1]), int(match[3]), int(match[4]))
    if _MOMENT.fullmatch(word):
        return _moment(word)
    if match := _NUMERIC.fullmatch(word):
        return _numeric(match, order)
    if (period := _period(word)) is not None:
        return _of_period(period, word, edge)
    return DateReading(trouble=_no_date(word))


def _day(year: int, month: int, day: int) -> DateReading:
    try:
        return DateReading(day=date(year, month, day))
    except ValueError:
        trouble = Trouble(reason=Reason.IMPOSSIBLE_DATE, expected="a day of the calendar")
        return DateReading(trouble=trouble)


def _moment(word: str) -> DateReading:
    """Take the day in UTC; a moment without an offset is taken to be in UTC."""
    try:
        moment = datetime.fromisoformat(word)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return DateReading(day=aware.astimezone(UTC).date())
    except (ValueError, OverflowError):
        trouble = Trouble(reason=Reason.IMPOSSIBLE_DATE, expected="a moment of the calendar")
        return DateReading(trouble=trouble)


def _numeric(match: re.Match[str], order: Order) -> DateReading:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if order is Order.MIXED:
        expected = "one way of writing dates in a column, best 2026-03-31"
        return DateReading(trouble=Trouble(reason=Reason.MIXED_STYLE, expected=expected))
    if order is Order.DAY_FIRST or first == second:
        return _day(year, second, first)
    if order is Order.MONTH_FIRST:
        return _day(year, first, second)
    expected = "a date that can be read one way only, such as 2026-03-31"
    advice = f"Is it {year}-{first:02}-{second:02} or {year}-{second:02}-{first:02}?"
    return DateReading(
        trouble=Trouble(reason=Reason.AMBIGUOUS_DATE, expected=expected, suggestion=advice)
    )


def _period(word: str) -> tuple[date, date] | None:
    """The first and last day of a year, quarter, month or ISO week; of a worded date the day."""
    if match := _WEEK.fullmatch(word):
        return _week(int(match[1]), int(match[2]))
    return _worded(word) if _WORDED.fullmatch(word) else _numbered(word)


def _numbered(word: str) -> tuple[date, date] | None:
    if match := _YEAR.fullmatch(word):
        return _span(int(match[1]), 1, 12)
    if match := _QUARTER.fullmatch(word):
        quarter, year = int(match[1] or match[4]), int(match[2] or match[3])
        return _span(year, quarter * 3 - 2, quarter * 3)
    if match := _MONTH.fullmatch(word):
        return _span(int(match[1]), int(match[2]), int(match[2]))
    return None


def _worded(word: str) -> tuple[date, date] | None:
    if (match := _WORDED.fullmatch(word)) and match[2].lower() in (*_MONTHS, *_FULL):
        month = _MONTHS.index(match[2].lower()[:3]) + 1
        span = _span(int(match[3]), month, month)
        if span is None or not match[1]:
            return span
        day = int(match[1])
        if 1 <= day <= span[1].day:
            return span[0].replace(day=day), span[0].replace(day=day)
    return None


def _week(year: int, week: int) -> tuple[date, date] | None:
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    return monday, monday + timedelta(days=6)


def _span(year: int, first_month: int, last_month: int) -> tuple[date, date] | None:
    if not (1900 <= year <= 2200 and first_month >= 1 and last_month <= 12):
        return None
    last_day = monthrange(year, last_month)[1]
    return date(year, first_month, 1), date(year, last_month, last_day)


def _of_period(period: tuple[date, date], word: str, edge: Edge) -> DateReading:
    first, last = period
    if first == last or edge is not Edge.DAY:
        return DateReading(day=last if edge is Edge.LAST else first)
    expected = f"a day; {word} is a period"
    return DateReading(trouble=Trouble(reason=Reason.AMBIGUOUS_DATE, expected=expected))


def _no_date(word: str) -> Trouble:
    if word.casefold() in MISSING_WORDS:
        return Trouble(reason=Reason.MISSING, expected=_EXPECTED)
    if _TWO_DIGITS.fullmatch(word):
        return Trouble(reason=Reason.TWO_DIGIT_YEAR, expected="a year of four digits")
    if (match := _SERIAL.fullmatch(word)) and 20_000 <= int(match[1]) <= 80_000:
        day = _EXCEL_EPOCH + timedelta(days=int(match[1]))
        advice = f"Excel's number for {day.isoformat()}, if the workbook counts from 1900."
        return Trouble(reason=Reason.EXCEL_SERIAL, expected=_EXPECTED, suggestion=advice)
    if _FISCAL.fullmatch(word):
        return Trouble(
            reason=Reason.AMBIGUOUS_DATE,
            expected="the first and the last day of the period as dates",
            suggestion="Financial years and weeks differ from house to house.",
        )
    return Trouble(reason=Reason.WRONG_TYPE, expected=_EXPECTED)
