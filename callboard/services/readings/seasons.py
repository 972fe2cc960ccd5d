"""Which weekday or month each period of a table is, and the season of each of its series."""

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np

from callboard.services.defining.definitions import Definitions
from callboard.services.readings.changes import without_changing
from callboard.services.readings.coverage import Coverages
from callboard.services.readings.period_windows import last_periods, newest_complete
from callboard.services.readings.series import ReadingTable, Wanted, read_table
from callboard.services.readings.volumes import guard_volumes
from callboard.services.runtime import Runtime
from callboard.storage.engine import Connection
from callboard.storage.series_table import SeriesKey
from metrics.calendar import Period, calendar_for
from metrics.limits import Floats, Ints
from metrics.model import Form, Grain, Metric
from metrics.sampling import sampling_variances
from metrics.season import (
    CYCLES,
    WEEK_OF_DAYS,
    Seasons,
    find_seasons,
    goes_by_shares,
    no_seasons,
    ordinary_days,
)

HISTORY = 36
_SUNDAY = 6
WeekdayEffects = Mapping[SeriesKey, Floats]


def history_of(grain: Grain) -> int:
    """How many periods series are judged by: 36, and so many days as hold twelve whole weeks."""
    return WEEK_OF_DAYS.history if grain is Grain.DAY else HISTORY


def places_of(table: ReadingTable, ends: Ints, periods: int) -> Ints:
    """Where in the week (days) or the year (months) the last `periods` up to each end are."""
    cycle = CYCLES.get(table.grain)
    if cycle is None:
        return np.zeros((len(ends), periods), dtype=np.int64)
    axis = table.axis[np.maximum(ends, 0)]
    if table.grain is Grain.DAY:
        last = (axis.astype(np.int64) + 3) % cycle.length  # day 0, 1 January 1970, was a Thursday
    else:
        last = axis.astype("datetime64[M]").astype(np.int64) % cycle.length
    return (last[:, None] - np.arange(periods)[::-1]) % cycle.length


def seasons_of(
    table: ReadingTable, definitions: Definitions, values: Floats, places: Ints, *, ends: Ints
) -> Seasons:
    """The season of each series of a table, from its last periods up to `ends`; none for weeks."""
    cycle = CYCLES.get(table.grain)
    if cycle is None or values.shape[1] < cycle.history:
        return no_seasons(len(values))
    by_shares = [goes_by_shares(definitions.metrics[key.metric]) for key in table.keys]
    return find_seasons(
        values,
        places,
        cycle=cycle,
        by_shares=np.array(by_shares, dtype=bool),
        sampling=last_periods(_sampling(table, definitions), ends, values.shape[1]),
    )


def _sampling(table: ReadingTable, definitions: Definitions) -> Floats:
    """How much sampling error alone makes each value vary."""
    found = np.zeros_like(table.numerator)
    for code in {key.metric for key in table.keys}:
        rows = [row for row, key in enumerate(table.keys) if key.metric == code]
        found[rows] = sampling_variances(
            definitions.metrics[code],
            numerator=table.numerator[rows],
            denominator=table.denominator[rows],
            sumsq=table.sumsq[rows],
        )
    return np.where(np.isnan(table.numerator), np.nan, found)


def read_cycle(  # noqa: PLR0913 - which series, by keyword
    runtime: Runtime,
    connection: Connection,
    coverages: Coverages,
    *,
    grain: Grain,
    touchpoints: frozenset[str],
    metrics: list[str],
    until: date,
) -> tuple[ReadingTable, Floats, Ints, Ints]:
    """Return the readings that a season is made of, up to the last period that ends by `until`.

    With the values that may be judged, as many periods as a cycle needs, their places, and the
    column of each series' last one.
    """
    calendar = calendar_for(grain)
    last = calendar.last_complete(until)
    first, periods = last, CYCLES[grain].history
    for _ in range(periods - 1):
        first = calendar.previous(first)
    wanted = Wanted(
        touchpoints=touchpoints,
        metrics=metrics,
        grain=grain,
        first=first.start,
        last=last.start,
        with_targets=False,
    )
    definitions = runtime.definitions
    table = guard_volumes(read_table(runtime, connection, wanted, coverages), definitions)
    table = without_changing(table, definitions)
    ends = newest_complete(table, last.start)
    values = last_periods(table.sound(), ends, periods)
    return table, values, places_of(table, ends, periods), ends


def read_weekday_effects(
    runtime: Runtime,
    connection: Connection,
    keys: list[SeriesKey],
    *,
    until: date,
    coverages: Coverages,
) -> WeekdayEffects:
    """How busy each weekday is, of those counts that have a clear week; 0 is an ordinary day."""
    metrics = runtime.definitions.metrics
    counted = [key for key in keys if adds_up(metrics[key.metric])]
    if not counted:
        return {}
    table, values, places, ends = read_cycle(
        runtime,
        connection,
        coverages,
        grain=Grain.DAY,
        touchpoints=frozenset(key.touchpoint for key in counted),
        metrics=sorted({key.metric for key in counted}),
        until=until,
    )
    found = seasons_of(table, runtime.definitions, values, places, ends=ends)
    return {
        key: found.effects[row]
        for row, key in enumerate(table.keys)
        if found.is_clear[row] and found.is_relative[row]
    }


def adds_up(metric: Metric) -> bool:
    """Whether the metric counts what happens, so that a longer or busier period has more."""
    return metric.form is Form.COUNT and metric.stock is None


def weight_of(period: Period, effects: Floats, holidays: frozenset[date]) -> float:
    """How many ordinary days a period is worth; a holiday counts as a Sunday."""
    days = [period.start + timedelta(days=at) for at in range(period.days)]
    places = [_SUNDAY if day in holidays else day.weekday() for day in days]
    return ordinary_days(effects, np.array(places))
