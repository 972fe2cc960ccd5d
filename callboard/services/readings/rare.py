"""Series of rare events, judged by what lies between the events of the store's days.

Which they are is decided on the same days for a tile and for a chart, however long it is.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

import numpy as np

from callboard.services.defining.definitions import Definitions
from callboard.services.readings.breaks import last_break
from callboard.services.readings.coverage import Coverages
from callboard.services.readings.period_windows import last_periods, newest_complete
from callboard.services.readings.segments import read_segments
from callboard.services.readings.series import (
    OK,
    STATUSES,
    ReadingTable,
    Status,
    Wanted,
    read_table,
)
from callboard.services.runtime import Runtime
from callboard.storage.engine import Connection
from metrics.calendar import Period, calendar_for
from metrics.changes import changes_of
from metrics.limits import Chart, Floats, Ints
from metrics.model import Form, Grain, Metric
from metrics.rare_events import (
    RareEvents,
    are_rare,
    cases_between,
    days_between,
    judge_cases,
    judge_days,
)
from metrics.rare_variation import rare_variation
from metrics.verdict import Variation

_PERIODS = 36
_DAY, _DAYS = timedelta(days=1), timedelta(days=730)
_MOST_A_DAY = 1  # twice what is rare
_FEW, _ENOUGH = 5, 0.4  # of so many periods fewer than 5 events: worth a look at the days
_MOST_UNKNOWN = 0.2  # of the gaps, as of the periods of a segment
_KNOWN = [OK, STATUSES.index(Status.NO_ACTIVITY)]


@dataclass(frozen=True, slots=True, kw_only=True)
class RareSeries:
    """A series of rare events: its gaps judged, and what that says on the day `until`."""

    found: RareEvents
    variation: Variation
    until: date

    @property
    def chart(self) -> Chart:
        """Whether days or cases between the events were judged."""
        return self.found.limits.chart


def read_rare_days(
    runtime: Runtime,
    connection: Connection,
    table: ReadingTable,
    coverages: Coverages,
    *,
    until: date,
    dimension: str = "",
) -> ReadingTable | None:
    """The days of the series in `table` that may be of rare events; None where none may be.

    Up to the periods that begin by `until`: two years, or the last 36 periods where that is more.
    Of segments of a `dimension` with what is too small to be shown on a day left out.
    """
    ends = newest_complete(table, until)
    rows = _candidates(table, runtime.definitions, ends)
    if not rows:
        return None
    told = [_period(table, int(ends[row])) for row in rows]
    wanted = Wanted(
        touchpoints=frozenset(table.keys[row].touchpoint for row in rows),
        metrics=sorted({table.keys[row].metric for row in rows}),
        grain=Grain.DAY,
        first=min(_first_day(each) for each in told),
        last=max(each.end for each in told),
        dimension=dimension,
        with_targets=False,
    )
    if dimension:
        return read_segments(runtime, connection, wanted, coverages).segments
    return read_table(runtime, connection, wanted, coverages)


def judge_rare(
    table: ReadingTable, days: ReadingTable | None, definitions: Definitions, *, ends: Ints
) -> Mapping[int, RareSeries]:
    """The series of rare events by their rows in `table`, judged at the periods in `ends`, if any.

    Where more than a fifth of the gaps are not known there is none: its periods tell more.
    """
    if days is None:
        return {}
    judged = {
        row: _judge(table, days, definitions, row=row, told=_period(table, int(ends[row])))
        for row in _candidates(table, definitions, ends)
    }
    return {row: found for row, found in judged.items() if found is not None}


def unjudged_segments(
    table: ReadingTable, definitions: Definitions, *, ends: Ints, judged: Collection[int]
) -> list[int]:
    """The segments of rare events that are not among those `judged` by their gaps.

    Most of their days are too small to be known, and their periods would cry wolf: they are not
    judged at all.
    """
    rows = [row for row in _candidates(table, definitions, ends) if table.keys[row].segment]
    return [row for row in rows if row not in judged and _looks_rare(table, definitions, ends, row)]


def _looks_rare(table: ReadingTable, definitions: Definitions, ends: Ints, row: int) -> bool:
    """Whether events are rare as far as the periods tell."""
    alone = np.array([row])
    known, cases = (
        last_periods(np.where(table.status == OK, each, np.nan)[alone], ends[alone], _PERIODS)[0]
        for each in (table.numerator, table.denominator)
    )
    is_share = definitions.metrics[table.keys[row].metric].form is Form.RATIO
    days = float(np.count_nonzero(~np.isnan(known))) * _period(table, int(ends[row])).days
    return are_rare(known, days=days, cases=float(np.nansum(cases)) if is_share else None)


def _candidates(table: ReadingTable, definitions: Definitions, ends: Ints) -> list[int]:
    """The rows whose periods count few events, as far as the periods tell."""
    codes = {key.metric for key in table.keys}
    counting = {code for code in codes if _counts_events(definitions.metrics[code])}
    is_counting = np.array([key.metric in counting for key in table.keys], dtype=bool)
    if not is_counting.any():
        return []
    known = np.where(table.status == OK, table.numerator, np.nan)
    counts = last_periods(known, ends, _PERIODS)
    periods = np.count_nonzero(~np.isnan(counts), axis=1)
    few = np.count_nonzero(counts < _FEW, axis=1)
    is_few = (few >= _ENOUGH * periods) & (few > 0)
    is_few &= np.nansum(counts, axis=1) < _MOST_A_DAY * _period(table, 0).days * periods
    return np.flatnonzero(is_few & is_counting).tolist()


def _counts_events(metric: Metric) -> bool:
    """Whether a metric counts things that happen, in a share, a rate or by themselves."""
    is_of_events = metric.form in (Form.RATIO, Form.RATE, Form.COUNT) and metric.stock is None
    return is_of_events and metric.numerator is not None and metric.numerator.sum is None


def _judge(
    table: ReadingTable, days: ReadingTable, definitions: Definitions, *, row: int, told: Period
) -> RareSeries | None:
    key = table.keys[row]
    metric, at = definitions.metrics[key.metric], days.find(key)
    if at is None:
        return None
    counted = _counted(days, at, first=_first_day(told), last=told.end)
    if not _is_rare(metric, counted, told.grain):
        return None
    changes = [each.day for each in changes_of(metric) if each.day <= told.end]
    anew = max((last_break(table, key, until=told.start) or date.min, *changes))
    found = _gaps_judged(metric, counted.since(anew))
    unknown = found.gaps.lengths.count(None)
    if unknown > _MOST_UNKNOWN * len(found.gaps.lengths):
        return None
    is_anew = anew > counted.days[0]
    break_on = calendar_for(told.grain).period_of(anew).start if is_anew else None
    variation = rare_variation(found, better=metric.better, as_of=told.end, break_on=break_on)
    return RareSeries(found=found, variation=variation, until=told.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """What was counted on each day; NaN on days that are not known."""

    days: list[date]
    counts: Floats
    cases: Floats

    def since(self, day: date) -> "_Counted":
        """The days from one on."""
        skipped = max((day - self.days[0]).days, 0)
        return _Counted(
            days=self.days[skipped:], counts=self.counts[skipped:], cases=self.cases[skipped:]
        )


def _counted(days: ReadingTable, row: int, *, first: date, last: date) -> _Counted:
    low, high = np.searchsorted(days.axis, np.array([first, last + _DAY], dtype="datetime64[D]"))
    is_known = np.isin(days.status[row, low:high], _KNOWN) & days.is_complete[row, low:high]
    return _Counted(
        days=cast(list[date], days.axis[low:high].astype(object).tolist()),
        counts=np.where(is_known, days.numerator[row, low:high], np.nan),
        cases=np.where(is_known, days.denominator[row, low:high], np.nan),
    )


def _is_rare(metric: Metric, counted: _Counted, grain: Grain) -> bool:
    known = ~np.isnan(counted.counts)
    starts = calendar_for(grain).starts(np.array(counted.days, dtype="datetime64[D]"))
    _, periods = np.unique(starts[known], return_inverse=True)
    return are_rare(
        np.bincount(periods, weights=counted.counts[known]).astype(np.float64),
        days=float(np.count_nonzero(known)),
        cases=float(np.nansum(counted.cases)) if metric.form is Form.RATIO else None,
    )


def _gaps_judged(metric: Metric, counted: _Counted) -> RareEvents:
    days, counts = counted.days, counted.counts
    if metric.form is Form.RATIO:
        return judge_cases(cases_between(days, counts, counted.cases), better=metric.better)
    return judge_days(days_between(days, counts), better=metric.better)


def _first_day(told: Period) -> date:
    """The first day that the gaps up to a period are told from."""
    calendar, first = calendar_for(told.grain), told
    for _ in range(_PERIODS - 1):
        first = calendar.previous(first)
    return min(first.start, told.end - _DAYS)


def _period(table: ReadingTable, column: int) -> Period:
    day = cast(list[date], table.axis[column : column + 1].astype(object).tolist())[0]
    return calendar_for(table.grain).period_of(day)
