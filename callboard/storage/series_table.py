"""Many series read at once, as flat arrays: the form that charts and statistics want.

SQLite gives Python's lock away at every row, so columns arrive as one row of JSON arrays. Numbers
are exact (an old SQLite of the standard library rounds them to 15 digits).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    Table,
    Text,
    cast,
    func,
    literal,
    select,
)

from callboard.storage.tables import hourly, reading, rollup, series
from metrics.model import Grain

Numbers = NDArray[np.float64]
_NUMBERS = ("numerator", "denominator", "n", "sumsq", "days", "last")


class SeriesKey(NamedTuple):
    """Whose readings a series holds; `segment` is empty for the whole touchpoint."""

    touchpoint: str
    metric: str
    segment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The readings of one series, oldest first; arrays of one length, NaN where there is no part.

    `start` is the first day of each period (datetime64[D]; hours: datetime64[h]). `days` is how
    many days carry a reading, `last` the numerator of the latest of them, both for stocks.
    `sketch` is the merged JSON of metrics.sketch, or None.
    """

    start: NDArray[np.datetime64]
    numerator: Numbers
    denominator: Numbers
    n: Numbers
    sumsq: Numbers
    days: Numbers
    last: Numbers
    sketch: tuple[str | None, ...]


@dataclass(frozen=True, kw_only=True)
class SeriesTable:
    """What a read found. Series without a reading are not in it; every key is there once.

    `keys` is sorted by touchpoint, metric, segment; `places[key]` is the slice of the flat arrays
    in `readings` that belongs to a key. `table[key]` is one Series (KeyError), `get` None for none.
    """

    places: dict[SeriesKey, slice]
    readings: Series

    @cached_property
    def keys(self) -> tuple[SeriesKey, ...]:
        """Whose series there are, sorted."""
        return tuple(sorted(self.places))

    def __getitem__(self, key: SeriesKey) -> Series:
        """The series called `key`."""
        place = self.places[key]
        return Series(**{name: getattr(self.readings, name)[place] for name in Series.__slots__})

    def get(self, touchpoint: str, metric: str, segment: str = "") -> Series | None:
        """The series of a touchpoint's metric, None where there is none."""
        key = SeriesKey(touchpoint, metric, segment)
        return self[key] if key in self.places else None

    def items(self) -> Iterator[tuple[SeriesKey, Series]]:
        """Every key with its series, in the order of `keys`."""
        return ((key, self[key]) for key in self.keys)


def read_series(  # noqa: PLR0913 - by keyword
    conn: Connection,
    *,
    grain: Grain,
    scope: frozenset[str],
    metrics: Collection[str],
    start: date,
    end: date,
    dimension: str = "",
) -> SeriesTable:
    """The readings of `metrics` at the touchpoints in `scope` whose period starts in start..end.

    `dimension` "" reads the whole of each touchpoint; a name reads that dimension's segments.
    """
    wanted = _wanted(scope, metrics, dimension)
    if grain is Grain.DAY:
        first, chosen = reading.c.day, _of_one_day(reading, reading.c.day)
    else:
        first = rollup.c.start
        columns = (rollup.c.series, first, *_parts(rollup), rollup.c.days, rollup.c.last)
        chosen = select(*columns).where(rollup.c.grain == grain.value)
    return _fetch(conn, wanted, chosen.where(first.between(start, end)))


def _of_one_day(table: Table, day: Column[date], *more: Column[int]) -> Select[Any]:
    stock = (literal(1).label("days"), table.c.numerator.label("last"))
    return select(table.c.series, day.label("start"), *_parts(table), *stock, *more)


def _parts(table: Table) -> tuple[Column[Any], ...]:
    return tuple(table.c[name] for name in ("numerator", "denominator", "n", "sumsq", "sketch"))


def _wanted(scope: frozenset[str], metrics: Collection[str], dimension: str) -> Select[Any]:
    columns = (series.c.id, *(series.c[name] for name in SeriesKey._fields))
    return select(*columns).where(
        series.c.metric.in_(sorted(metrics)),
        series.c.touchpoint.in_(sorted(scope)),
        series.c.dimension == dimension,
    )


def read_hours(
    conn: Connection, *, scope: frozenset[str], metrics: Collection[str], days: Collection[date]
) -> SeriesTable:
    """The hourly readings of whole touchpoints on `days`; `start` is the local hour."""
    wanted = _wanted(scope, metrics, "")
    chosen = _of_one_day(hourly, hourly.c.day, hourly.c.hour)
    return _fetch(conn, wanted, chosen.where(hourly.c.day.in_(list(days))))


def _fetch(conn: Connection, wanted: Select[Any], chosen: Select[Any]) -> SeriesTable:
    keys = {number: SeriesKey(*names) for number, *names in conn.execute(wanted)}
    number = chosen.selected_columns["series"]
    is_wanted = number.in_(wanted.with_only_columns(series.c.id))
    rows = chosen.where(is_wanted).order_by(*_order(chosen)).subquery()
    collect = func.json_agg if conn.dialect.name == "postgresql" else func.json_group_array
    texts = conn.execute(select(*(cast(collect(column), Text) for column in rows.c))).one()
    columns = dict(zip(rows.c.keys(), (orjson.loads(text or "[]") for text in texts), strict=True))
    numbers = np.array(columns["series"], dtype=np.int64)
    bounds = [0, *(np.flatnonzero(np.diff(numbers)) + 1).tolist(), len(numbers)]
    places = {
        keys[int(numbers[low])]: slice(low, high) for low, high in pairwise(bounds) if high > low
    }
    return SeriesTable(places=places, readings=_readings(columns))


def _order(chosen: Select[Any]) -> list[ColumnElement[Any]]:
    return [each for each in chosen.selected_columns if each.name in ("series", "start", "hour")]


def _readings(columns: dict[str, list[Any]]) -> Series:
    start = np.array(columns["start"], dtype="datetime64[D]")
    if "hour" in columns:
        start = start + np.array(columns["hour"], dtype="timedelta64[h]")
    numbers = {name: np.array(columns[name], dtype=np.float64) for name in _NUMBERS}
    return Series(start=start, sketch=tuple(columns["sketch"]), **numbers)
