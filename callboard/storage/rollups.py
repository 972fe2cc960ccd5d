"""Week and month roll-ups: the sums of the daily readings, rebuilt where a day has changed."""

from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter

import numpy as np
import orjson
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Date,
    FromClause,
    and_,
    cast,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    tuple_,
)

from callboard.storage.staging import ROLLED_UP, calendar, changed, fill, merged, touched
from callboard.storage.tables import reading, rollup
from metrics.model import Grain

_PLACE = ("grain", "series", "start")
_PLACES_AT_ONCE = 200
_ROWS_AT_ONCE = 5_000
_ZEROS = str(2**40)  # no bucket has this number
_BLANKED = str.maketrans(dict.fromkeys('{}":,b\n', " "))


def rebuild_rollups(conn: Connection, days: FromClause = changed) -> None:
    """Sum up again every week and month of every series that has one of `days`.

    `days` are the staged changes, or all readings of some series; the staged calendar holds them.
    """
    for grain in ROLLED_UP:
        _find_touched(conn, grain, days)
    places = select(*(touched.c[name] for name in _PLACE))
    conn.execute(delete(rollup).where(tuple_(*(rollup.c[name] for name in _PLACE)).in_(places)))
    for grain in ROLLED_UP:
        _merge_sketches(conn, grain)
        _sum_up(conn, grain)


def _find_touched(conn: Connection, grain: Grain, days: FromClause) -> None:
    start, finish = calendar.c[grain.value], calendar.c[f"{grain.value}_end"]
    periods = (
        select(literal(grain.value), days.c.series, start, finish)
        .join(calendar, calendar.c.day == days.c.day)
        .distinct()
    )
    conn.execute(insert(touched).from_select(touched.c.keys(), periods))


def _within(grain: Grain) -> ColumnElement[bool]:
    """Whether a reading is in a touched period: SQLite looks days up, PostgreSQL hashes periods."""
    return and_(
        touched.c.grain == grain.value,
        reading.c.series == touched.c.series,
        reading.c.day.between(touched.c.start, touched.c.finish),
        reading.c[grain.value] == touched.c.start,
    )


def _sum_up(conn: Connection, grain: Grain) -> None:
    """A day without any part is left out."""
    place = [touched.c[name] for name in _PLACE]
    sums = (
        select(
            *place,
            func.sum(reading.c.numerator).label("numerator"),
            func.sum(reading.c.denominator).label("denominator"),
            cast(func.sum(reading.c.n), BigInteger).label("n"),
            func.sum(reading.c.sumsq).label("sumsq"),
            func.count().label("days"),
            func.max(reading.c.day, type_=Date).label("latest"),
        )
        .join(reading, _within(grain))
        .where(or_(reading.c.numerator.is_not(None), reading.c.sketch.is_not(None)))
        .group_by(*place)
        .subquery()
    )
    columns = [column for column in sums.c if column.name != "latest"]
    latest = and_(reading.c.series == sums.c.series, reading.c.day == sums.c.latest)
    same = and_(*(merged.c[name] == sums.c[name] for name in _PLACE))
    rows = select(*columns, merged.c.sketch, reading.c.numerator).select_from(
        sums.join(reading, latest).outerjoin(merged, same)
    )
    names = [*(column.name for column in columns), "sketch", "last"]
    conn.execute(insert(rollup).from_select(names, rows))


def _merge_sketches(conn: Connection, grain: Grain) -> None:
    """Lay the merged sketch of each touched period that has some beside it."""
    place = [touched.c[name] for name in _PLACE]
    found = (
        select(*place, reading.c.sketch)
        .join(reading, _within(grain))
        .where(reading.c.sketch.is_not(None))
        .order_by(*place)
    )
    rows = conn.execute(found.execution_options(yield_per=_ROWS_AT_ONCE))
    by_place = groupby(rows, key=itemgetter(0, 1, 2))
    told = ((*place, [row[3] for row in group]) for place, group in by_place)
    while batch := list(islice(told, _PLACES_AT_ONCE)):
        texts = merge_texts([each[3] for each in batch])
        starts = ((name, series, start.isoformat()) for name, series, start, _ in batch)
        fill(conn, merged, [(*p, t) for p, t in zip(starts, texts, strict=True)])


def merge_texts(groups: Sequence[Sequence[str]]) -> Iterator[str]:
    """`merge_sketches` of each group of sketches, on the texts themselves: a rebuild has many.

    With its punctuation blanked out, a sketch is nothing but pairs of a bucket and its count; the
    zeros become a bucket of their own.
    """
    texts = [text for group in groups for text in group]
    told = "\n".join(texts).replace("z", _ZEROS).translate(_BLANKED)
    pairs = np.fromstring(told, dtype=np.int64, sep=" ").reshape(-1, 2)
    sizes = [text.count(":") - 1 for text in texts]  # only the colon after "b" makes no pair
    of_text = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    of_pair = np.repeat(of_text, sizes)
    is_zeros = pairs[:, 0] == int(_ZEROS)
    zeros = np.bincount(of_pair[is_zeros], weights=pairs[is_zeros, 1], minlength=len(groups))
    return _texts(of_pair[~is_zeros], pairs[~is_zeros], zeros.astype(np.int64).tolist())


def _texts(of_pair: np.ndarray, pairs: np.ndarray, zeros: list[int]) -> Iterator[str]:
    """The text of each group, from its number beside each pair of a bucket and a count."""
    lowest = int(pairs[:, 0].min(initial=0))
    width = int(pairs[:, 0].max(initial=0)) - lowest + 1
    sums = np.bincount(of_pair * width + pairs[:, 0] - lowest, weights=pairs[:, 1])
    (filled,) = np.nonzero(sums)
    ends = np.searchsorted(filled, np.arange(1, len(zeros) + 1) * width).tolist()
    buckets, counts = (filled % width + lowest).tolist(), sums[filled].astype(np.int64).tolist()
    first = 0
    for none, end in zip(zeros, ends, strict=True):
        known = dict(zip(buckets[first:end], counts[first:end], strict=True))
        yield orjson.dumps({"z": none, "b": known}, option=orjson.OPT_NON_STR_KEYS).decode()
        first = end
