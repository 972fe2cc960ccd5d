"""The cases that began on some days, and for how long all of each day could be followed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from callboard.services.readings.coverage import Coverages
from callboard.services.readings.series import Wanted, read_table
from callboard.services.readings.table import ReadingTable
from callboard.services.runtime import Runtime
from callboard.storage.engine import Connection
from callboard.storage.runs import FeedState
from callboard.storage.series_table import SeriesKey
from metrics.calendar import DAY, Period
from metrics.formula import Unit
from metrics.model import Grain, Metric
from metrics.sketch import read_sketch
from metrics.survival import Begun

_SECONDS = {
    Unit.MILLISECONDS: 0.001,
    Unit.SECONDS: 1.0,
    Unit.MINUTES: 60.0,
    Unit.HOURS: 3600.0,
    Unit.DAYS: 86400.0,
}
_ENOUGH = 50
_FURTHER_BACK = timedelta(weeks=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesBegun:
    """The cases of the days from `first` to `last`, one group a day, as seen at `as_of`.

    `closed` of them are over. A day that was not over at `as_of` is not among them.
    """

    groups: tuple[Begun, ...]
    first: date
    last: date
    as_of: datetime
    closed: int

    @property
    def count(self) -> int:
        """How many cases began."""
        return sum(each.count for each in self.groups)

    @property
    def still_open(self) -> int:
        """How many of them are not over."""
        return self.count - self.closed


def seen_at(states: Mapping[str, FeedState], metric: Metric) -> datetime | None:
    """Until when the metric's feed tells of its cases; None where it was never read well."""
    state = states.get(metric.feed or "")
    if state is None or state.as_of is None or state.last_good_at is None:
        return None
    return min(state.as_of, state.last_good_at)


def unit_in(metric: Metric, days: float) -> float:
    """A number of days in the metric's unit of time."""
    return days * _SECONDS[Unit.DAYS] / _SECONDS[metric.unit]


def read_begun(  # noqa: PLR0913 - which cases, by keyword
    runtime: Runtime,
    connection: Connection,
    coverages: Coverages,
    *,
    metric: Metric,
    touchpoint: str,
    period: Period,
    is_latest: bool,
    as_of: datetime,
) -> CasesBegun | None:
    """Return the cases of a period, and of the days since where it is the latest complete one.

    Where they are few, those of the four weeks before come with them. None where a day's open
    cases have not been counted yet.
    """
    zone = ZoneInfo(runtime.definitions.zone(touchpoint))
    over = as_of.astimezone(zone).date() - DAY
    last = over if is_latest else min(period.end, over)
    first = max(coverages.of(metric, touchpoint).first, period.start - _FURTHER_BACK)
    if first > last:
        return _begun(metric, None, touchpoint, first=period.start, last=last, as_of=as_of)
    wanted = Wanted(
        touchpoints=frozenset({touchpoint}),
        metrics=[metric.code],
        grain=Grain.DAY,
        first=first,
        last=last,
    )
    table = read_table(runtime, connection, wanted, coverages)
    start = max(first, period.start)
    found = _begun(metric, table, touchpoint, first=start, last=last, as_of=as_of, zone=zone)
    if found is None or found.count >= _ENOUGH or start == first:
        return found
    return _begun(metric, table, touchpoint, first=first, last=last, as_of=as_of, zone=zone)


def _begun(  # noqa: PLR0913 - which days of a table, by keyword
    metric: Metric,
    table: ReadingTable | None,
    touchpoint: str,
    *,
    first: date,
    last: date,
    as_of: datetime,
    zone: ZoneInfo | None = None,
) -> CasesBegun | None:
    row = table.find(SeriesKey(touchpoint, metric.code, "")) if table is not None else None
    groups, closed = [], 0
    if table is not None and row is not None:
        for column, day in enumerate(table.starts()):
            if day < first or np.isnan(table.n[row, column]):
                continue
            if np.isnan(table.denominator[row, column]):
                return None
            text = table.sketches[row, column] if table.sketches is not None else None
            groups.append(
                Begun(
                    followed=_hours_after(day, as_of, zone) * 3600 / _SECONDS[metric.unit],
                    closed=read_sketch(text or '{"b":{}}'),
                    count=int(table.denominator[row, column]),
                )
            )
            closed += int(table.n[row, column])
    return CasesBegun(groups=tuple(groups), first=first, last=last, as_of=as_of, closed=closed)


def _hours_after(day: date, as_of: datetime, zone: ZoneInfo | None) -> float:
    """Hours from the end of a local day; days on which clocks change have 23 or 25."""
    ended = datetime.combine(day + DAY, time(), tzinfo=zone or UTC).astimezone(UTC)
    return (as_of - ended).total_seconds() / 3600
