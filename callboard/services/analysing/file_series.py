"""The series of a file: which columns hold them, and each group's rows by date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from callboard.errors import FileRefused
from callboard.services.analysing.file_columns import FileColumns
from metrics.segments import Floats, Ints

_DATES = ("date", "period", "period_start", "day", "week", "month", "quarter", "year", "x")
_VALUES = ("value", "values", "y", "measure", "reading", "figure")
_GROUPS = ("group", "facet", "series", "category", "touchpoint")
_ONE_SERIES = ": add the rows of a day up, or name groups with --group."
_BREAK_WORDS = dict.fromkeys(("1", "1.0", "true", "yes"), 1) | dict.fromkeys(
    ("0", "0.0", "false", "no", "", "na", "n/a", "nan", "null", "none"), 0
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnNames:
    """Which columns were asked for by name; an empty text leaves one to be found."""

    date: str = ""
    value: str = ""
    group: str = ""
    target: str = ""
    breaks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSeries:
    """One group's rows, oldest first; NaN where there is no value or target.

    `breaks` holds 1 on the first row of a new segment.
    """

    group: str
    days: tuple[date, ...]
    values: Floats
    breaks: Ints
    targets: Floats


def read_series(columns: FileColumns, names: ColumnNames) -> tuple[list[FileSeries], list[str]]:
    """The series of a file in the order in which its groups begin, and what was taken for what.

    A date that stands twice in a group refuses the file.
    """
    where = _find(columns, names)
    days = columns.days(where.date)
    values = columns.numbers(where.value)
    blank = np.full(len(days), np.nan)
    targets = columns.numbers(where.target) if where.target else blank
    breaks = _breaks(columns, where.breaks) if where.breaks else np.zeros(len(days), dtype=np.int64)
    groups = columns.texts(where.group) if where.group else [""] * len(days)
    found = []
    for group, rows in _rows_by_group(groups, days).items():
        _refuse_repeats(columns, where.date, group=group, rows=rows, days=days)
        found.append(
            FileSeries(
                group=group,
                days=tuple(days[row] for row in rows),
                values=values[rows],
                breaks=breaks[rows],
                targets=targets[rows],
            )
        )
    return found, _taken(names, where)


def _find(columns: FileColumns, names: ColumnNames) -> ColumnNames:
    """Every column by its name in the file; only group, target and breaks may be empty.

    The only column of words is that of the dates even where they cannot be read: that is told then.
    """
    target = columns.find(names.target, option="--target-column")
    breaks = columns.find(names.breaks, option="--break-column")
    group = columns.find(names.group, option="--group", usual=_GROUPS)
    value = columns.find(names.value, option="--value", usual=_VALUES)
    day = columns.find(names.date, option="--date", usual=_DATES)
    if day is None:
        free = columns.others({target, breaks, group, value})
        words = [each for each in free if not columns.reads_as_numbers(each)]
        told = _only([each for each in words if columns.reads_as_days(each)])
        day = told or (_only(words) if len(columns.headers) > 1 else None)
    if day is None:
        raise columns.missing(option="--date", usual=_DATES)
    if not names.date:
        columns.refuse_headless(day)
    if value is None:
        free = columns.others({target, breaks, group, day})
        value = _only([each for each in free if columns.reads_as_numbers(each)])
    if value is None:
        raise columns.missing(option="--value", usual=_VALUES)
    return ColumnNames(
        date=day, value=value, group=group or "", target=target or "", breaks=breaks or ""
    )


def _only(headers: Sequence[str]) -> str | None:
    return headers[0] if len(headers) == 1 else None


def _taken(names: ColumnNames, where: ColumnNames) -> list[str]:
    """What was found without being asked for; nothing to tell of columns that were named."""
    told = [
        f"{found!r} as {kind}"
        for asked, found, kind in (
            (names.date, where.date, "the date"),
            (names.value, where.value, "the value"),
            (names.group, where.group, "the group"),
        )
        if found and not asked and found != kind.removeprefix("the ")
    ]
    return [f"Took the column {' and '.join(told)}."] if told else []


def _breaks(columns: FileColumns, header: str) -> Ints:
    words = [word.casefold() for word in columns.texts(header)]
    odd = [row for row, word in enumerate(words) if word not in _BREAK_WORDS]
    columns.refuse_rows(
        odd,
        column=header,
        found=f"found {words[odd[0]]!r}" if odd else "",
        expected="1 on the first row of a new segment, else 0 or nothing",
    )
    return np.array([_BREAK_WORDS[word] for word in words], dtype=np.int64)


def _rows_by_group(groups: Sequence[str], days: Sequence[date]) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {}
    for row, group in enumerate(groups):
        rows.setdefault(group, []).append(row)
    return {group: sorted(each, key=days.__getitem__) for group, each in rows.items()}


def _refuse_repeats(
    columns: FileColumns, header: str, *, group: str, rows: Sequence[int], days: Sequence[date]
) -> None:
    for one, other in pairwise(rows):
        if days[one] == days[other]:
            place = f" in group {group!r}" if group else ""
            first, second = columns.lines[one], columns.lines[other]
            raise FileRefused(
                f"{columns.name}, rows {first:,} and {second:,}, column {header}: "
                f"found {days[one]} twice{place}. Expected every date once"
                + (" in a group: keep one row, or add them up." if group else _ONE_SERIES)
            )
