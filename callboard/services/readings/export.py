"""Readings as rows for other programs: full precision, ISO dates, every part beside the value."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from callboard.access import Actor
from callboard.errors import CallboardError
from callboard.services.readings.breaks import last_break
from callboard.services.readings.coverage import Coverages
from callboard.services.readings.segments import read_segments
from callboard.services.readings.series import STATUSES, ReadingTable, Status, Wanted, read_table
from callboard.services.readings.volumes import guard_volumes
from callboard.services.runtime import Runtime
from callboard.services.scopes import narrow, open_scope, require_metric
from callboard.storage.engine import snapshot
from callboard.storage.runs import FeedState, read_feed_states
from definition_files import nearest
from metrics.calendar import calendar_for
from metrics.model import Grain, Metric, Unit
from metrics.volume import look_back

_SHOWN = (Status.OK, Status.PARTIAL, Status.COLLAPSED)
_LONGEST = timedelta(days=366 * 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRecord:
    """One reading, its fields in the order of the columns; None is written as nothing.

    `value` is None where there was no activity or too few cases, and then the numerator is too,
    for it would tell the value; `complete` says whether the
    period is over and all of its data is in. `break_on` is the day of the last break up to it.
    `collapsed`: so little of the usual volume is behind the value that it is not judged.
    """

    metric: str
    touchpoint: str
    period_start: date
    period_end: date
    dimension: str
    segment: str
    value: float | None
    unit: str
    numerator: float | None
    denominator: float | None
    n: int
    complete: bool
    break_on: date | None = None
    collapsed: bool = False


def export_readings(  # noqa: PLR0913 - the options of the command, by keyword
    runtime: Runtime,
    actor: Actor,
    *,
    metric: str = "",
    touchpoint: str = "",
    grain: Grain = Grain.WEEK,
    since: date | None = None,
    until: date | None = None,
    dimension: str = "",
) -> list[ReadingRecord]:
    """Return the readings of the periods from the one of `since` to the one of `until`.

    Without a metric or touchpoint, of all of them; without days, from the feeds' first day to
    today. Sorted by metric, touchpoint, segment and period. NotAllowed for a touchpoint outside
    the actor's scope, and for a metric there is not; CallboardError for a dimension that no feed of
    the metrics has.
    """
    scope = open_scope(runtime, actor)
    metrics = [require_metric(runtime, metric)] if metric else _all_metrics(runtime)
    _require_dimension(runtime, metrics, dimension)
    with snapshot(runtime.store) as connection:
        states = read_feed_states(connection)
        today = runtime.clock.today(runtime.workspace.time_zone)
        last = until or today
        first = since or _first_day(states, today)
        if first > last:
            raise CallboardError(
                f"--since: found {first}, which is after {last}; expected a day before."
            )
        wanted = Wanted(
            touchpoints=narrow(scope, (touchpoint,) if touchpoint else ()),
            metrics=[each.code for each in metrics],
            grain=grain,
            first=_with_history(grain, first),
            last=last,
            dimension=dimension,
        )
        coverages = Coverages(runtime, states)
        table = (
            read_segments(runtime, connection, wanted, coverages).segments
            if dimension
            else read_table(runtime, connection, wanted, coverages)
        )
    guarded = guard_volumes(table, runtime.definitions)
    return list(_records(runtime.definitions.metrics, guarded, dimension, since=first))


def _with_history(grain: Grain, day: date) -> date:
    """The first day of the periods that the usual volume on a day is told from."""
    calendar = calendar_for(grain)
    first = calendar.period_of(day)
    for _ in range(look_back(grain)):
        first = calendar.previous(first)
    return first.start


def _all_metrics(runtime: Runtime) -> list[Metric]:
    return list(runtime.definitions.metrics.values())


def _require_dimension(runtime: Runtime, metrics: Sequence[Metric], dimension: str) -> None:
    contracts = runtime.definitions.contracts
    feeds = {feed for metric in metrics for feed in metric.feeds}
    known = sorted({name for feed in feeds for name in contracts[feed].dimensions})
    if dimension and dimension not in known:
        there = ", ".join(known) or "none"
        hint = nearest(dimension, known)
        raise CallboardError(
            f"There is no dimension {dimension!r}; there are: {there}. {hint}".rstrip()
        )


def _first_day(states: Mapping[str, FeedState], today: date) -> date:
    known = [state.first_day for state in states.values() if state.first_day]
    return min(known, default=today - _LONGEST)


def _records(
    metrics: Mapping[str, Metric], table: ReadingTable, dimension: str, *, since: date
) -> Iterator[ReadingRecord]:
    """The readings of the periods from the one of `since` on."""
    calendar = calendar_for(table.grain)
    periods = [calendar.period_of(start) for start in table.starts()]
    told = table.axis >= np.datetime64(calendar.period_of(since).start, "D")
    for row in _ordered(table):
        key = table.keys[row]
        for column in np.flatnonzero(~np.isnan(table.n[row]) & told).tolist():
            at = (row, column)
            is_shown = STATUSES[table.status[at]] in _SHOWN
            is_hidden = dimension and STATUSES[table.status[at]] is Status.SUPPRESSED
            yield ReadingRecord(
                metric=key.metric,
                touchpoint=key.touchpoint,
                period_start=periods[column].start,
                period_end=periods[column].end,
                dimension=dimension,
                segment=key.segment,
                value=_known(table.values[at]) if is_shown else None,
                unit=unit_code(metrics[key.metric]),
                numerator=None if is_hidden else _known(table.numerator[at]),
                denominator=_known(table.denominator[at]),
                n=int(table.n[at]),
                complete=bool(table.is_complete[at]),
                break_on=last_break(table, key, until=periods[column].start),
                collapsed=STATUSES[table.status[at]] is Status.COLLAPSED,
            )


def _ordered(table: ReadingTable) -> list[int]:
    """The rows by metric, touchpoint and segment."""
    keys = table.keys
    return sorted(
        range(len(keys)),
        key=lambda row: (keys[row].metric, keys[row].touchpoint, keys[row].segment),
    )


def unit_code(metric: Metric) -> str:
    """The unit as other programs read it: `percent`, `hours`, `per 1000`."""
    return f"per {metric.per}" if metric.unit is Unit.PER else metric.unit.value


def _known(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)
