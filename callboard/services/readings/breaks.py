"""Where breaks part a series: the segments of its periods, the breaks between two, in words.

A break begins a new segment with the period that holds its day, whatever the periods' length.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np

from callboard import figures
from callboard.services.readings.series import ReadingTable
from callboard.storage.breaks import SeriesBreak
from callboard.storage.series_table import SeriesKey
from callboard.views import BreakMark
from metrics.breaks import LEAST
from metrics.calendar import calendar_for
from metrics.limits import Ints


def segment_numbers(table: ReadingTable) -> Ints:
    """Return the number of each period's segment, series x periods, counted up at each break."""
    numbers = np.zeros(table.status.shape, dtype=np.int64)
    for row, key in enumerate(table.keys):
        firsts = {first_day(table, each) for each in breaks_of(table, key)}
        if firsts:
            begun = np.array(sorted(firsts), dtype="datetime64[D]")
            numbers[row] = np.searchsorted(begun, table.axis, side="right")
    return numbers - numbers[:, :1]


def last_segments(table: ReadingTable, ends: Ints, periods: int) -> Ints:
    """The segments of the `periods` columns up to each row's own end."""
    columns = np.maximum(ends[:, None] - np.arange(periods)[::-1], 0)
    numbers = segment_numbers(table)
    return np.take_along_axis(numbers, columns, axis=1) if numbers.size else columns


def breaks_of(table: ReadingTable, key: SeriesKey) -> tuple[SeriesBreak, ...]:
    """The breaks of a series that hold, oldest first; its segments by a dimension share them."""
    return table.breaks.get((key.touchpoint, key.metric), ())


def breaks_between(
    table: ReadingTable, key: SeriesKey, *, after: date, until: date
) -> tuple[SeriesBreak, ...]:
    """The breaks that lie between two periods, given by their first days."""
    found = breaks_of(table, key)
    return tuple(each for each in found if after < first_day(table, each) <= until)


def last_break(table: ReadingTable, key: SeriesKey, *, until: date) -> date | None:
    """The day of the break that the segment of a period begins with; None before any."""
    found = [each.day for each in breaks_of(table, key) if first_day(table, each) <= until]
    return max(found, default=None)


def first_day(table: ReadingTable, each: SeriesBreak) -> date:
    """The first day of the period that begins the new segment."""
    return calendar_for(table.grain).period_of(each.day).start


def tell_breaks(
    breaks: Sequence[SeriesBreak], *, near: date | None = None, longest: int = 48
) -> str:
    """The breaks in words: `the break of 12 Sep (new checklist)`; of several, the last."""
    last = breaks[-1]
    count = f"{len(breaks)} breaks, the last" if len(breaks) > 1 else "the break"
    return (
        f"{count} of {figures.format_day(last.day, near=near)} ({_shortened(last.reason, longest)})"
    )


def _shortened(reason: str, longest: int) -> str:
    """A reason that fits where it stands; the list of breaks has it whole."""
    return reason if len(reason) <= longest else f"{reason[: longest - 1].rstrip()}…"


def mark_breaks(table: ReadingTable, key: SeriesKey) -> tuple[BreakMark, ...]:
    """The breaks that part the periods of a table, oldest first; of one period the last."""
    starts = table.starts()
    row = table.find(key)
    found = breaks_between(table, key, after=starts[0], until=starts[-1])
    if row is None:
        return ()
    by_start = {first_day(table, each): each for each in found}
    return tuple(_mark(table, row, start, each) for start, each in sorted(by_start.items()))


def _mark(table: ReadingTable, row: int, start: date, each: SeriesBreak) -> BreakMark:
    segments, column = segment_numbers(table)[row], table.starts().index(start)
    judged = (segments == segments[column]) & ~np.isnan(table.sound()[row])
    return BreakMark(
        day=each.day,
        start=start,
        text=figures.format_day(each.day, near=table.starts()[-1]),
        reason=each.reason,
        is_provisional=int(judged.sum()) < LEAST,
    )


def tell_marks(marks: Sequence[BreakMark]) -> str:
    """The breaks of a chart as a sentence after its own; nothing where there are none."""
    told = [f"{mark.text} ({mark.reason}{', provisional' * mark.is_provisional})" for mark in marks]
    return f" Limits start anew at the break of {' and of '.join(told)}." if told else ""
