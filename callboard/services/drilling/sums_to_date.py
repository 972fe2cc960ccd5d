"""What a metric is from some day on to the last whole one: whole months, then the days left over.

Sums over sums: a composite from its components' sums, a percentile from merged sketches.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import numpy as np

from callboard.services.comparing.own_values import parts_at
from callboard.services.readings.composites import expand
from callboard.services.readings.coverage import Coverages
from callboard.services.readings.series import ReadingTable, Wanted, read_table
from callboard.services.runtime import Runtime
from callboard.storage.engine import Connection
from callboard.storage.series_table import SeriesKey
from metrics.calendar import DAY, calendar_for
from metrics.changes import change_within
from metrics.composite import score
from metrics.model import Grain, Metric
from metrics.value import Parts, is_shown, merge_days, value_of

_MONTHS = calendar_for(Grain.MONTH)


@dataclass(frozen=True, slots=True, kw_only=True)
class SumsToDate:
    """A year's whole months, and the days of its last two months, of many series.

    `until` is the last day that anything is told of.
    """

    coverages: Coverages
    months: ReadingTable
    days: ReadingTable
    until: date

    def value(self, metric: Metric, touchpoint: str, first: date) -> float | None:
        """The value from `first`, the first day of a month, on; None where there is none to show.

        Not from before a change of the definition, nor from days that the readings do not cover.
        """
        last = min(self.coverages.of(metric, touchpoint).last, self.until)
        if last < first or change_within(metric, first, last):
            return None
        if metric.is_composite:
            return self._score(metric, touchpoint, first)
        if self.coverages.of(metric, touchpoint).first > first:
            return None
        whole = merge_days(metric, self._parts(SeriesKey(touchpoint, metric.code, ""), first, last))
        return value_of(metric, whole) if is_shown(metric, whole.n) else None

    def _score(self, metric: Metric, touchpoint: str, first: date) -> float | None:
        parts = [self.value(part, touchpoint, first) for part in metric.component_metrics]
        values = np.array([np.nan if each is None else each for each in parts])
        found = float(score(metric, values).scores)
        return None if np.isnan(found) else found

    def _parts(self, key: SeriesKey, first: date, last: date) -> list[Parts]:
        whole = _MONTHS.last_complete(last).end
        after = max(first, whole + DAY)
        return [
            *_between(self.months, key, first, whole),
            *_between(self.days, key, after, last),
        ]


def read_sums_to_date(
    runtime: Runtime,
    connection: Connection,
    *,
    metrics: Collection[str],
    touchpoints: frozenset[str],
    until: date,
    coverages: Coverages,
) -> SumsToDate:
    """Read a year's months and its last days at once, those of composites' components with them."""
    asked = expand(runtime.definitions.metrics, metrics)
    month = _MONTHS.period_of(until)
    spans = {
        Grain.MONTH: (until.replace(month=1, day=1), until),
        Grain.DAY: (_MONTHS.previous(month).start, until),
    }
    months, days = (
        read_table(
            runtime,
            connection,
            Wanted(touchpoints=touchpoints, metrics=asked, grain=grain, first=first, last=last),
            coverages,
        )
        for grain, (first, last) in spans.items()
    )
    return SumsToDate(coverages=coverages, months=months, days=days, until=until)


def _between(table: ReadingTable, key: SeriesKey, first: date, last: date) -> list[Parts]:
    """The parts of one series in the periods that begin from `first` to `last`."""
    row = table.find(key)
    if row is None or last < first:
        return []
    bounds = np.array([first, last + DAY], dtype="datetime64[D]")
    begin, after = np.searchsorted(table.axis, bounds).tolist()
    known = np.flatnonzero(~np.isnan(table.n[row, begin:after]))
    return [parts_at(table, row, begin + int(place)) for place in known]
