"""Where a definition changed in a table of readings: limits start anew, as after a break."""

from dataclasses import replace
from datetime import date, timedelta
from typing import cast

import numpy as np

from callboard import figures
from callboard.services.defining.definitions import Definitions
from callboard.services.readings.table import CODES, ReadingTable, Status
from callboard.views import BreakMark
from metrics.calendar import Days, calendar_for
from metrics.changes import changes_of
from metrics.limits import Ints
from metrics.model import Metric

_DAY = timedelta(days=1)


def last_changes(
    table: ReadingTable, definitions: Definitions, ends: Ints, *, periods: int
) -> Ints:
    """How many definitions are behind each of the `periods` columns up to each row's own end."""
    columns = np.maximum(ends[:, None] - np.arange(periods)[::-1], 0)
    numbers = np.zeros(table.status.shape, dtype=np.int64)
    for row, days in _changed(table, definitions).items():
        numbers[row] = np.searchsorted(days, table.axis, side="right")
    return np.take_along_axis(numbers, columns, axis=1) if numbers.size else columns


def without_changing(table: ReadingTable, definitions: Definitions) -> ReadingTable:
    """The table without the values of periods within which a definition changed."""
    status, after = table.status.copy(), days_after(table)
    for row, days in _changed(table, definitions).items():
        begun = np.searchsorted(days, table.axis, side="right")
        status[row, begun != np.searchsorted(days, after)] = CODES[Status.NO_DATA]
    return replace(table, status=status)


def mark_changes(table: ReadingTable, metric: Metric) -> tuple[BreakMark, ...]:
    """The changes of a metric's definition that part the periods of a table, as marks on a chart.

    Limits start anew with the first period that follows the new definition alone.
    """
    starts = table.starts()
    begins = (
        (next((s for s in starts if s >= each.day), None), each) for each in changes_of(metric)
    )
    return tuple(
        BreakMark(
            day=each.day,
            start=start,
            text=figures.format_day(each.day, near=starts[-1]),
            reason=f"definition changed, {each.what}",
            is_provisional=False,
        )
        for start, each in begins
        if start is not None and start > starts[0]
    )


def _changed(table: ReadingTable, definitions: Definitions) -> dict[int, Days]:
    """The days of change by row, for the rows that have any."""
    days = {
        code: np.array([each.day for each in changes], dtype="datetime64[D]")
        for code in {key.metric for key in table.keys}
        if (changes := changes_of(definitions.metrics[code]))
    }
    return {row: days[key.metric] for row, key in enumerate(table.keys) if key.metric in days}


def days_after(table: ReadingTable) -> Days:
    """Return the day after each period."""
    final = cast(list[date], table.axis[-1:].astype(object).tolist())[0]
    last = calendar_for(table.grain).period_of(final).end + _DAY
    return np.append(table.axis[1:], np.datetime64(last, "D"))
