"""The periods that each of many series is judged by: its newest complete one and those before."""

from datetime import date
from typing import cast

import numpy as np

from callboard.services.readings.series import ReadingTable
from metrics.limits import Floats, Ints


def newest_complete(table: ReadingTable, until: date) -> Ints:
    """The column of each series' newest complete period that begins by `until`, -1 for none."""
    allowed = table.is_complete & (table.axis <= np.datetime64(until, "D"))
    newest = allowed.shape[1] - 1 - np.argmax(allowed[:, ::-1], axis=1)
    return cast(Ints, np.where(allowed.any(axis=1), newest, -1))


def last_periods(values: Floats, ends: Ints, periods: int) -> Floats:
    """The `periods` columns up to each row's own end, NaN before the first one and without end."""
    columns = ends[:, None] - np.arange(periods)[::-1]
    taken = np.take_along_axis(values, np.maximum(columns, 0), axis=1) if values.size else columns
    return np.where((columns >= 0) & (ends[:, None] >= 0), taken, np.nan)
