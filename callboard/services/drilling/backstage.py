"""What moves before a front metric: every metric of the services its touchpoint stands on."""

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np

from callboard.access import Actor, Scope
from callboard.services.defining.definitions import Definitions
from callboard.services.drilling.backstage_words import (
    make_pair,
    method_sentence,
    summary_sentence,
)
from callboard.services.readings.breaks import last_segments
from callboard.services.readings.changes import last_changes, without_changing
from callboard.services.readings.coverage import Coverages
from callboard.services.readings.period_choice import choose_period
from callboard.services.readings.series import ReadingTable, Wanted, read_table
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope, require_metric
from callboard.storage.engine import Connection, snapshot
from callboard.storage.runs import read_feed_states
from callboard.storage.series_table import SeriesKey
from callboard.views import Backstage, BackstagePair
from metrics.association import Association, Levels, associate
from metrics.calendar import calendar_for
from metrics.model import Grain, Metric
from metrics.stationary import open_scale

WEEKS = 156
_A_YEAR = 52.1775


def read_backstage(
    runtime: Runtime,
    actor: Actor,
    *,
    metric: str,
    touchpoint: str,
    grain: Grain,
    period: str | None = None,
) -> Backstage:
    """Return what was found between the weeks of a metric and those of the services behind it.

    Three years to the latest complete week, or to the end of a past `period` of `grain`. Services
    outside the actor's scope are not told of. NotAllowed for a touchpoint outside it, and for a
    metric there is not.
    """
    scope = open_scope(runtime, actor)
    scope.require(touchpoint)
    front = require_metric(runtime, metric)
    services = _services(runtime, scope, touchpoint)
    if not services:
        return _told(front, touchpoint, services, (), 0, "")
    with snapshot(runtime.store) as connection:
        coverages = Coverages(runtime, read_feed_states(connection))
        last = _last_day(coverages, front, touchpoint, grain=grain, period=period)
        table = _read(runtime, connection, coverages, (touchpoint, *services), last)
    row = table.find(SeriesKey(touchpoint, metric, ""))
    rows = [at for at, key in enumerate(table.keys) if key.touchpoint in services]
    if row is None:
        return _told(front, touchpoint, services, (), 0, "")
    definitions = runtime.definitions.metrics
    levels = _levels(without_changing(table, runtime.definitions), runtime.definitions)
    found = associate(levels[row], [levels[at] for at in rows], cycle=_A_YEAR)
    pairs = [
        make_pair(front, definitions[table.keys[at].metric], services, table.keys[at], each)
        for at, each in zip(rows, found, strict=True)
    ]
    strengths = [_strength(each) for each in found]
    ordered = [pairs[at] for at in sorted(range(len(pairs)), key=lambda at: strengths[at])]
    weeks = int(np.count_nonzero(~np.isnan(table.sound()[row])))
    until = calendar_for(Grain.WEEK).label(calendar_for(Grain.WEEK).last_complete(last))
    return _told(front, touchpoint, services, tuple(ordered), weeks, until)


def _strength(found: object) -> tuple[bool, float, float]:
    """What holds first, then the likelier."""
    if not isinstance(found, Association):
        return True, 2.0, 0.0
    return not found.holds, found.p, -abs(found.best.rho)


def _told(
    front: Metric,
    touchpoint: str,
    services: Mapping[str, str],
    pairs: tuple[BackstagePair, ...],
    weeks: int,
    until: str,
) -> Backstage:
    return Backstage(
        metric=front.code,
        metric_name=front.name,
        touchpoint=touchpoint,
        services=tuple(services.values()),
        sentence=summary_sentence(front, pairs, weeks),
        method=method_sentence(until),
        pairs=pairs,
    )


def _services(runtime: Runtime, scope: Scope, touchpoint: str) -> dict[str, str]:
    touchpoints = runtime.definitions.touchpoints
    return {
        code: touchpoints[code].name
        for code in touchpoints[touchpoint].depends_on
        if code in scope.touchpoints
    }


def _last_day(
    coverages: Coverages, front: Metric, touchpoint: str, *, grain: Grain, period: str | None
) -> date:
    reached = coverages.of(front, touchpoint).last
    latest = calendar_for(grain).last_complete(reached)
    told = choose_period(period, latest)
    return told.end if told < latest else reached


def _read(
    runtime: Runtime,
    connection: Connection,
    coverages: Coverages,
    touchpoints: tuple[str, ...],
    last: date,
) -> ReadingTable:
    week = calendar_for(Grain.WEEK).last_complete(last)
    wanted = Wanted(
        touchpoints=frozenset(touchpoints),
        metrics=list(runtime.definitions.metrics),
        grain=Grain.WEEK,
        first=week.start - timedelta(weeks=WEEKS - 1),
        last=week.start,
    )
    return read_table(runtime, connection, wanted, coverages)


def _levels(table: ReadingTable, definitions: Definitions) -> list[Levels]:
    """Every series on its scale, from its last break or change of definition on."""
    values = table.sound()
    return [
        Levels(
            values=open_scale(
                definitions.metrics[key.metric],
                values[row],
                numerator=table.numerator[row],
                denominator=table.denominator[row],
            ),
            first=first,
        )
        for row, (key, first) in enumerate(
            zip(table.keys, _firsts(table, definitions), strict=True)
        )
    ]


def _firsts(table: ReadingTable, definitions: Definitions) -> list[int]:
    """The first column of each series' last segment."""
    periods = len(table.axis)
    ends = np.full(len(table.keys), periods - 1)
    numbers = last_segments(table, ends, periods)
    numbers = numbers + last_changes(table, definitions, ends, periods=periods)
    return np.argmax(numbers == numbers[:, -1:], axis=1).tolist() if numbers.size else []
