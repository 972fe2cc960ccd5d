"""The process a series runs on now: the judged periods of its current segment, by their parts."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import cast

import numpy as np

from callboard.services.readings.judging import Judged
from callboard.services.readings.series import STATUSES, ReadingTable, Status
from metrics.calendar import Period, calendar_for
from metrics.limits import CHARTS, Chart, Floats, Ints
from metrics.model import Form, Metric, Stock
from metrics.segments import Mask
from metrics.signals import Signal
from metrics.year_end import Left, Sums

SPECIAL = (Signal.IMPROVEMENT, Signal.CONCERN, Signal.HIGH, Signal.LOW)
_BY_BASE = (Chart.P_PRIME, Chart.U_PRIME, Chart.T, Chart.G)
_SHOWN = [STATUSES.index(each) for each in (Status.OK, Status.COLLAPSED)]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearSoFar:
    """The sums of a year so far, the share of its periods that has some, and the first of them."""

    sums: Sums
    share: float
    first_known: Period


@dataclass(frozen=True, kw_only=True)
class ProcessParts:
    """One series as it was judged: arrays over its periods, NaN outside of the current segment."""

    metric: Metric
    judged: Judged
    row: int

    @property
    def period(self) -> Period:
        """The period that is told, the newest judged."""
        start = self.judged.period_start(self.row)
        assert start is not None
        return calendar_for(self.judged.table.grain).period_of(start)

    @cached_property
    def starts(self) -> list[date]:
        """The first days of the periods."""
        return self.judged.starts(self.row)

    @cached_property
    def values(self) -> Floats:
        """The values, as they were judged."""
        groups = self.judged.found.limits.groups[self.row]
        return np.where(groups == groups[-1], self.judged.values[self.row], np.nan)

    @cached_property
    def counted(self) -> Floats:
        """What was counted in each period."""
        return self._of(self.judged.table.numerator)

    @cached_property
    def base(self) -> Floats:
        """What it is divided by; of a count, the days of the period."""
        if self.metric.form is not Form.COUNT:
            return self._of(self.judged.table.denominator)
        if self.metric.stock is Stock.MEAN:
            return self._of(self.judged.table.days)
        return np.where(np.isnan(self.counted), np.nan, self.days)

    @cached_property
    def days(self) -> Floats:
        """How many days each period has."""
        calendar = calendar_for(self.judged.table.grain)
        return np.array([calendar.period_of(start).days for start in self.starts], dtype=float)

    @property
    def follows_base(self) -> bool:
        """Whether limits follow the denominator: on p' and u' charts, and where events are rare.

        Those are judged by their gaps; so few of them in a period would be on such a chart too.
        """
        if self.metric.form not in (Form.RATIO, Form.RATE):
            return False
        return CHARTS[self.judged.found.limits.charts[self.row]] in _BY_BASE

    @property
    def usual_base(self) -> float:
        """What a period is usually divided by: the mean of the last 12."""
        known = self.base[~np.isnan(self.base)][-12:]
        return float(known.mean()) if len(known) else 0.0

    def place_of(self, day: date) -> int:
        """The place of the period that begins on `day`."""
        return len(self.starts) - 1 - self.starts[::-1].index(day)

    def year_so_far(self, first: Period) -> YearSoFar:
        """What is known from `first` to the told period; without what is too small to be shown."""
        table, end = self.judged.table, int(self.judged.ends[self.row])
        return year_so_far(self.metric, table, (self.row, end), first)

    def left(self, last: Period) -> Left:
        """What comes after the told period, up to `last`."""
        calendar = calendar_for(last.grain)
        days = max((last.end - self.period.end).days, 0)
        following = calendar.following(self.period)
        periods = len(calendar.periods(following.start, last.end)) if days else 0
        return Left(periods=periods, days=days)

    def _of(self, parts: Floats) -> Floats:
        """The parts of the judged periods that have a value in the current segment."""
        width = len(self.values)
        columns = cast(Ints, np.arange(width) - width + 1 + int(self.judged.ends[self.row]))
        known: Mask = ~np.isnan(self.values) & (columns >= 0)
        return np.where(known, parts[self.row, np.maximum(columns, 0)], np.nan)


def year_so_far(
    metric: Metric, table: ReadingTable, told: tuple[int, int], first: Period
) -> YearSoFar:
    """What a table knows of a series from `first` to the period at the row and column `told`."""
    row, end = told
    begin = int(np.searchsorted(table.axis, np.datetime64(first.start, "D")))
    asked = np.arange(begin, end + 1)
    shown = asked[np.isin(table.status[row, begin : end + 1], _SHOWN)]
    base = table.days if metric.form is Form.COUNT else table.denominator
    known = calendar_for(table.grain).period_of(table.starts()[shown[0] if len(shown) else end])
    return YearSoFar(
        sums=Sums(
            counted=float(table.numerator[row, shown].sum()),
            base=float(base[row, shown].sum()),
        ),
        share=len(shown) / len(asked),
        first_known=known,
    )


def signal_began(parts: ProcessParts) -> date | None:
    """The period in which the signal began; None without one, and where days between tell it."""
    variation = parts.judged.variation(parts.row)
    is_told = variation.signal in SPECIAL and variation.between is None
    return variation.since if is_told else None
