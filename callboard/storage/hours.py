"""Hourly readings of recent days, for today so far; and how they are replaced."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, delete

from callboard.storage.series_ids import SeriesIds, series_of
from callboard.storage.staging import fill
from callboard.storage.tables import hourly


class HourRow(NamedTuple):
    """The parts of one metric in one local hour (0-23) of a whole touchpoint."""

    touchpoint: str
    metric: str
    day: date
    hour: int
    numerator: float | None
    denominator: float | None
    n: int
    sumsq: float | None = None
    sketch: str | None = None


def replace_hours(
    conn: Connection,
    *,
    metrics: Sequence[str],
    days: Sequence[date],
    rows: Iterable[HourRow],
    keep_from: date | None = None,
) -> None:
    """Make `rows` all the hours of `metrics` on `days`; forget those before `keep_from`."""
    ours = hourly.c.series.in_(series_of(metrics))
    conn.execute(delete(hourly).where(ours, hourly.c.day.in_(list(days))))
    if keep_from is not None:
        conn.execute(delete(hourly).where(ours, hourly.c.day < keep_from))
    ids = SeriesIds(conn, metrics)
    fill(conn, hourly, _records(rows, ids))
    ids.save()


def _records(rows: Iterable[HourRow], ids: SeriesIds) -> Iterator[tuple[object, ...]]:
    for touchpoint, metric, day, *rest in rows:
        yield ids.number((touchpoint, metric, "", "")), day.isoformat(), *rest
