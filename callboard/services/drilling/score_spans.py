"""Several periods of a composite: taken as one from its components' sums, and the scores' mean."""

from dataclasses import dataclass

import numpy as np

from callboard.services.comparing.own_values import own_value
from callboard.services.readings.coverage import Coverages
from callboard.services.readings.series import ReadingTable
from callboard.storage.series_table import SeriesKey
from metrics.calendar import calendar_for
from metrics.changes import changes_of
from metrics.model import Metric


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """Periods taken as one: the score over all their sums, and the mean of their `count` scores.

    Two figures that are not to be mixed.
    """

    as_one: float
    mean: float
    count: int


def take_as_one(
    table: ReadingTable, metric: Metric, touchpoint: str, *, coverages: Coverages
) -> Several | None:
    """Return the periods of `table` from the first that has a score in the definition in force.

    None where there are not two of them, or they have no score together.
    """
    row = table.find(SeriesKey(touchpoint, metric.code, ""))
    if row is None:
        return None
    scores = table.sound()[row]
    for change in changes_of(metric):
        scores = np.where(table.axis < np.datetime64(change.day, "D"), np.nan, scores)
    columns = np.flatnonzero(~np.isnan(scores))
    if len(columns) < 2:
        return None
    starts, calendar = table.starts(), calendar_for(table.grain)
    span = (starts[columns[0]], calendar.period_of(starts[columns[-1]]).end)
    own = own_value(table, metric, span, touchpoints={touchpoint}, coverages=coverages)
    if own.value is None:
        return None
    return Several(as_one=own.value, mean=float(scores[columns].mean()), count=len(columns))
