"""Today so far: today up to an hour beside the same weekday a week before up to the same hour."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from callboard import figures
from callboard.services.readings.series import Status
from callboard.services.runtime import Runtime
from callboard.services.tiles.comparisons import Reading, compare
from callboard.storage.engine import Connection
from callboard.storage.runs import FeedState
from callboard.storage.series_table import Series, SeriesKey, read_hours
from callboard.views import TodaySoFar
from data_contracts.model import Clock
from metrics.calendar import same_weekday_before
from metrics.model import Metric
from metrics.sketch import read_sketch
from metrics.value import Parts, is_shown, merge_days, value_of


class _Until(NamedTuple):
    """The local day and the hour (not included) up to which the data is whole."""

    day: date
    hour: int


def read_today(
    runtime: Runtime,
    connection: Connection,
    keys: Collection[SeriesKey],
    *,
    states: Mapping[str, FeedState],
) -> dict[SeriesKey, TodaySoFar]:
    """Return today so far for those of `keys` whose feeds have times and have reached today."""
    until = {key: _until(runtime, key, states) for key in keys}
    live = {key: moment for key, moment in until.items() if moment is not None}
    if not live:
        return {}
    days = {moment.day for moment in live.values()}
    found = read_hours(
        connection,
        scope=frozenset(key.touchpoint for key in live),
        metrics={key.metric for key in live},
        days=days | {same_weekday_before(day) for day in days},
    )
    told = (
        (key, _tell(runtime.definitions.metrics[key.metric], found.get(*key), moment))
        for key, moment in live.items()
    )
    return {key: today for key, today in told if today is not None}


def _until(runtime: Runtime, key: SeriesKey, states: Mapping[str, FeedState]) -> _Until | None:
    """The end of the last hour that is over and that every feed of the metric has reached.

    None for a metric whose days take time to ripen: a week ago they have, today they have not.
    """
    metric = runtime.definitions.metrics[key.metric]
    if metric.lag_days or metric.stock is not None:
        return None
    zone = runtime.definitions.zone(key.touchpoint)
    now = runtime.clock.now(zone)
    reached = now
    for feed in metric.feeds:
        contract, state = runtime.definitions.contracts.get(feed), states.get(feed)
        if contract is None or contract.clock is Clock.DATE:
            return None
        if state is None or state.as_of is None:
            return None
        reached = min(reached, state.as_of.astimezone(ZoneInfo(zone)))
    if reached.date() != now.date() or reached.hour == 0:
        return None
    return _Until(day=now.date(), hour=reached.hour)


def _tell(metric: Metric, hours: Series | None, until: _Until) -> TodaySoFar | None:
    if hours is None:
        return None
    before_day = same_weekday_before(until.day)
    now = _up_to(metric, hours, until)
    before = _up_to(metric, hours, _Until(day=before_day, hour=until.hour))
    if now.status is Status.NO_DATA:
        return None
    hour = f"{until.hour:02d}:00"
    label = f"{before_day:%a} {figures.format_day(before_day, near=until.day)} to {hour}"
    return TodaySoFar(
        until=hour,
        value_text=_shown(metric, now),
        before_text=_shown(metric, before),
        change=compare(metric, now, before, label=label),
        is_told=now.is_sound,
    )


def _up_to(metric: Metric, hours: Series, until: _Until) -> Reading:
    midnight = datetime.combine(until.day, time())
    first = np.datetime64(midnight, "h")
    after = np.datetime64(midnight + timedelta(hours=until.hour), "h")
    chosen = np.flatnonzero((hours.start >= first) & (hours.start < after))
    if not len(chosen):
        return Reading(value=None, status=Status.NO_DATA)
    whole = merge_days(metric, [_parts(hours, int(at)) for at in chosen])
    value = value_of(metric, whole)
    status = Status.OK if is_shown(metric, whole.n) else Status.SUPPRESSED
    return Reading(
        value=value,
        status=status if value is not None else Status.NO_ACTIVITY,
        n=whole.n,
        sums=whole,
    )


def _parts(hours: Series, at: int) -> Parts:
    text = hours.sketch[at]
    return Parts(
        numerator=_known(hours.numerator[at]),
        denominator=_known(hours.denominator[at]),
        n=float(hours.n[at]),
        sumsq=_known(hours.sumsq[at]),
        sketch=read_sketch(text) if text else None,
    )


def _known(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)


def _shown(metric: Metric, reading: Reading) -> str:
    if reading.status is Status.SUPPRESSED:
        return f"too few cases: {reading.n:g} of at least {metric.min_n}"
    return figures.format_value(metric, reading.value)
