"""Figures that changed after they were shown: what they were, what they are, why, since when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, and_, false, func, insert, literal, or_, select

from callboard.storage.staging import changed, incoming
from callboard.storage.tables import reading, restatement, series

USUALLY_LATE = timedelta(days=3)  # as in a contract that does not say how late rows may come
_KEPT = ("numerator", "denominator", "n", "sketch")
_COLUMNS = (
    *("touchpoint", "metric", "day"),
    *(f"{when}_{name}" for when in ("old", "new") for name in _KEPT),
    "reason",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Restatement:
    """One day of a metric at a touchpoint whose parts changed in `publication`.

    The new parts are None where the day has no reading any more.
    """

    touchpoint: str
    metric: str
    day: date
    old_numerator: float | None
    old_denominator: float | None
    old_n: int | None
    old_sketch: str | None
    new_numerator: float | None
    new_denominator: float | None
    new_n: int | None
    new_sketch: str | None
    reason: str
    publication: int | None


def read_restatements(
    conn: Connection, *, metric: str, touchpoint: str, limit: int = 100
) -> tuple[Restatement, ...]:
    """The restated days of a metric at a touchpoint, the latest restated first."""
    columns = (*(restatement.c[name] for name in _COLUMNS), restatement.c.publication)
    chosen = select(*columns).where(
        restatement.c.metric == metric, restatement.c.touchpoint == touchpoint
    )
    ordered = chosen.order_by(restatement.c.id.desc()).limit(limit)
    return tuple(Restatement(**row._mapping) for row in conn.execute(ordered))


def settled_days(conn: Connection, metrics: Sequence[str]) -> dict[str, date]:
    """For each metric with readings, the first day on which late rows are still to be expected."""
    newest = select(func.max(reading.c.day)).where(reading.c.series == series.c.id)
    of_whole = select(series.c.metric, newest.scalar_subquery()).where(
        series.c.metric.in_(metrics), series.c.dimension == ""
    )
    found: dict[str, date] = {}
    for metric, day in conn.execute(of_whole):
        if day is not None:
            found[metric] = max(day - USUALLY_LATE, found.get(metric, date.min))
    return found


def keep_restatements(conn: Connection, settled: Mapping[str, date], reason: str) -> None:
    """Keep what the staged changes replace on settled days; to be called before they take place."""
    same = and_(reading.c.series == changed.c.series, reading.c.day == changed.c.day)
    now = and_(incoming.c.series == reading.c.series, incoming.c.day == reading.c.day)
    sides = [side.c[name] for side in (reading, incoming) for name in _KEPT]
    names = (series.c.touchpoint, series.c.metric, reading.c.day)
    found = (
        select(*names, *sides, literal(reason))
        .select_from(changed)
        .join(series, series.c.id == changed.c.series)
        .join(reading, same)
        .outerjoin(incoming, now)
        .where(series.c.dimension == "", _is_settled(settled))
    )
    conn.execute(insert(restatement).from_select(_COLUMNS, found))


def _is_settled(settled: Mapping[str, date]) -> ColumnElement[bool]:
    each = (and_(series.c.metric == code, reading.c.day < day) for code, day in settled.items())
    return or_(false(), *each)
