"""Week and month roll-ups: the sums of the daily readings, rebuilt where a day has changed."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import (
    BigInteger,
    Connection,
    Date,
    Select,
    Subquery,
    and_,
    bindparam,
    cast,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    tuple_,
)

from callboard.storage.staging import changed
from callboard.storage.tables import reading, rollup
from metrics.model import Grain
from metrics.sketch import Sketch, merge_sketches, read_sketch

_GRAINS = (Grain.WEEK, Grain.MONTH)


def rebuild_rollups(conn: Connection) -> None:
    """Sum up again every week and month of every series that the staged changes touch."""
    for grain in _GRAINS:
        touched = select(changed.c.series, changed.c[grain.value]).distinct()
        there = tuple_(rollup.c.series, rollup.c.start).in_(touched)
        conn.execute(delete(rollup).where(rollup.c.grain == grain.value, there))
        _sum_up(conn, grain, touched)
        _merge_sketches(conn, grain, touched)


def _sum_up(conn: Connection, grain: Grain, touched: Select[tuple[int, date]]) -> None:
    sums = _sums(grain, touched)
    latest = and_(reading.c.series == sums.c.series, reading.c.day == sums.c.latest)
    columns = [column.name for column in sums.c if column.name != "latest"]
    rows = select(
        *(sums.c[name] for name in columns), literal(grain.value), reading.c.numerator
    ).select_from(sums.join(reading, latest))
    conn.execute(insert(rollup).from_select([*columns, "grain", "last"], rows))


def _sums(grain: Grain, touched: Select[tuple[int, date]]) -> Subquery:
    start = reading.c[grain.value]
    return (
        select(
            reading.c.series,
            start.label("start"),
            func.sum(reading.c.numerator).label("numerator"),
            func.sum(reading.c.denominator).label("denominator"),
            cast(func.sum(reading.c.n), BigInteger).label("n"),
            func.sum(reading.c.sumsq).label("sumsq"),
            func.count().label("days"),
            func.max(reading.c.day, type_=Date).label("latest"),
        )
        .where(
            tuple_(reading.c.series, start).in_(touched),
            or_(reading.c.numerator.is_not(None), reading.c.sketch.is_not(None)),
        )
        .group_by(reading.c.series, start)
        .subquery()
    )


def _merge_sketches(conn: Connection, grain: Grain, touched: Select[tuple[int, date]]) -> None:
    start = reading.c[grain.value]
    daily = select(reading.c.series, start, reading.c.sketch).where(
        tuple_(reading.c.series, start).in_(touched), reading.c.sketch.is_not(None)
    )
    found: dict[tuple[int, date], list[Sketch]] = defaultdict(list)
    for number, first, text in conn.execute(daily):
        found[number, first].append(read_sketch(text))
    merged = [
        {"of": number, "at": first, "text": merge_sketches(sketches).to_json()}
        for (number, first), sketches in found.items()
    ]
    _write_sketches(conn, grain, merged)


def _write_sketches(conn: Connection, grain: Grain, merged: Sequence[dict[str, object]]) -> None:
    if not merged:
        return
    change = (
        rollup.update()
        .where(rollup.c.grain == grain.value)
        .where(rollup.c.series == bindparam("of"), rollup.c.start == bindparam("at"))
        .values(sketch=bindparam("text"))
    )
    conn.execute(change, merged)
