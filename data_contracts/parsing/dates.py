"""Cells of dates: ISO always; day-month order only where the file itself proves it.

A week, month, quarter or year stands for its first day in a column of beginnings and for its last
day in a column of ends, and for nothing elsewhere.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from data_contracts.findings import Reason
from data_contracts.parsing.cells import Trouble
from data_contracts.parsing.missing_words import MISSING_WORDS
from data_contracts.parsing.periods import Period, read_period


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
_SHORT_YEAR = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{2})")
_CENTURY = 2000
_TWO_DIGITS = re.compile(
    r"[A-Za-z]{3,9}[- '][0-9]{2}|"
    r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2}|[0-9]{1,2}[- ][A-Za-z]{3}[- ][0-9]{2}"
)
_SERIAL = re.compile(r"([0-9]{5})(\.[0-9]+)?")
_FISCAL = re.compile(r"(FY ?[0-9]|H[12]\b|P[0-9]{1,2}\b|w/e).*|[0-9]{4}/[0-9]{2}", re.IGNORECASE)
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


def is_order_open(word: str) -> bool:
    """Whether a word is a date of three numbers that does not say which is the day."""
    return bool(_NUMERIC.fullmatch(word) or _SHORT_YEAR.fullmatch(word))


def read_in_order(word: str, order: Order) -> date | None:
    """Return the day that three numbers mean in an order; two digits of a year are of this century.

    None where they mean none in that order.
    """
    match = _NUMERIC.fullmatch(word) or _SHORT_YEAR.fullmatch(word)
    if match is None:
        return None
    year = int(match[4]) if len(match[4]) == 4 else _CENTURY + int(match[4])
    first, second = int(match[1]), int(match[3])
    day, month = (first, second) if order is Order.DAY_FIRST else (second, first)
    return _day(year, month, day).day


def read_date(word: str, *, order: Order, edge: Edge) -> DateReading:
    """Return the day a word means, or what is wrong with it."""
    if (match := _ISO.fullmatch(word)) and (match[2] or len(word) == 8):
        return _day(int(match[1]), int(match[3]), int(match[4]))
    if _MOMENT.fullmatch(word):
        return _moment(word)
    if match := _NUMERIC.fullmatch(word):
        return _numeric(match, order)
    if (period := read_period(word)) is not None:
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


def _of_period(period: Period, word: str, edge: Edge) -> DateReading:
    first, last = period.first, period.last
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
