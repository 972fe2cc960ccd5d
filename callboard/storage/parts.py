"""The two sides of a metric that is fed by two feeds, kept apart until both are there."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Literal, NamedTuple

from sqlalchemy import Connection, delete, select

from callboard.storage.held_days import HeldDays
from callboard.storage.staging import fill
from callboard.storage.tables import part as table
from data_contracts.evidence import Held

Side = Literal["numerator", "denominator"]


class PartRow(NamedTuple):
    """One side of a metric on one local day; `n` is how many rows of the feed stand behind it."""

    touchpoint: str
    dimension: str
    segment: str
    day: date
    amount: float | None
    n: int


def replace_parts(
    conn: Connection,
    *,
    metric: str,
    part: Side,
    days: Sequence[date],
    rows: Iterable[PartRow],
    held: Collection[Held] = (),
) -> None:
    """Make `rows` all there is of this side of `metric` on `days`, but for what is `held`."""
    ours = delete(table).where(table.c.metric == metric, table.c.part == part)
    holds = HeldDays(held, days)
    conn.execute(ours.where(table.c.day.in_([day for day in days if day not in holds.days])))
    for day in holds.days:
        places = holds.touchpoints(day, metric)
        if "" not in places:
            conn.execute(ours.where(table.c.day == day, table.c.touchpoint.not_in(places)))
    free = (row for row in rows if row.day not in holds.of(row.touchpoint, metric))
    fill(conn, table, ((metric, part, *_record(row)) for row in free))


def _record(row: PartRow) -> tuple[object, ...]:
    day = row.day.isoformat()
    return day, row.touchpoint, row.dimension, row.segment, row.amount, row.n


def read_parts(
    conn: Connection, *, metric: str, days: Sequence[date]
) -> dict[Side, tuple[PartRow, ...]]:
    """Both sides of `metric` on `days`, by day and touchpoint; an empty side has no rows."""
    columns = (table.c[name] for name in PartRow._fields)
    chosen = select(table.c.part, *columns).where(table.c.metric == metric)
    ordered = chosen.where(table.c.day.in_(list(days))).order_by(*table.primary_key.columns)
    found: dict[Side, list[PartRow]] = {"numerator": [], "denominator": []}
    for side, *values in conn.execute(ordered):
        found[side].append(PartRow(*values))
    return {side: tuple(rows) for side, rows in found.items()}
