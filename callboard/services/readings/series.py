"""Series of readings on one axis of periods, with values, completeness and why one is not shown.

Everything is an array, series x periods: no loop here runs over periods.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import cast

import numpy as np
from numpy.typing import NDArray

from callboard.services.readings.baselines import baselines_before
from callboard.services.readings.composites import expand, with_composites
from callboard.services.readings.coverage import Coverages
from callboard.services.readings.table import (
    CODES,
    OK,
    STATUSES,
    ReadingTable,
    Status,
    Texts,
    Wanted,
)
from callboard.services.runtime import Runtime
from callboard.storage.baselines import read_laid
from callboard.storage.breaks import read_holding
from callboard.storage.engine import Connection
from callboard.storage.series_table import Series, SeriesKey, SeriesTable, read_series
from callboard.storage.targets import ApprovedTargets, read_promised
from metrics.calendar import Days, calendar_for
from metrics.limits import Floats, Ints
from metrics.model import Form, Grain, Metric, Stock
from metrics.value import percentiles_of, values_of

__all__ = ["OK", "STATUSES", "ReadingTable", "Status", "Wanted", "read_table"]


def read_table(
    runtime: Runtime, connection: Connection, wanted: Wanted, coverages: Coverages
) -> ReadingTable:
    """Return the readings of the periods that hold `first` to `last`, one row a series.

    Composites are computed from their components; of a dimension's segments there are none. Of a
    series whose baseline lies farther back, the periods from it on are read too.
    """
    table = _read(runtime, connection, wanted, coverages)
    reach = None if wanted.dimension else baselines_before(table)
    if reach is None:
        return table
    touchpoints, metrics, first = reach
    more = replace(wanted, touchpoints=touchpoints, metrics=metrics, first=first)
    return replace(table, older=_read(runtime, connection, more, coverages))


def _read(
    runtime: Runtime, connection: Connection, wanted: Wanted, coverages: Coverages
) -> ReadingTable:
    asked = [code for code in wanted.metrics if code in runtime.definitions.metrics]
    calendar = calendar_for(wanted.grain)
    axis = calendar.axis(wanted.first, wanted.last)
    last = calendar.period_of(wanted.last).end
    found = read_series(
        connection,
        grain=wanted.grain,
        scope=wanted.touchpoints,
        metrics=asked if wanted.dimension else expand(runtime.definitions.metrics, asked),
        start=calendar.period_of(wanted.first).start,
        end=last,
        dimension=wanted.dimension,
    )
    table = _table(runtime, found, wanted=wanted, axis=axis, coverages=coverages)
    table = replace(
        table,
        breaks=read_holding(connection, scope=wanted.touchpoints, metrics=wanted.metrics),
        baselines=read_laid(connection, scope=wanted.touchpoints, metrics=wanted.metrics),
        targets=_targets(connection, wanted),
    )
    return table if wanted.dimension else with_composites(table, runtime.definitions, asked)


def _targets(connection: Connection, wanted: Wanted) -> ApprovedTargets:
    if not wanted.with_targets:
        return {}
    return read_promised(connection, scope=wanted.touchpoints, metrics=wanted.metrics)


def _table(
    runtime: Runtime,
    found: SeriesTable,
    *,
    wanted: Wanted,
    axis: Days,
    coverages: Coverages,
) -> ReadingTable:
    metrics = runtime.definitions.metrics
    keys, rows, kept = _series_of(runtime, found)
    columns = np.searchsorted(axis, found.readings.start[kept])
    shape = (len(keys), len(axis))
    parts = _parts(found.readings, rows, columns, kept=kept, shape=shape)
    parts["numerator"] = _stocks(metrics, keys, parts)
    sketches = _sketches(found.readings, rows, columns, kept=kept, shape=shape)
    is_complete = _completeness(runtime, keys, axis, wanted.grain, coverages)
    _count_nothing(runtime, keys, parts, is_complete)
    values = _values(metrics, keys, parts, sketches)
    return ReadingTable(
        grain=wanted.grain,
        keys=keys,
        axis=axis,
        sketches=sketches,
        values=values,
        status=_status(metrics, keys, parts, values, is_complete),
        is_complete=is_complete,
        breaks={},
        is_reweighted=np.zeros_like(is_complete),
        numerator=parts["numerator"],
        denominator=parts["denominator"],
        n=parts["n"],
        days=parts["days"],
        sumsq=parts["sumsq"],
    )


def _series_of(
    runtime: Runtime, found: SeriesTable
) -> tuple[tuple[SeriesKey, ...], Ints, NDArray[np.bool_]]:
    """The series that are on, the number of the series of each reading kept, and which are kept.

    A touchpoint that lists its metrics has only those.
    """
    touchpoints = runtime.definitions.touchpoints
    listed = {code: each.metrics for code, each in touchpoints.items() if each.metrics is not None}
    ordered = sorted(found.places.items(), key=lambda place: place[1].start)
    is_on = [
        key.touchpoint not in listed or key.metric in listed[key.touchpoint] for key, _ in ordered
    ]
    lengths = [place.stop - place.start for _, place in ordered]
    keys = tuple(key for (key, _), on in zip(ordered, is_on, strict=True) if on)
    kept = np.repeat(np.array(is_on, dtype=bool), lengths)
    lengths_on = [length for length, on in zip(lengths, is_on, strict=True) if on]
    return keys, np.repeat(np.arange(len(keys)), lengths_on), kept


def _parts(
    readings: Series,
    rows: Ints,
    columns: Ints,
    *,
    kept: NDArray[np.bool_],
    shape: tuple[int, int],
) -> dict[str, Floats]:
    parts = {}
    for name in ("numerator", "denominator", "n", "days", "sumsq", "last"):
        parts[name] = np.full(shape, np.nan)
        parts[name][rows, columns] = getattr(readings, name)[kept]
    return parts


def _stocks(
    metrics: Mapping[str, Metric], keys: tuple[SeriesKey, ...], parts: Mapping[str, Floats]
) -> Floats:
    """The numerators, where a stock told by its last day has that day's for the whole period."""
    is_last = [metrics[key.metric].stock is Stock.LAST for key in keys]
    chosen = np.array(is_last, dtype=bool).reshape(-1, 1)
    return np.where(chosen, parts["last"], parts["numerator"])


def _count_nothing(
    runtime: Runtime,
    keys: tuple[SeriesKey, ...],
    parts: Mapping[str, Floats],
    is_complete: NDArray[np.bool_],
) -> None:
    """Of rare events, a whole period without a reading is one in which nothing happened: zero."""
    contracts, metrics = runtime.definitions.contracts, runtime.definitions.metrics
    rare = {
        code
        for code, metric in metrics.items()
        if metric.form is Form.COUNT
        and metric.stock is None
        and metric.feed in contracts
        and contracts[metric.feed].is_sparse
    }
    is_rare = np.array([key.metric in rare for key in keys], dtype=bool).reshape(-1, 1)
    nothing = is_rare & is_complete & np.isnan(parts["n"])
    for name in ("numerator", "n", "days"):
        parts[name][nothing] = 0.0


def _sketches(
    readings: Series,
    rows: Ints,
    columns: Ints,
    *,
    kept: NDArray[np.bool_],
    shape: tuple[int, int],
) -> Texts | None:
    texts = np.array(readings.sketch, dtype=object)[kept]
    if not any(texts):
        return None
    sketches = np.full(shape, None, dtype=object)
    sketches[rows, columns] = texts
    return sketches


def _rows_by_metric(keys: tuple[SeriesKey, ...]) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {}
    for row, key in enumerate(keys):
        rows.setdefault(key.metric, []).append(row)
    return rows


def _values(
    metrics: Mapping[str, Metric],
    keys: tuple[SeriesKey, ...],
    parts: Mapping[str, Floats],
    sketches: Texts | None,
) -> Floats:
    values = np.full_like(parts["n"], np.nan)
    for code, rows in _rows_by_metric(keys).items():
        metric = metrics[code]
        if metric.form is not Form.PERCENTILE:
            values[rows] = values_of(
                metric,
                numerator=parts["numerator"][rows],
                denominator=parts["denominator"][rows],
                days=parts["days"][rows],
            )
        elif sketches is not None:
            flat = percentiles_of(metric, sketches[rows].ravel().tolist())
            values[rows] = flat.reshape(len(rows), -1)
    return values


def _completeness(
    runtime: Runtime,
    keys: tuple[SeriesKey, ...],
    axis: Days,
    grain: Grain,
    coverages: Coverages,
) -> NDArray[np.bool_]:
    calendar = calendar_for(grain)
    final = calendar.period_of(cast(list[date], axis[-1:].astype(object).tolist())[0]).end
    after = np.append(axis[1:], np.datetime64(final + timedelta(days=1), "D"))
    covered = [
        coverages.of(runtime.definitions.metrics[key.metric], key.touchpoint) for key in keys
    ]
    first = np.array([each.first for each in covered], dtype="datetime64[D]")
    last = np.array([each.last for each in covered], dtype="datetime64[D]")
    return (axis[None, :] >= first[:, None]) & (after[None, :] <= last[:, None] + 1)


def _status(
    metrics: Mapping[str, Metric],
    keys: tuple[SeriesKey, ...],
    parts: Mapping[str, Floats],
    values: Floats,
    is_complete: NDArray[np.bool_],
) -> Ints:
    least = np.array(
        [
            0 if metrics[key.metric].form is Form.COUNT else metrics[key.metric].min_n
            for key in keys
        ],
        dtype=float,
    )
    has_reading = ~np.isnan(parts["n"])
    few = has_reading & (parts["n"] < least.reshape(-1, 1))
    idle = has_reading & np.isnan(values) & (parts["denominator"] == 0)
    unknown = np.isnan(values) & ~idle
    status = np.where(is_complete, OK, CODES[Status.PARTIAL])
    status = np.where(few, CODES[Status.SUPPRESSED], status)
    status = np.where(idle, CODES[Status.NO_ACTIVITY], status)
    return cast(Ints, np.where(unknown, CODES[Status.NO_DATA], status))
