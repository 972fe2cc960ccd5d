"""The periods a series should have: from the dates it has, and rows for those that are missing."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from math import gcd
from typing import Any

import numpy as np
from numpy.typing import NDArray

from callboard.errors import FileRefused
from callboard.services.analysing.file_series import FileSeries
from callboard.services.analysing.grain_choice import GrainChoice
from metrics.calendar import calendar_for
from metrics.model import Grain
from metrics.segments import Ints

_SATURDAY = 5
_LONG_ENOUGH = 14  # days without a weekend in them are no accident


@dataclass(frozen=True, slots=True)
class _Rhythm:
    """Every so many periods of a grain there is a row; a month's rows stand at its end or not."""

    grain: Grain
    every: int
    at_month_end: bool = False


def fill_calendar(
    series: Sequence[FileSeries], choice: GrainChoice, *, name: str
) -> tuple[list[FileSeries], list[str]]:
    """Every series with a row for each period from its first to its last, and what was done.

    A row that was missing has no value and begins no segment. FileRefused where a group has two
    rows in one period of the grain that was asked for.
    """
    if choice is GrainChoice.NONE:
        return list(series), []
    rhythm = _found(series) if choice is GrainChoice.AUTO else _Rhythm(Grain(choice.value), 1)
    if rhythm is None:
        told = "The dates keep no rhythm of days, weeks or months: no gap was filled."
        return list(series), [told] if any(len(each.days) > 1 for each in series) else []
    filled = [_filled(each, rhythm, name=name) for each in series]
    added = sum(len(each.days) for each in filled) - sum(len(each.days) for each in series)
    if not added:
        return filled, []
    rows = "row was" if added == 1 else "rows were"
    return filled, [f"{added:,} {rows} missing among {_periods(rhythm)}; --grain none leaves gaps."]


def _found(series: Sequence[FileSeries]) -> _Rhythm | None:
    """The rhythm that all dates of a file keep; None for working days, and for none at all.

    One row a month on no day in particular is a rhythm of months, not of days with most missing.
    """
    days = sorted({day for each in series for day in each.days})
    at_end = all(day.day == _month_length(day.year, day.month) for day in days)
    if at_end or len({day.day for day in days}) == 1:
        steps = _steps(series, Grain.MONTH)
        return _Rhythm(Grain.MONTH, reduce(gcd, steps), at_end) if steps else None
    for grain in (Grain.MONTH,) if _skips_weekends(days) else (Grain.DAY, Grain.MONTH):
        steps = _steps(series, grain)
        every = reduce(gcd, steps, 0)
        if 0 not in steps and 2 * steps.count(every) >= max(len(steps), 1):
            return _Rhythm(grain, every)
    return None


def _steps(series: Sequence[FileSeries], grain: Grain) -> list[int]:
    """How many periods on from a group's row its next one is, of all groups."""
    return [step for each in series for step in np.diff(_numbers(each.days, grain)).tolist()]


def _skips_weekends(days: Sequence[date]) -> bool:
    weekdays = {day.weekday() for day in days}
    return (
        len(weekdays) > 1
        and max(weekdays) < _SATURDAY
        and (days[-1] - days[0]).days >= _LONG_ENOUGH
    )


def _numbers(days: Sequence[date], grain: Grain) -> Ints:
    """The periods of days, counted on from an arbitrary one."""
    starts = calendar_for(grain).starts(np.array(days, dtype="datetime64[D]"))
    unit = {Grain.DAY: "datetime64[D]", Grain.MONTH: "datetime64[M]"}.get(grain)
    return starts.astype(unit).astype(np.int64) if unit else starts.astype(np.int64) // 7


def _filled(series: FileSeries, rhythm: _Rhythm, *, name: str) -> FileSeries:
    numbers = _numbers(series.days, rhythm.grain)
    repeats = np.flatnonzero(np.diff(numbers) == 0)
    if len(repeats):
        one, other = series.days[repeats[0]], series.days[repeats[0] + 1]
        place = f" of group {series.group!r}" if series.group else ""
        raise FileRefused(
            f"{name}: {one} and {other}{place} are in one {rhythm.grain.value}. Expected one row "
            f"per {rhythm.grain.value}. Add them up first, or choose a finer --grain."
        )
    places = (numbers - numbers[0]) // rhythm.every
    width = int(places[-1]) + 1
    days = _days(series.days[0], width, rhythm)
    for place, day in zip(places.tolist(), series.days, strict=True):
        days[place] = day
    return FileSeries(
        group=series.group,
        days=tuple(days),
        values=_spread(series.values, places, width, np.nan),
        breaks=_spread(series.breaks, places, width, 0),
        targets=_spread(series.targets, places, width, np.nan),
    )


def _spread(column: NDArray[Any], places: Ints, width: int, nothing: float) -> NDArray[Any]:
    whole = np.full(width, nothing, dtype=column.dtype)
    whole[places] = column
    return whole


def _days(first: date, width: int, rhythm: _Rhythm) -> list[date]:
    """A day for every period, as the first row has it."""
    if rhythm.grain is not Grain.MONTH:
        length = 7 if rhythm.grain is Grain.WEEK else 1
        return [first + timedelta(days=length * rhythm.every * at) for at in range(width)]
    return [_month_day(first, rhythm.every * at, rhythm) for at in range(width)]


def _month_day(first: date, months: int, rhythm: _Rhythm) -> date:
    number = first.year * 12 + first.month - 1 + months
    year, month = number // 12, number % 12 + 1
    length = _month_length(year, month)
    return date(year, month, length if rhythm.at_month_end else min(first.day, length))


def _month_length(year: int, month: int) -> int:
    return monthrange(year, month)[1]


def _periods(rhythm: _Rhythm) -> str:
    if rhythm.every == 1:
        return f"the {rhythm.grain.value}s"
    if rhythm.grain is Grain.DAY and rhythm.every == 7:
        return "the weeks"
    return f"periods of {rhythm.every} {rhythm.grain.value}s"
