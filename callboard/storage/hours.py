"""Hourly readings of recent days, for today so far; and how they are replaced."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, delete

from callboard.storage.held_days import HeldDays
from callboard.storage.series_ids import SeriesIds, series_of
from callboard.storage.staging import fill
from callboard.storage.tables import hourly
from data_contracts.evidence import Held


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
    held: Collection[Held] = (),
) -> None:
    """Make `rows` all the hours of `metrics` on `days`, but for what is `held`.

    Those before `keep_from` are forgotten, held or not.
    """
    ours = delete(hourly).where(hourly.c.series.in_(series_of(metrics)))
    ids, holds = SeriesIds(conn, metrics), HeldDays(held, days)
    conn.execute(ours.where(hourly.c.day.in_([day for day in days if day not in holds.days])))
    for day in holds.days:
        stay = [number for number, *names in ids.wholes() if day in holds.of(*names)]
        conn.execute(ours.where(hourly.c.day == day, hourly.c.series.not_in(stay)))
    if keep_from is not None:
        conn.execute(ours.where(hourly.c.day < keep_from))
    free = (row for row in rows if row.day not in holds.of(row.touchpoint, row.metric))
    fill(conn, hourly, _records(free, ids))
    ids.save()


def _records(rows: Iterable[HourRow], ids: SeriesIds) -> Iterator[tuple[object, ...]]:
    for touchpoint, metric, day, *rest in rows:
        yield ids.number((touchpoint, metric, "", "")), day.isoformat(), *rest
