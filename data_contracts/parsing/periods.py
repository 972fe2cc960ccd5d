"""Periods as publishers write them: years, quarters, halves, months, weeks, ranges.

A financial year needs the month it begins with: FY24 is the one that ends in 2024 (or is 2024,
where it begins in January), 2023/24 the one that begins in 2023.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

_YEAR = re.compile(r"([0-9]{4})")
_MONTH = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})")
_WEEK = re.compile(r"([0-9]{4})-?W([0-9]{2})|(?:week|wk)\.? ?([0-9]{1,2}),? ([0-9]{4})", re.I)
_PART = re.compile(
    r"(?P<kind>[QH])(?P<n>[1-4])[ /-]?(?P<year>[0-9]{4})"
    r"|(?P<year2>[0-9]{4})[ /-]?(?P<kind2>[QH])(?P<n2>[1-4])"
    r"|(?P<n3>[1-4])(?P<kind3>[QH])(?P<year3>[0-9]{4}|[0-9]{2})",
    re.IGNORECASE,
)
_NAMES = ("kind", "n", "year")
_WORDED = re.compile(r"(?:([0-9]{1,2})(?:st|nd|rd|th)?[ -])?([A-Za-z]{3,9})\.?,?[ -]([0-9]{4})")
_YEARLESS = re.compile(r"(?:([0-9]{1,2})(?:st|nd|rd|th)?[ -])?([A-Za-z]{3,9})\.?")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_RANGE = re.compile(
    r"(.+?)(?: ?[–—] ?| - | to |(?<=-[0-9]{2})/|(?<=[a-z])-(?=[a-z]))(.+)", re.IGNORECASE
)
_WEEK_BY_DAY = re.compile(r"(w/e|week ending|w/c|week commencing):? (.+)", re.IGNORECASE)
_FISCAL = re.compile(r"FY ?'?([0-9]{4}|[0-9]{2})|(?:FY ?)?([0-9]{4})[/–-]([0-9]{2})", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december", "sept",
)  # fmt: skip
_CENTURY = 2000


@dataclass(frozen=True, slots=True)
class Period:
    """The first and the last day."""

    first: date
    last: date


def read_period(word: str) -> Period | None:
    """Return the days a word means by the calendar alone, or None. A day is a period of one."""
    return _single(word) or _week_by_day(word) or _range(word)


def read_fiscal(word: str, first_month: int) -> Period | None:
    """Return the days of a financial year that begins with a month (1 to 12), or None."""
    match = _FISCAL.fullmatch(word)
    if match is None:
        return None
    if match[1]:
        ends = int(match[1]) if len(match[1]) == 4 else _CENTURY + int(match[1])
        begins = ends if first_month == 1 else ends - 1
    else:
        begins = int(match[2])
        if (begins + 1) % 100 != int(match[3]) or first_month == 1:
            return None
    if not 1900 <= begins <= 2200:
        return None
    first = date(begins, first_month, 1)
    return Period(first, date(begins + 1, first_month, 1) - timedelta(days=1))


def is_fiscal(word: str) -> bool:
    """Whether a word means a financial year; 2011/12 may be one, or December 2011."""
    return read_fiscal(word, 4) is not None


def write_period(period: Period) -> str:
    """Write a period as two ISO days with a slash between."""
    return f"{period.first.isoformat()}/{period.last.isoformat()}"


def _single(word: str) -> Period | None:
    if match := _DAY.fullmatch(word):
        return _one_day(int(match[1]), int(match[2]), int(match[3]))
    if match := _WEEK.fullmatch(word):
        return _week(int(match[1] or match[4]), int(match[2] or match[3]))
    if match := _WORDED.fullmatch(word):
        return _worded(match[1], match[2], int(match[3]))
    return _numbered(word)


def _numbered(word: str) -> Period | None:
    if match := _YEAR.fullmatch(word):
        return months(int(match[1]), 1, 12)
    if match := _PART.fullmatch(word):
        return _part(*(match[each] or match[f"{each}2"] or match[f"{each}3"] for each in _NAMES))
    if match := _MONTH.fullmatch(word):
        return months(int(match[1]), int(match[2]), int(match[2]))
    return None


def _part(kind: str, number: str, year: str) -> Period | None:
    """A quarter or a half of a year; two digits of a year are of this century."""
    length = 3 if kind.upper() == "Q" else 6
    last = int(number) * length
    full = int(year) if len(year) == 4 else _CENTURY + int(year)
    return months(full, last - length + 1, last)


def months(year: int, first_month: int, last_month: int) -> Period | None:
    """Return the days of some months of a year, None where there are no such months."""
    if not (1900 <= year <= 2200 and 1 <= first_month <= last_month <= 12):
        return None
    last_day = monthrange(year, last_month)[1]
    return Period(date(year, first_month, 1), date(year, last_month, last_day))


def read_month(word: str) -> int:
    """Return the number of a month by its name or number, 0 for none."""
    if re.fullmatch("0?[1-9]|1[0-2]", word):
        return int(word)
    name = word.lower().rstrip(".")
    return _MONTHS.index(name[:3]) + 1 if name in (*_MONTHS, *_FULL) else 0


def _worded(day: str | None, name: str, year: int) -> Period | None:
    month = 0 if name.isdigit() else read_month(name)
    span = months(year, month, month) if month else None
    if span is None or not day:
        return span
    return _one_day(year, month, int(day))


def _one_day(year: int, month: int, day: int) -> Period | None:
    try:
        single = date(year, month, day)
    except ValueError:
        return None
    return Period(single, single)


def _week(year: int, week: int) -> Period | None:
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    return Period(monday, monday + timedelta(days=6))


def _week_by_day(word: str) -> Period | None:
    match = _WEEK_BY_DAY.fullmatch(word)
    day = _single(match[2]) if match else None
    if match is None or day is None or day.first != day.last:
        return None
    if match[1].lower() in ("w/e", "week ending"):
        return replace(day, first=day.last - timedelta(days=6))
    return replace(day, last=day.first + timedelta(days=6))


def _range(word: str) -> Period | None:
    """From the first day of one to the last of the other; the first may leave out its year."""
    match = _RANGE.fullmatch(word)
    last = _single(match[2]) if match else None
    if match is None or last is None or _YEAR.fullmatch(match[2]):
        return None
    first = _single(match[1]) or _before(match[1], last)
    if first is None or first.first > last.last:
        return None
    return Period(first.first, last.last)


def _before(word: str, last: Period) -> Period | None:
    """The latest day or month of that name that does not begin after a period ends."""
    match = _YEARLESS.fullmatch(word)
    for year in (last.last.year, last.last.year - 1) if match else ():
        found = _worded(match[1], match[2], year) if match else None
        if found and found.first <= last.last:
            return found
    return None
