"""Week and month roll-ups: the sums of the daily readings, rebuilt where a day has changed."""

import numpy as np
import orjson
from sqlalchemy import (
    BigInteger,
    Connection,
    Date,
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

from callboard.storage.staging import ROLLED_UP, calendar, changed, touched
from callboard.storage.tables import reading, rollup
from metrics.model import Grain

_PLACE = ("grain", "series", "start")
_BETWEEN = "\n"  # stands in no sketch
_ZEROS = str(2**40)  # no bucket has this number
_BLANKED = str.maketrans(dict.fromkeys('{}":,b\n', " "))


def rebuild_rollups(conn: Connection) -> None:
    """Sum up again every week and month of every series that the staged changes touch."""
    for grain in ROLLED_UP:
        _find_touched(conn, grain)
    places = select(*(touched.c[name] for name in _PLACE))
    conn.execute(delete(rollup).where(tuple_(*(rollup.c[name] for name in _PLACE)).in_(places)))
    _sum_up(conn)
    _merge_sketches(conn)


def _find_touched(conn: Connection, grain: Grain) -> None:
    start, finish = calendar.c[grain.value], calendar.c[f"{grain.value}_end"]
    periods = (
        select(literal(grain.value), changed.c.series, start, finish)
        .join(calendar, calendar.c.day == changed.c.day)
        .distinct()
    )
    conn.execute(insert(touched).from_select(touched.c.keys(), periods))


def _sum_up(conn: Connection) -> None:
    """A day without any part is left out; the texts of sketches are only put one after another."""
    sums = (
        select(
            *(touched.c[name] for name in _PLACE),
            func.sum(reading.c.numerator).label("numerator"),
            func.sum(reading.c.denominator).label("denominator"),
            cast(func.sum(reading.c.n), BigInteger).label("n"),
            func.sum(reading.c.sumsq).label("sumsq"),
            func.aggregate_strings(reading.c.sketch, _BETWEEN).label("sketch"),
            func.count().label("days"),
            func.max(reading.c.day, type_=Date).label("latest"),
        )
        .join(reading, reading.c.series == touched.c.series)
        .where(reading.c.day.between(touched.c.start, touched.c.finish))
        .where(or_(reading.c.numerator.is_not(None), reading.c.sketch.is_not(None)))
        .group_by(*(touched.c[name] for name in _PLACE))
        .subquery()
    )
    columns = [column for column in sums.c if column.name != "latest"]
    latest = and_(reading.c.series == sums.c.series, reading.c.day == sums.c.latest)
    rows = select(*columns, reading.c.numerator).join(reading, latest)
    names = [*(column.name for column in columns), "last"]
    conn.execute(insert(rollup).from_select(names, rows))


def _merge_sketches(conn: Connection) -> None:
    same = and_(*(rollup.c[name] == touched.c[name] for name in _PLACE))
    columns = (*(rollup.c[name] for name in _PLACE), rollup.c.sketch)
    found = select(*columns).join(touched, same).where(rollup.c.sketch.is_not(None))
    merged = [
        {"of_grain": grain, "of_series": number, "of_start": start, "merged": _merge(texts)}
        for grain, number, start, texts in conn.execute(found)
    ]
    if merged:
        there = (rollup.c[name] == bindparam(f"of_{name}") for name in _PLACE)
        conn.execute(rollup.update().where(*there).values(sketch=bindparam("merged")), merged)


def _merge(texts: str) -> str:
    """`merge_sketches` on the texts themselves, ten times as fast: a rebuild has many thousands.

    With its punctuation blanked out, a sketch is nothing but pairs of a bucket and its count; the
    zeros become a bucket of their own.
    """
    told = texts.replace("z", _ZEROS).translate(_BLANKED)
    pairs = np.fromstring(told, dtype=np.int64, sep=" ").reshape(-1, 2)
    buckets, counts = pairs[:, 0], pairs[:, 1]
    is_zeros = buckets == int(_ZEROS)
    zeros = int(counts[is_zeros].sum())
    buckets, counts = buckets[~is_zeros], counts[~is_zeros]
    lowest = int(buckets.min(initial=0))
    sums = np.bincount(buckets - lowest, weights=counts).astype(np.int64)
    (filled,) = np.nonzero(sums)
    merged = dict(zip((filled + lowest).tolist(), sums[filled].tolist(), strict=True))
    return orjson.dumps({"z": zeros, "b": merged}, option=orjson.OPT_NON_STR_KEYS).decode()
