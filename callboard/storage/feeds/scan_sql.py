"""Groups a feed's rows in one scan and puts the groups together for each dimension, per dialect."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, CompoundSelect, Select

from callboard.storage.feeds.metric_sql import join_texts
from callboard.storage.feeds.table import FeedTable, Value

Where = ColumnElement[bool] | None
Statement = Select[Any] | CompoundSelect[Any]


class Merge(StrEnum):
    """How two values of an aggregate become one."""

    SUM = "sum"
    MAX = "max"
    JOIN = "join"


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate:
    """A named aggregate: a sum of some metrics, or evidence, which is needed once only.

    Where it counts the rows that have a value of a dimension, `dimension` is the place of that.
    """

    name: str
    value: Value
    merge: Merge = Merge.SUM
    is_evidence: bool = False
    dimension: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What rows are grouped by; `broken` are numbers whose bits say which checks a row breaks."""

    day: Value
    touchpoint: Value
    dimensions: tuple[Value, ...]
    broken: tuple[Value, ...]

    @property
    def names(self) -> list[str]:
        """The names of the keys in a statement; the day is first, because rows come by time."""
        dimensions = (f"dimension_{i}" for i in range(len(self.dimensions)))
        broken = (f"broken_{i}" for i in range(len(self.broken)))
        return ["day", "touchpoint", *dimensions, *broken]

    def labelled(self) -> list[Any]:
        """The keys under their names."""
        values = (self.day, self.touchpoint, *self.dimensions, *self.broken)
        return [value.label(name) for value, name in zip(values, self.names, strict=True)]


Measured = Callable[[FeedTable], Sequence[Aggregate]]


def group_rows(table: FeedTable, keys: Keys, measured: Measured, where: Where) -> Statement:
    """A SELECT of rows `arm, day, touchpoint, segment, broken…, n, aggregates…`.

    Arm i is dimension i, its segments as they stand; without dimensions there is one arm without
    segments. Evidence is to be taken from arm 0 alone.
    """
    rows = _rows_with_keys(table, keys, where)
    aggregates = measured(rows)
    if len(keys.dimensions) < 2:
        return _one_arm(rows, keys, aggregates)
    if table.is_sqlite:
        return _by_cells(rows, keys, aggregates)
    return _by_grouping_sets(rows, keys, aggregates)


def _rows_with_keys(table: FeedTable, keys: Keys, where: Where) -> FeedTable:
    """The rows with their keys beside them.

    SQLite takes this apart again; on PostgreSQL, OFFSET keeps it, so that grouping by several
    dimensions computes each key once.
    """
    columns = [value.label(f"c_{name}") for name, value in table.values.items()]
    columns += [raw.label(f"raw_{name}") for name, raw in table.raw.items() if table.is_odd(name)]
    chosen = sa.select(*keys.labelled(), *columns).select_from(table.source)
    if where is not None:
        chosen = chosen.where(where)
    if not table.is_sqlite and len(keys.dimensions) > 1:
        chosen = chosen.offset(0)
    rows = chosen.subquery("event")
    values = {name: rows.c[f"c_{name}"] for name in table.values}
    raw = {name: rows.c[f"raw_{name}"] if table.is_odd(name) else values[name] for name in values}
    return replace(table, source=rows, values=values, raw=raw)


def _one_arm(rows: FeedTable, keys: Keys, aggregates: Sequence[Aggregate]) -> Statement:
    by = [rows.source.c[name] for name in keys.names]
    segment = by[2] if keys.dimensions else sa.cast(sa.null(), sa.Text)
    return (
        sa.select(
            sa.literal(0, sa.Integer).label("arm"),
            *by[:2],
            segment.label("segment"),
            *by[2 + len(keys.dimensions) :],
            sa.func.count().label("n"),
            *(each.value.label(each.name) for each in aggregates),
        )
        .select_from(rows.source)
        .group_by(*by)
    )


def _by_cells(rows: FeedTable, keys: Keys, aggregates: Sequence[Aggregate]) -> Statement:
    """SQLite: group by all dimensions at once, then the fewer groups by each of them."""
    by = [rows.source.c[name] for name in keys.names]
    cells = (
        sa.select(
            *by,
            sa.func.count().label("n"),
            *(each.value.label(each.name) for each in aggregates if each.dimension is None),
        )
        .select_from(rows.source)
        .group_by(*by)
        .cte("cells")
        .prefix_with("MATERIALIZED")
    )
    arms = (_arm(rows, cells, arm, keys, aggregates) for arm in range(len(keys.dimensions)))
    return sa.union_all(*arms)


def _arm(
    rows: FeedTable, cells: sa.CTE, arm: int, keys: Keys, aggregates: Sequence[Aggregate]
) -> sa.Select[Any]:
    segment = cells.c[f"dimension_{arm}"]
    broken = [cells.c[name] for name in keys.names[2 + len(keys.dimensions) :]]
    return sa.select(
        sa.literal(arm, sa.Integer).label("arm"),
        cells.c.day,
        cells.c.touchpoint,
        segment.label("segment"),
        *broken,
        sa.func.sum(cells.c.n).label("n"),
        *(
            sa.null().label(each.name)
            if each.is_evidence and arm > 0
            else _of_cells(rows, cells, each).label(each.name)
            for each in aggregates
        ),
    ).group_by(cells.c.day, cells.c.touchpoint, segment, *broken)


def _of_cells(rows: FeedTable, cells: sa.CTE, aggregate: Aggregate) -> Value:
    """An aggregate over cells; each says as a whole whether a dimension has a value."""
    if aggregate.dimension is None:
        return _merged(rows, cells.c[aggregate.name], aggregate.merge)
    is_there = cells.c[f"dimension_{aggregate.dimension}"].is_not(None)
    return sa.func.sum(sa.case((is_there, cells.c.n), else_=0))


def _merged(table: FeedTable, value: Value, merge: Merge) -> Value:
    match merge:
        case Merge.SUM:
            return sa.func.sum(value)
        case Merge.MAX:
            return sa.func.max(value)
        case Merge.JOIN:
            return join_texts(table, value)


def _by_grouping_sets(rows: FeedTable, keys: Keys, aggregates: Sequence[Aggregate]) -> Statement:
    """PostgreSQL: a hash table for each dimension, all of them filled in the same scan."""
    by = rows.source.c
    dimensions = [by[f"dimension_{i}"] for i in range(len(keys.dimensions))]
    broken = [by[name] for name in keys.names[2 + len(dimensions) :]]
    sets = [sa.tuple_(by.day, by.touchpoint, each, *broken) for each in dimensions]
    left_out = sa.func.grouping(*dimensions)  # a bit for each dimension that a row is not of
    everything = 2 ** len(dimensions) - 1
    arm = sa.case(
        {everything - 2 ** (len(dimensions) - 1 - i): i for i in range(len(dimensions))},
        value=left_out,
    )
    return (
        sa.select(
            arm.label("arm"),
            by.day,
            by.touchpoint,
            sa.func.coalesce(*dimensions).label("segment"),
            *broken,
            sa.func.count().label("n"),
            *(each.value.label(each.name) for each in aggregates),
        )
        .select_from(rows.source)
        .group_by(sa.func.grouping_sets(*sets))
    )
