"""Daily readings: new ones take the place of old ones, and all that follows from it, at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    delete,
    false,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    tuple_,
)

from callboard.storage.hours import HourRow, replace_hours
from callboard.storage.parts import PartRow, read_parts, replace_parts
from callboard.storage.rollups import rebuild_rollups
from callboard.storage.series_ids import Name, SeriesIds, series_of
from callboard.storage.series_table import (
    Series,
    SeriesKey,
    SeriesTable,
    read_hours,
    read_series,
)
from callboard.storage.staging import changed, fill, incoming, staging
from callboard.storage.tables import reading, restatement, series

__all__ = [
    "HourRow",
    "PartRow",
    "ReadingRow",
    "Series",
    "SeriesKey",
    "SeriesTable",
    "list_pairs",
    "list_segments",
    "read_hours",
    "read_parts",
    "read_series",
    "replace_days",
    "replace_hours",
    "replace_parts",
]

_LARGEST = 1.7976931348623157e308
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


def replace_days(
    conn: Connection,
    *,
    metrics: Sequence[str],
    days: Sequence[date],
    rows: Iterable[ReadingRow],
    settled: Mapping[str, date] | None = None,
    reason: str = "",
) -> int:
    """Make `rows` all the readings there are of `metrics` on `days`; return how many differ.

    Week and month roll-ups follow in the same transaction. Where the whole of a touchpoint (not a
    segment) changes on a day before `settled[metric]`, the old figures are kept as a restatement
    with `reason`; by default a day is settled once the store has a later day of the metric. Zero
    means that nothing was touched. ValueError for a row of another metric or day, or a part that
    is not finite.
    """
    shown = _newest_days(conn, metrics) if settled is None else settled
    with staging(conn):
        ids = SeriesIds(conn, metrics)
        fill(conn, incoming, _records(rows, ids, frozenset(metrics), frozenset(days)))
        ids.save()
        _refuse_infinite(conn)
        _find_changes(conn, metrics, days)
        count = int(conn.execute(select(func.count()).select_from(changed)).scalar_one())
        if count:
            _keep_restatements(conn, shown, reason)
            _put_in_place(conn)
            rebuild_rollups(conn)
    return count


def _records(
    rows: Iterable[ReadingRow], ids: SeriesIds, metrics: frozenset[str], days: frozenset[date]
) -> Iterator[tuple[object, ...]]:
    for row in rows:
        touchpoint, metric, dimension, segment, day, *parts = row
        if metric not in metrics or day not in days:
            raise ValueError(f"found a reading of {metric!r} on {day}, which is not being replaced")
        yield ids.number(Name(touchpoint, metric, dimension, segment)), *_calendar(day), *parts


@cache
def _calendar(day: date) -> tuple[str, str, str]:
    monday = day - timedelta(days=day.weekday())
    return day.isoformat(), monday.isoformat(), day.replace(day=1).isoformat()


def _refuse_infinite(conn: Connection) -> None:
    numbers = (incoming.c.numerator, incoming.c.denominator, incoming.c.sumsq)
    is_infinite = or_(*(or_(each > _LARGEST, each < -_LARGEST) for each in numbers))
    if conn.execute(select(incoming.c.series).where(is_infinite).limit(1)).first():
        raise ValueError("found a reading that is not a finite number")


def _find_changes(conn: Connection, metrics: Sequence[str], days: Sequence[date]) -> None:
    same = and_(reading.c.series == incoming.c.series, reading.c.day == incoming.c.day)
    differs = or_(reading.c.series.is_(None), *(_differs(name) for name in _PARTS))
    when = (incoming.c.series, incoming.c.day, incoming.c.week, incoming.c.month)
    new = select(*when).select_from(incoming.outerjoin(reading, same)).where(differs)
    then = (reading.c.series, reading.c.day, reading.c.week, reading.c.month)
    gone = (
        select(*then)
        .select_from(reading.outerjoin(incoming, same))
        .where(reading.c.series.in_(series_of(metrics)), _among(days), incoming.c.series.is_(None))
    )
    conn.execute(insert(changed).from_select(changed.c.keys(), new.union_all(gone)))


def _differs(name: str) -> ColumnElement[bool]:
    """Sums of decimals may differ in their last bits from one run of a feed to the next."""
    old, new = reading.c[name], incoming.c[name]
    if name in ("n", "sketch"):
        return old.is_distinct_from(new)
    is_far = func.abs(old - new) > 1e-12 * func.abs(old)
    return and_(old.is_distinct_from(new), func.coalesce(is_far, true()))


def _among(days: Sequence[date]) -> ColumnElement[bool]:
    if not days:
        return false()
    first, last = min(days), max(days)
    whole = reading.c.day.between(first, last)
    has_gaps = (last - first).days + 1 != len(set(days))
    return and_(whole, reading.c.day.in_(days)) if has_gaps else whole


def _newest_days(conn: Connection, metrics: Sequence[str]) -> dict[str, date]:
    newest = select(func.max(reading.c.day)).where(reading.c.series == series.c.id)
    of_whole = select(series.c.metric, newest.scalar_subquery()).where(
        series.c.metric.in_(metrics), series.c.dimension == ""
    )
    found: dict[str, date] = {}
    for metric, day in conn.execute(of_whole):
        if day is not None:
            found[metric] = max(day, found.get(metric, day))
    return found


def _keep_restatements(conn: Connection, settled: Mapping[str, date], reason: str) -> None:
    is_settled = or_(
        false(),
        *(and_(series.c.metric == each, reading.c.day < day) for each, day in settled.items()),
    )
    now = and_(incoming.c.series == reading.c.series, incoming.c.day == reading.c.day)
    both = (
        changed.join(series, series.c.id == changed.c.series)
        .join(reading, and_(reading.c.series == changed.c.series, reading.c.day == changed.c.day))
        .outerjoin(incoming, now)
    )
    kept = ("numerator", "denominator", "n", "sketch")
    old = (reading.c[each].label(f"old_{each}") for each in kept)
    new = (incoming.c[each].label(f"new_{each}") for each in kept)
    found = (
        select(
            series.c.touchpoint,
            series.c.metric,
            reading.c.day,
            *old,
            *new,
            literal(reason).label("reason"),
        )
        .select_from(both)
        .where(series.c.dimension == "", is_settled)
    )
    conn.execute(insert(restatement).from_select(found.selected_columns.keys(), found))


def _put_in_place(conn: Connection) -> None:
    where = select(changed.c.series, changed.c.day)
    conn.execute(delete(reading).where(tuple_(reading.c.series, reading.c.day).in_(where)))
    columns = incoming.c.keys()
    same = and_(changed.c.series == incoming.c.series, changed.c.day == incoming.c.day)
    new = select(*incoming.c, literal("")).select_from(incoming.join(changed, same))
    conn.execute(insert(reading).from_select([*columns, "period"], new))


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
