"""Readings of single periods, found in the tables that were read: now, before, a year ago."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np

from callboard.services.comparing.own_values import parts_at
from callboard.services.readings.seasons import WeekdayEffects, weight_of
from callboard.services.readings.series import STATUSES, ReadingTable, Status
from callboard.services.tiles.comparisons import NOTHING, Reading
from callboard.storage.series_table import SeriesKey
from metrics.calendar import Period, YearAgo
from metrics.model import Form, Metric
from metrics.value import Parts, is_shown, merge_days, value_of


@dataclass(frozen=True, kw_only=True)
class Past:
    """Finds readings by series and period in some tables, the first that has the period wins.

    `weekdays` says of counts how busy each weekday is; on `holidays` it is as on Sundays.
    """

    tables: Sequence[ReadingTable]
    weekdays: WeekdayEffects = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()

    @cached_property
    def _places(self) -> list[tuple[dict[SeriesKey, int], dict[date, int]]]:
        return [
            (
                {key: row for row, key in enumerate(table.keys)},
                {start: column for column, start in enumerate(table.starts())},
            )
            for table in self.tables
        ]

    def _find(self, key: SeriesKey, start: date) -> tuple[ReadingTable, int, int] | None:
        for table, (rows, columns) in zip(self.tables, self._places, strict=True):
            if key in rows and start in columns:
                return table, rows[key], columns[start]
        return None

    def reading(self, key: SeriesKey, period: Period) -> Reading:
        """The reading of one period."""
        found = self._find(key, period.start)
        if found is None:
            return NOTHING
        table, row, column = found
        value, sums = table.values[row, column], parts_at(table, row, column)
        return Reading(
            value=None if np.isnan(value) else float(value),
            status=STATUSES[table.status[row, column]],
            n=sums.n,
            days=period.days,
            sums=sums,
            is_reweighted=bool(table.is_reweighted[row, column]),
            period=period,
            weight=self._weight(key, [period]),
        )

    def _weight(self, key: SeriesKey, periods: Sequence[Period]) -> float | None:
        effects = self.weekdays.get(key)
        if effects is None:
            return None
        return sum(weight_of(each, effects, self.holidays) for each in periods)

    def parts(self, key: SeriesKey, period: Period) -> Parts:
        """What was counted in one period; empty where there is no reading."""
        found = self._find(key, period.start)
        return parts_at(*found) if found else Parts()

    def year_ago(self, metric: Metric, key: SeriesKey, matches: YearAgo) -> Reading:
        """The reading a year before; of two periods, both taken as one, as long as both together.

        The level of a stock does not add up, nor does a composite's score: of two periods it is
        their mean.
        """
        readings = [self.reading(key, period) for period in matches.periods]
        if len(readings) == 1:
            return readings[0]
        wrong = [each for each in readings if not each.is_sound]
        if wrong:
            return wrong[0]
        is_stock = metric.form is Form.COUNT and metric.stock is not None
        if is_stock or metric.is_composite:
            mean = sum(each.value or 0.0 for each in readings) / len(readings)
            days = sum(each.days for each in readings) // len(readings)
            is_reweighted = any(each.is_reweighted for each in readings)
            return Reading(
                value=mean,
                status=Status.OK,
                days=days,
                is_reweighted=is_reweighted,
                period=min(matches.periods),
            )
        return self._merged(metric, key, matches.periods)

    def _merged(self, metric: Metric, key: SeriesKey, periods: Sequence[Period]) -> Reading:
        places = [found for each in periods if (found := self._find(key, each.start))]
        whole = merge_days(metric, [parts_at(*place) for place in places])
        shown = is_shown(metric, whole.n)
        return Reading(
            value=value_of(metric, whole),
            status=Status.OK if shown else Status.SUPPRESSED,
            n=whole.n,
            sums=whole,
            days=sum(each.days for each in periods),
            period=min(periods),
            weight=self._weight(key, periods),
        )
