"""Many series judged at once: limits, signals, promises and what needs a look. All arrays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

import numpy as np

from callboard.services.defining.definitions import Definitions
from callboard.services.readings.baselines import baselines_of
from callboard.services.readings.histories import History, take_history
from callboard.services.readings.period_windows import newest_complete
from callboard.services.readings.promises import promises_of
from callboard.services.readings.rare import RareSeries, judge_rare, unjudged_segments
from callboard.services.readings.seasons import history_of
from callboard.services.readings.series import STATUSES, ReadingTable, Status
from callboard.services.readings.targets import targets_of
from callboard.services.readings.volumes import collapse_at, guard_volumes
from metrics.adjusting import over_the_cycle
from metrics.calendar import calendar_for
from metrics.concerns import concern
from metrics.dependence import lag_one
from metrics.judgement import Judgements
from metrics.limits import FOOTINGS, Chart, Floats, Footing, Ints, Limits
from metrics.season import Seasons
from metrics.signals import RULES, SIGNALS, Rule, Signal
from metrics.verdict import Assurance, Promise, Variation

_IDLE = [STATUSES.index(Status.SUPPRESSED), STATUSES.index(Status.NO_ACTIVITY)]
FRESH = 4  # a signal that was not there so many periods ago has changed something


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Series judged at their own newest complete period up to the one asked for.

    `ends` is that period's column on the table's axis, -1 where a series has none; `targets` the
    promise in force in it, NaN for none. `values` holds the last periods, the newest last;
    `seasons` what could be adjusted for in them, `correlations` how alike neighbours are. `rare`
    has the series, by row, that are judged by what lies between events and not by their periods;
    `history` is what the others were judged by.
    """

    table: ReadingTable
    ends: Ints
    values: Floats
    targets: Floats
    found: Judgements
    seasons: Seasons
    correlations: Floats
    variations: tuple[Variation, ...]
    assurances: tuple[Assurance, ...]
    concerns: Floats
    is_fresh: tuple[bool, ...]
    rare: Mapping[int, RareSeries]
    history: History

    def period_start(self, row: int) -> date | None:
        """The first day of the period a series is judged at."""
        at = int(self.ends[row])
        return _day(self.table, at) if at >= 0 else None

    def starts(self, row: int) -> list[date]:
        """The first days of the periods in `values`; before the axis, the axis' own first day."""
        width = self.values.shape[1]
        columns = np.maximum(np.arange(width) - width + 1 + self.ends[row], 0)
        return cast(list[date], self.table.axis[columns].astype(object).tolist())

    def variation(self, row: int) -> Variation:
        """Whether a series is changing, with the day its signal began."""
        if self.variations[row].between is not None:
            return self.variations[row]
        found = self.found.variation(row, self.starts(row))
        return replace(found, is_suspended=self.variations[row].is_suspended)

    def collapse(self, row: int, definitions: Definitions) -> str:
        """What of the newest period's volume collapsed, `31 orders, usually 800`, or nothing."""
        metric = definitions.metrics[self.table.keys[row].metric]
        return collapse_at(self.table, metric, (row, int(self.ends[row])))

    def limits(self, row: int) -> Limits:
        """The limits in force at the newest period, with the first days of what made them."""
        limits = self.found.last_limits(row, self.starts(row))
        laid = self.ends[row] >= 0 and baselines_of(self.table, self.table.keys[row])
        made_by = self.history.baseline_of(row) if laid else None
        if made_by is None:
            return limits
        first, last = (self._before(row, periods) for periods in made_by)
        return replace(limits, baseline_start=first, baseline_end=last)

    def _before(self, row: int, periods: int) -> date:
        """The first day of a period so many before the newest, off the table's axis or on it."""
        axis = self.table.axis if self.table.older is None else self.table.older.axis
        at = int(self.ends[row]) + len(axis) - len(self.table.axis) - periods
        return cast(list[date], axis[at : at + 1].astype(object).tolist())[0]


def judge_table(
    table: ReadingTable,
    definitions: Definitions,
    *,
    until: date,
    periods: int | None = None,
    in_season: bool = True,
    days: ReadingTable | None = None,
) -> Judged:
    """Judge every series of `table` over its last complete periods that begin by `until`.

    Those with a strong season are judged without it, unless `in_season` says otherwise; with the
    `days` of `read_rare_days`, rare events are judged by what lies between them. Segments of rare
    events whose days are too small to be known have no limits and no signals.
    """
    table = guard_volumes(table, definitions)
    ends = newest_complete(table, until)
    history = take_history(table, definitions, ends, periods=periods or history_of(table.grain))
    used = history if in_season else history.in_no_season()
    rare = judge_rare(table, days, definitions, ends=ends)
    found = used.judge().without_limits(_without_limits(table, definitions, ends=ends, rare=rare))
    targets = _targets(table, definitions, ends)
    variations, assurances = _suspended(
        _status_at(table, ends),
        _with_rare(_variations(found), rare),
        _promises(table, definitions, used, found, targets=targets),
    )
    return Judged(
        table=table,
        ends=ends,
        values=history.values,
        targets=targets,
        found=found,
        seasons=history.seasons,
        correlations=_alikeness(found),
        variations=variations,
        assurances=assurances,
        concerns=_concerns(table, ends, variations, assurances),
        is_fresh=_fresh(used, variations, _before(table, days, definitions, ends=ends, rare=rare)),
        rare=rare,
        history=used,
    )


def _promises(
    table: ReadingTable,
    definitions: Definitions,
    used: History,
    found: Judgements,
    *,
    targets: Floats,
) -> tuple[Assurance, ...]:
    """Whether each series keeps its promise over a whole cycle of its season."""
    return promises_of(
        table,
        definitions,
        over_the_cycle(found.limits, used.seasons, used.places),
        targets=targets,
        values=used.values,
        signals=found.signals,
    )


def _alikeness(found: Judgements) -> Floats:
    """How alike neighbours are in each series."""
    limits = found.limits
    return lag_one(found.values, limits.centre, limits.groups, outside=found.outside)


def _without_limits(
    table: ReadingTable, definitions: Definitions, *, ends: Ints, rare: Mapping[int, RareSeries]
) -> dict[int, Chart]:
    """Which series are not judged by their periods, and on which chart they are instead, if any."""
    plain = unjudged_segments(table, definitions, ends=ends, judged=rare)
    return {row: each.chart for row, each in rare.items()} | dict.fromkeys(plain, Chart.RUN)


def _before(
    table: ReadingTable,
    days: ReadingTable | None,
    definitions: Definitions,
    *,
    ends: Ints,
    rare: Mapping[int, RareSeries],
) -> Mapping[int, RareSeries]:
    """The series of rare events that have a signal now, as they stood `FRESH` periods earlier."""
    special = [row for row in rare if rare[row].variation.signal is not Signal.NONE]
    earlier = np.where(np.isin(np.arange(len(ends)), special), ends - FRESH, -1)
    return judge_rare(table, days, definitions, ends=earlier) if special else {}


def _with_rare(
    variations: Sequence[Variation], rare: Mapping[int, RareSeries]
) -> tuple[Variation, ...]:
    """The variations with those of rare events in their places; without data it is told so."""
    return tuple(
        rare[row].variation if row in rare and each.signal is not Signal.NO_DATA else each
        for row, each in enumerate(variations)
    )


def _suspended(
    status: Ints, variations: Sequence[Variation], assurances: Sequence[Assurance]
) -> tuple[tuple[Variation, ...], tuple[Assurance, ...]]:
    """The same, without a judgement where the newest period's volume collapsed."""
    off = (status == STATUSES.index(Status.COLLAPSED)).tolist()
    return (
        tuple(
            replace(each, is_suspended=True) if is_off else each
            for each, is_off in zip(variations, off, strict=True)
        ),
        tuple(
            replace(each, promise=Promise.NONE, distance=None) if is_off else each
            for each, is_off in zip(assurances, off, strict=True)
        ),
    )


def _status_at(table: ReadingTable, columns: Ints) -> Ints:
    return table.status[np.arange(len(columns)), np.maximum(columns, 0)]


def _targets(table: ReadingTable, definitions: Definitions, ends: Ints) -> Floats:
    calendar = calendar_for(table.grain)
    days = [calendar.period_of(start).end for start in table.starts()]
    targets = targets_of(table, definitions)
    found = [
        targets.on(key.touchpoint, key.metric, days[end]) if end >= 0 else None
        for key, end in zip(table.keys, ends.tolist(), strict=True)
    ]
    return np.array([np.nan if each is None else each for each in found], dtype=float)


def _variations(found: Judgements) -> tuple[Variation, ...]:
    """Each series' variation without the day it began, which only what is shown needs."""
    last = zip(
        found.signals[:, -1].tolist(),
        found.rules[:, -1].tolist(),
        found.limits.footing[:, -1].tolist(),
        strict=True,
    )
    return tuple(_variation(SIGNALS[s], RULES[r], FOOTINGS[f]) for s, r, f in last)


def _variation(signal: Signal, rule: Rule, footing: Footing) -> Variation:
    if footing is Footing.GAPS and signal is not Signal.NO_DATA:
        signal, rule = Signal.NONE, Rule.NONE
    return Variation(signal=signal, rule=rule, since=None, footing=footing, points_since=None)


def _concerns(
    table: ReadingTable,
    ends: Ints,
    variations: Sequence[Variation],
    assurances: Sequence[Assurance],
) -> Floats:
    """How much each series needs a look; too few cases, or none, need none."""
    found = [concern(*each) for each in zip(variations, assurances, strict=True)]
    status = _status_at(table, ends)
    return np.where(np.isin(status, _IDLE), 0.0, np.array(found, dtype=float))


def _fresh(
    history: History, variations: Sequence[Variation], rare: Mapping[int, RareSeries]
) -> tuple[bool, ...]:
    """Whether each signal was not there, or another, `FRESH` periods earlier; so `rare` were."""
    before = _with_rare(_variations(history.before(FRESH).judge()), rare)
    told = (Signal.IMPROVEMENT, Signal.CONCERN, Signal.HIGH, Signal.LOW)
    return tuple(
        now.signal in told and now.signal is not then.signal
        for now, then in zip(variations, before, strict=True)
    )


def _day(table: ReadingTable, column: int) -> date:
    return cast(list[date], table.axis[column : column + 1].astype(object).tolist())[0]
