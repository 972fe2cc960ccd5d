"""Benchmark rows as columns: kept and compared by the ten thousand, without an object for each.

What a row says is two texts and five numbers. The store joins the texts of what counts now, Arrow
those of a file, so that both sides can be held against each other at once.
"""

import hashlib
from collections.abc import Collection, Sequence
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import ColumnElement, Connection, Date, Join, Text, cast, func, join, select

from callboard.storage.benchmark_rows import NATURAL_KEY
from callboard.storage.benchmark_tables import benchmark, benchmark_current

# The text "" says nothing; a number or a day that is not there is null.
SEPARATOR = "\x1f"
NUMBERS = ("value", "per", "numerator", "denominator", "sample_size")
_DAYS = tuple(column.name for column in benchmark.c if isinstance(column.type, Date))
_OURS = frozenset({"id", "submission_id", "natural_key", "row"})
SAYS = tuple(column.name for column in benchmark.c if column.name not in _OURS)
REST = tuple(name for name in SAYS if name not in (*NATURAL_KEY, *NUMBERS))
TYPES = {name: pa.string() for name in SAYS} | {name: pa.float64() for name in NUMBERS}
TYPES |= {name: pa.date32() for name in _DAYS} | {"sample_size": pa.int64(), "row": pa.int64()}
APART = ("metric", "source_name", "publisher", "touchpoint", "unit")
_IDS = ("id", "submission_id")
_BATCH = 5_000


def with_sayings(rows: "pa.Table") -> "pa.Table":
    """Return the rows of a file (a column for each of `TYPES`) with the texts `key` and `rest`."""
    if "key" in rows.column_names:
        return rows
    return rows.append_column("key", join_columns(rows, NATURAL_KEY)).append_column(
        "rest", join_columns(rows, REST)
    )


def join_columns(rows: "pa.Table", names: Collection[str]) -> "pa.ChunkedArray":
    """Return what some columns say in each row, as one text."""
    if not rows.num_rows:
        return pa.chunked_array([], type=pa.string())
    parts = [_as_words(rows[name]) for name in names]
    if all(isinstance(part, pa.Scalar) for part in parts):
        parts[0] = pa.repeat(parts[0], rows.num_rows)
    joined = pc.binary_join_element_wise(*parts, SEPARATOR)
    return joined if isinstance(joined, pa.ChunkedArray) else pa.chunked_array([joined])


def _as_words(column: "pa.ChunkedArray") -> Any:
    """A column as text, a word made once however often it stands there."""
    if says_nothing(column):
        return pa.scalar("")
    if pa.types.is_string(column.type):
        return column
    encoded = column.combine_chunks().dictionary_encode()
    return pc.fill_null(encoded.dictionary.cast(pa.string()).take(encoded.indices), "")


def says_nothing(column: "pa.ChunkedArray") -> bool:
    """Whether a column is null, or an empty text, in every row."""
    if column.null_count == len(column):
        return True
    if not pa.types.is_string(column.type) or column.null_count:
        return False
    return not pc.max(pc.binary_length(column)).as_py()


def hash_keys(keys: "pa.ChunkedArray") -> list[str]:
    """Return the natural keys as they are stored, from their texts."""
    return [hashlib.sha256(each).hexdigest() for each in keys.cast(pa.binary()).to_pylist()]


def with_keys(rows: "pa.Table") -> "pa.Table":
    """Return rows with their sayings as they are stored: with `natural_key`, and in its order.

    Neighbours in the index come together then.
    """
    keys = pa.array(hash_keys(rows["key"]), type=pa.string())
    return rows.append_column("natural_key", keys).sort_by("natural_key")


def digest_of(rows: "pa.Table") -> str:
    """Return a hash of what rows with their sayings say, whatever their order and their lines."""
    told = join_columns(rows, ("key", "rest", *NUMBERS))
    whole = hashlib.sha256()
    for each in told.take(pc.sort_indices(told)).cast(pa.binary()).to_pylist():
        whole.update(each + b"\n")
    return whole.hexdigest()


def read_current_columns(conn: Connection, *, metrics: Collection[str] | None = None) -> "pa.Table":
    """What counts now of some metrics, or of all: ids, `key`, `NUMBERS`, `rest` and `APART`.

    A row costs as much as it has cells, so that its words come as two texts, and are parted here.
    """
    columns = [benchmark.c[name] for name in (*_IDS, *NUMBERS)]
    texts = [_joined(names, conn.dialect.name) for names in (NATURAL_KEY, REST)]
    chosen = select(*columns, *texts).select_from(_counting())
    if metrics is not None:
        chosen = chosen.where(benchmark.c.metric.in_(sorted(metrics)))
    cursor: Any = conn.execute(chosen).cursor  # no object for each row
    table = pa.concat_tables(
        [_table([]), *map(_table, iter(partial(cursor.fetchmany, _BATCH), []))]
    )
    for whole, names in (("key", NATURAL_KEY), ("rest", REST)):
        parts = pc.list_flatten(pc.split_pattern(table[whole], SEPARATOR)).combine_chunks()
        for name in APART:
            if name in names:
                places = np.arange(names.index(name), len(parts), len(names))
                table = table.append_column(name, parts.take(pa.array(places)))
    return table


def _table(rows: Sequence[tuple[object, ...]]) -> "pa.Table":
    """In batches, so that Python does not look through all that is there for what is not."""
    names = (*_IDS, *NUMBERS, "key", "rest")
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    pairs = zip(names, columns, strict=True)
    return pa.table({name: pa.array(cells, type=_type_of(name)) for name, cells in pairs})


def _type_of(name: str) -> "pa.DataType":
    return pa.int64() if name in _IDS else TYPES.get(name, pa.string())


def _joined(names: Collection[str], dialect: str) -> ColumnElement[str]:
    """In one step: a chain of joins would copy the text once for each part."""
    parts = [_as_text(name, dialect) for name in names]
    if dialect == "postgresql":
        return func.concat_ws(SEPARATOR, *parts)
    return func.printf(SEPARATOR.join(["%s"] * len(parts)), *parts)


def _as_text(name: str, dialect: str) -> ColumnElement[str]:
    column = benchmark.c[name]
    if name not in _DAYS:
        return column
    is_told = dialect == "postgresql"  # whose days are told as the server is set
    text = func.to_char(column, "YYYY-MM-DD") if is_told else cast(column, Text)
    return func.coalesce(text, "")


def read_spellings(conn: Connection, names: Collection[str]) -> dict[str, set[str]]:
    """The words that count now in some columns of text."""
    return {name: _spellings(conn, benchmark.c[name]) for name in names}


def _spellings(conn: Connection, column: ColumnElement[str]) -> set[str]:
    """One column at a time: together they may differ in every row."""
    cursor: Any = conn.execute(select(column).distinct().select_from(_counting())).cursor
    return {word for (word,) in cursor.fetchall()}


def read_levels(conn: Connection, *, unit: str) -> dict[str, float]:
    """The lowest value that counts now of each metric, among those in a unit."""
    lowest = select(benchmark.c.metric, func.min(benchmark.c.value)).select_from(_counting())
    chosen = lowest.where(benchmark.c.unit == unit).group_by(benchmark.c.metric)
    return {row[0]: row[1] for row in conn.execute(chosen)}


def _counting() -> Join:
    return join(benchmark, benchmark_current, benchmark_current.c.benchmark_id == benchmark.c.id)
