"""Series of readings on one axis of periods, with values, completeness and why one is not shown.

Everything is an array, series x periods: no loop here runs over periods.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from callboard.services.coverage import Coverages
from callboard.services.runtime import Runtime
from callboard.storage.engine import Connection
from callboard.storage.readings import read_series
from metrics.calendar import Days, calendar_for
from metrics.limits import Floats, Ints
from metrics.model import Form, Grain, Metric
from metrics.value import percentiles_of, values_of

Texts = NDArray[np.object_]


class Status(StrEnum):
    """Whether a period has a value to show. `partial`: running, or begun before the feed did."""

    OK = "ok"
    NO_DATA = "no_data"
    NO_ACTIVITY = "no_activity"
    SUPPRESSED = "suppressed"
    PARTIAL = "partial"


STATUSES = tuple(Status)
_CODE = {status: code for code, status in enumerate(STATUSES)}
OK = _CODE[Status.OK]


class SeriesKey(NamedTuple):
    """What a series is of; the segment is empty for the whole."""

    touchpoint: str
    metric: str
    segment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesTable:
    """Many series over the same periods: arrays are series x periods, NaN where there is nothing.

    `axis` holds the periods' first days. `values` are in each metric's unit and are there for
    suppressed and partial periods too; `status` indexes `STATUSES`. `sketches` is None unless one
    of the metrics is a percentile.
    """

    grain: Grain
    keys: tuple[SeriesKey, ...]
    axis: Days
    numerator: Floats
    denominator: Floats
    n: Floats
    days: Floats
    sumsq: Floats
    sketches: Texts | None
    values: Floats
    status: Ints
    is_complete: NDArray[np.bool_]

    def sound(self) -> Floats:
        """The values that may be judged: of complete periods with enough behind them, else NaN."""
        return cast(Floats, np.where(self.status == OK, self.values, np.nan))

    def starts(self) -> list[date]:
        """The periods' first days as dates."""
        return cast(list[date], self.axis.astype(object).tolist())

    def find(self, key: SeriesKey) -> int | None:
        """The row of a series, None where it has no readings."""
        return self.keys.index(key) if key in self.keys else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which series to read: touchpoints (a resolved scope, or part of it), metrics, periods."""

    touchpoints: frozenset[str]
    metrics: Collection[str]
    grain: Grain
    first: date
    last: date
    dimension: str = ""


def read_table(
    runtime: Runtime, connection: Connection, wanted: Wanted, coverages: Coverages
) -> SeriesTable:
    """Return the readings of the periods that hold `first` to `last`, one row a series."""
    calendar = calendar_for(wanted.grain)
    axis = calendar.axis(wanted.first, wanted.last)
    last = calendar.period_of(wanted.last).end
    frame = read_series(
        connection,
        grain=wanted.grain,
        scope=wanted.touchpoints,
        metrics=[code for code in wanted.metrics if code in runtime.definitions.metrics],
        start=cast(list[date], axis[:1].astype(object).tolist())[0],
        end=last,
        dimension=wanted.dimension,
    )
    frame = _only_what_is_on(runtime, frame)
    return _table(runtime, frame, wanted=wanted, axis=axis, coverages=coverages)


def _only_what_is_on(runtime: Runtime, frame: pd.DataFrame) -> pd.DataFrame:
    """Leave out what a touchpoint's own list of metrics, where it has one, leaves out."""
    listed = {
        code: frozenset(touchpoint.metrics)
        for code, touchpoint in runtime.definitions.touchpoints.items()
        if touchpoint.metrics is not None
    }
    if not listed or frame.empty:
        return frame
    kept = np.ones(len(frame), dtype=bool)
    for code, metrics in listed.items():
        here = (frame["touchpoint"] == code).to_numpy()
        kept[here] = frame.loc[here, "metric"].isin(metrics).to_numpy()
    return frame[kept]


def _table(
    runtime: Runtime,
    frame: pd.DataFrame,
    *,
    wanted: Wanted,
    axis: Days,
    coverages: Coverages,
) -> SeriesTable:
    keys, rows = _series_of(frame)
    columns = np.searchsorted(axis, frame["start"].to_numpy().astype("datetime64[D]"))
    shape = (len(keys), len(axis))

    def spread(name: str) -> Floats:
        spread_out = np.full(shape, np.nan)
        spread_out[rows, columns] = frame[name].to_numpy(dtype=float, na_value=np.nan)
        return spread_out

    parts = {name: spread(name) for name in ("numerator", "denominator", "n", "days", "sumsq")}
    sketches = _sketches(frame, rows, columns, shape)
    values = _values(runtime.definitions.metrics, keys, parts, sketches)
    is_complete = _completeness(runtime, keys, axis, wanted.grain, coverages)
    status = _status(runtime.definitions.metrics, keys, parts, values, is_complete)
    return SeriesTable(
        grain=wanted.grain,
        keys=keys,
        axis=axis,
        sketches=sketches,
        values=values,
        status=status,
        is_complete=is_complete,
        **parts,
    )


def _series_of(frame: pd.DataFrame) -> tuple[tuple[SeriesKey, ...], Ints]:
    """The series in a frame sorted by them, and the number of the series of each row."""
    names = [frame[name].to_numpy(dtype=object) for name in ("touchpoint", "metric", "segment")]
    begins = np.zeros(len(frame), dtype=bool)
    begins[:1] = True
    for name in names:
        begins[1:] |= name[1:] != name[:-1]
    keys = tuple(SeriesKey(*key) for key in zip(*(name[begins] for name in names), strict=True))
    return keys, np.cumsum(begins) - 1


def _sketches(
    frame: pd.DataFrame, rows: Ints, columns: Ints, shape: tuple[int, int]
) -> Texts | None:
    texts = frame["sketch"].to_numpy(dtype=object)
    has_text = np.array([isinstance(text, str) for text in texts], dtype=bool)
    if not has_text.any():
        return None
    sketches = np.full(shape, None, dtype=object)
    sketches[rows[has_text], columns[has_text]] = texts[has_text]
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
    status = np.where(is_complete, OK, _CODE[Status.PARTIAL])
    status = np.where(few, _CODE[Status.SUPPRESSED], status)
    status = np.where(idle, _CODE[Status.NO_ACTIVITY], status)
    return cast(Ints, np.where(unknown, _CODE[Status.NO_DATA], status))
