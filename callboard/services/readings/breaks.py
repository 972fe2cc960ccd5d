"""Where breaks part a series: the segments of its periods, and the breaks between two of them.

A break begins a new segment with the period that holds its day, whatever the periods' length.
"""

from datetime import date

import numpy as np

from callboard.services.readings.series import ReadingTable
from callboard.storage.breaks import SeriesBreak
from callboard.storage.series_table import SeriesKey
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


def first_day(table: ReadingTable, each: SeriesBreak) -> date:
    """The first day of the period that begins the new segment."""
    return calendar_for(table.grain).period_of(each.day).start
