"""Baselines on a table of readings: which of its periods may make limits, as people laid it down.

A baseline of `only` counts whole periods within it; a span set `aside` takes out every period that
holds one of its days.
"""

from datetime import date

import numpy as np

from callboard.services.readings.changes import days_after
from callboard.services.readings.table import ReadingTable
from callboard.storage.baselines import SeriesBaseline
from callboard.storage.series_table import SeriesKey
from metrics.chosen import BaselineUse, Chosen
from metrics.limits import Ints, Mask


def baselines_of(table: ReadingTable, key: SeriesKey) -> tuple[SeriesBaseline, ...]:
    """The baselines of a series that hold; its segments by a dimension share them."""
    return table.baselines.get((key.touchpoint, key.metric), ())


def baselines_before(table: ReadingTable) -> tuple[frozenset[str], list[str], date] | None:
    """Of which touchpoints and metrics a baseline begins before the table, and the first day."""
    begins = table.starts()[0]
    found = [
        each
        for key in table.keys
        for each in baselines_of(table, key)
        if each.use is BaselineUse.ONLY and each.first < begins
    ]
    if not found:
        return None
    metrics = sorted({each.metric for each in found})
    return (
        frozenset(each.touchpoint for each in found),
        metrics,
        min(each.first for each in found),
    )


def rows_before(table: ReadingTable, ends: Ints, periods: int) -> list[int]:
    """The rows whose baseline begins before the `periods` up to their own end, and can be had."""
    firsts = np.maximum(ends - periods + 1, 0)
    return [
        row
        for row, key in enumerate(table.keys)
        if ends[row] >= 0 and (firsts[row] > 0 or table.older is not None)
        if any(
            each.use is BaselineUse.ONLY
            and np.datetime64(each.first, "D") < table.axis[firsts[row]]
            for each in baselines_of(table, key)
        )
    ]


def chosen_periods(table: ReadingTable, ends: Ints, periods: int) -> Chosen | None:
    """Which of the `periods` columns up to each row's own end may make limits; None for all."""
    if not any(baselines_of(table, key) for key in table.keys):
        return None
    columns = ends[:, None] - np.arange(periods)[::-1]
    inside = (columns >= 0) & (ends[:, None] >= 0)
    only, aside = (
        np.take_along_axis(_marked(table, use), np.maximum(columns, 0), axis=1) & inside
        for use in BaselineUse
    )
    return Chosen(only=only, aside=aside)


def periods_aside(table: ReadingTable, key: SeriesKey) -> dict[int, SeriesBaseline]:
    """What was set aside, by the columns of the periods that are."""
    return {
        int(column): each
        for each in baselines_of(table, key)
        if each.use is BaselineUse.ASIDE
        for column in np.flatnonzero(covers(table, each))
    }


def _marked(table: ReadingTable, use: BaselineUse) -> Mask:
    """Which periods of each series a baseline of one use covers."""
    marked = np.zeros(table.status.shape, dtype=bool)
    for row, key in enumerate(table.keys):
        for each in baselines_of(table, key):
            if each.use is use:
                marked[row] |= covers(table, each)
    return marked


def covers(table: ReadingTable, of: SeriesBaseline) -> Mask:
    """Return which periods of a table a baseline is of."""
    first, last = (np.datetime64(day, "D") for day in (of.first, of.last))
    after = days_after(table)
    if of.use is BaselineUse.ASIDE:
        return np.asarray((table.axis <= last) & (after > first))
    return np.asarray((table.axis >= first) & (after <= last + 1))
