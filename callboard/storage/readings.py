"""Daily readings: new ones take the place of old ones, and all that follows from it, at once."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from math import isfinite
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    tuple_,
)

from callboard.storage.held_days import HeldDays
from callboard.storage.hours import HourRow, replace_hours
from callboard.storage.parts import PartRow, read_parts, replace_parts
from callboard.storage.restatements import (
    Restatement,
    keep_restatements,
    read_restatements,
    settled_days,
)
from callboard.storage.rollups import rebuild_rollups
from callboard.storage.series_ids import SeriesIds, series_of
from callboard.storage.series_table import (
    Series,
    SeriesKey,
    SeriesTable,
    read_hours,
    read_series,
)
from callboard.storage.staging import calendar, changed, fill, incoming, kept, staging
from callboard.storage.tables import reading, series
from data_contracts.evidence import Held

__all__ = [
    "HourRow",
    "PartRow",
    "ReadingRow",
    "Restatement",
    "Series",
    "SeriesKey",
    "SeriesTable",
    "list_pairs",
    "list_segments",
    "read_hours",
    "read_parts",
    "read_restatements",
    "read_series",
    "replace_days",
    "replace_hours",
    "replace_parts",
]

_PARTS = ("numerator", "denominator", "n", "sumsq", "sketch")


class ReadingRow(NamedTuple):
    """The parts of one metric on one local day; a named tuple because there are millions of them.

    `dimension` and `segment` are empty for the whole touchpoint. A part that the metric's form has
    not is None; `sketch` is the JSON of metrics.sketch.
    """

    touchpoint: str
    metric: str
    dimension: str
    segment: str
    day: date
    numerator: float | None
    denominator: float | None
    n: int
    sumsq: float | None = None
    sketch: str | None = None


def replace_days(  # noqa: PLR0913 - what is put in place of what, by keyword
    conn: Connection,
    *,
    metrics: Sequence[str],
    days: Sequence[date],
    rows: Iterable[ReadingRow],
    settled: Mapping[str, date] | None = None,
    reason: str = "",
    held: Collection[Held] = (),
) -> int:
    """Make `rows` all the readings there are of `metrics` on `days`; return how many differ.

    Week and month roll-ups follow in the same transaction. Where the whole of a touchpoint (not a
    segment) changes on a day before `settled[metric]`, the old figures are kept as a restatement
    with `reason`; by default a day is settled once the metric's readings reach three days further.
    What is `held` stays as it is, with all its segments, and takes no row of `rows`. Zero means
    that nothing was touched. ValueError for a row of another metric or day, or a part that is not
    finite; IntegrityError for a series with two rows of one day.
    """
    shown = settled_days(conn, metrics) if settled is None else settled
    with staging(conn, sorted(set(days))):
        ids = SeriesIds(conn, metrics)
        holds = HeldDays(held, days)
        records = _records(_free(rows, holds), ids, frozenset(metrics), frozenset(days))
        if not _has_any(conn, metrics):
            return _put_first(conn, metrics, records, ids)
        fill(conn, incoming, records)
        ids.save()
        fill(conn, kept, _kept(ids, holds))
        _find_changes(conn, metrics)
        count = int(conn.execute(select(func.count()).select_from(changed)).scalar_one())
        if count:
            keep_restatements(conn, shown, reason)
            _put_in_place(conn)
            rebuild_rollups(conn)
    return count


def _records(
    rows: Iterable[ReadingRow], ids: SeriesIds, metrics: frozenset[str], days: frozenset[date]
) -> Iterator[tuple[object, ...]]:
    texts = {day: day.isoformat() for day in days}
    for row in rows:
        if row.metric not in metrics or row.day not in texts:
            raise ValueError(f"found {row.metric!r} on {row.day}, which is not being replaced")
        total = (row.numerator or 0.0) + (row.denominator or 0.0) + (row.sumsq or 0.0)
        if not isfinite(total):
            raise ValueError(f"found a part of {row.metric!r} on {row.day} that is not finite")
        yield ids.number(row[:4]), texts[row.day], *row[5:]


def _free(rows: Iterable[ReadingRow], holds: HeldDays) -> Iterable[ReadingRow]:
    if not holds:
        return rows
    return (row for row in rows if row.day not in holds.of(row.touchpoint, row.metric))


def _kept(ids: SeriesIds, holds: HeldDays) -> Iterator[tuple[object, ...]]:
    """Every series that the store has on its held days."""
    for number, touchpoint, metric in ids.known() if holds else ():
        for day in holds.of(touchpoint, metric):
            yield number, day.isoformat()


def _has_any(conn: Connection, metrics: Sequence[str]) -> bool:
    found = select(reading.c.day).where(reading.c.series.in_(series_of(metrics))).limit(1)
    return conn.execute(found).first() is not None


def _put_first(
    conn: Connection, metrics: Sequence[str], records: Iterable[tuple[object, ...]], ids: SeriesIds
) -> int:
    """Where there is nothing yet, readings need not lie beside any old ones."""
    periods = {
        day.isoformat(): (week.isoformat(), month.isoformat(), "")
        for day, week, month in conn.execute(
            select(calendar.c.day, calendar.c.week, calendar.c.month)
        )
    }
    fill(conn, reading, ((*row[:2], *periods[str(row[1])], *row[2:]) for row in records))
    ids.save()
    ours = select(reading.c.series, reading.c.day).where(reading.c.series.in_(series_of(metrics)))
    count = int(conn.execute(select(func.count()).select_from(ours.subquery())).scalar_one())
    if count:
        rebuild_rollups(conn, ours.subquery())
    return count


def _find_changes(conn: Connection, metrics: Sequence[str]) -> None:
    same = and_(reading.c.series == incoming.c.series, reading.c.day == incoming.c.day)
    stays = and_(reading.c.series == kept.c.series, reading.c.day == kept.c.day)
    differs = or_(reading.c.series.is_(None), *(_differs(name) for name in _PARTS))
    new = (
        select(incoming.c.series, incoming.c.day)
        .select_from(incoming.outerjoin(reading, same))
        .where(differs)
    )
    first, last = select(func.min(calendar.c.day)), select(func.max(calendar.c.day))
    gone = select(reading.c.series, reading.c.day).where(
        reading.c.series.in_(series_of(metrics)),
        reading.c.day.between(first.scalar_subquery(), last.scalar_subquery()),
        reading.c.day.in_(select(calendar.c.day)),
        ~select(incoming.c.day).where(same).correlate(reading).exists(),
        ~select(kept.c.day).where(stays).correlate(reading).exists(),
    )
    conn.execute(insert(changed).from_select(["series", "day"], new.union_all(gone)))


def _differs(name: str) -> ColumnElement[bool]:
    """Sums of decimals may differ in their last bits from one run of a feed to the next."""
    old, new = reading.c[name], incoming.c[name]
    if name in ("n", "sketch"):
        return old.is_distinct_from(new)
    is_far = func.abs(old - new) > 1e-12 * func.abs(old)
    return and_(old.is_distinct_from(new), func.coalesce(is_far, true()))


def _put_in_place(conn: Connection) -> None:
    where = select(changed.c.series, changed.c.day)
    conn.execute(delete(reading).where(tuple_(reading.c.series, reading.c.day).in_(where)))
    new = (
        select(*incoming.c, calendar.c.week, calendar.c.month, literal(""))
        .join(changed, and_(changed.c.series == incoming.c.series, changed.c.day == incoming.c.day))
        .join(calendar, calendar.c.day == incoming.c.day)
    )
    names = [*incoming.c.keys(), "week", "month", "period"]
    conn.execute(insert(reading).from_select(names, new))


def list_pairs(conn: Connection) -> frozenset[tuple[str, str]]:
    """Every (touchpoint, metric) that has a reading."""
    pairs = select(series.c.touchpoint, series.c.metric).where(
        series.c.dimension == "", _HAS_READING
    )
    return frozenset((touchpoint, metric) for touchpoint, metric in conn.execute(pairs))


def list_segments(conn: Connection, *, metric: str, touchpoint: str) -> dict[str, tuple[str, ...]]:
    """The segments with a reading of a touchpoint's metric, sorted, by dimension."""
    names = (
        select(series.c.dimension, series.c.segment)
        .where(series.c.metric == metric, series.c.touchpoint == touchpoint)
        .where(series.c.dimension != "", _HAS_READING)
        .order_by(series.c.dimension, series.c.segment)
    )
    found: dict[str, list[str]] = {}
    for dimension, segment in conn.execute(names):
        found.setdefault(dimension, []).append(segment)
    return {dimension: tuple(segments) for dimension, segments in found.items()}


_HAS_READING = select(reading.c.day).where(reading.c.series == series.c.id).exists()
