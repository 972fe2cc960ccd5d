"""The accepted rows of a file as columns, one for each thing that a benchmark can say."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from callboard.storage.benchmark_columns import SAYS, TYPES, says_nothing
from callboard.storage.benchmark_rows import BenchmarkRow

Codes = NDArray[np.int64]


def columns_of(frame: pd.DataFrame) -> "pa.Table":
    """Return the rows of a report, each thing in a column of its type."""
    nothing = _Nothing(len(frame))
    return pa.table({name: _column(frame, name, nothing) for name in (*SAYS, "row")})


class _Nothing:
    """Columns that say nothing, made once for all that do not."""

    def __init__(self, rows: int) -> None:
        self._rows = rows
        self._made: dict[str, pa.ChunkedArray] = {}

    def of(self, kind: "pa.DataType") -> "pa.ChunkedArray":
        if str(kind) not in self._made:
            word = pa.scalar("" if kind == pa.string() else None, type=kind)
            self._made[str(kind)] = pa.chunked_array([pa.repeat(word, self._rows)])
        return self._made[str(kind)]


def _column(frame: pd.DataFrame, name: str, nothing: _Nothing) -> "pa.ChunkedArray":
    kind = TYPES[name]
    if name not in frame.columns or not len(frame):
        return nothing.of(kind)
    found = pa.array(frame[name], from_pandas=True)
    column = found if isinstance(found, pa.ChunkedArray) else pa.chunked_array([found])
    if column.null_count == len(column):
        return nothing.of(kind)
    column = column if column.type == kind else column.cast(kind)
    return pc.fill_null(column, "") if kind == pa.string() and column.null_count else column


def rows_at(rows: "pa.Table", positions: list[int]) -> list[BenchmarkRow]:
    """Return some of the rows as they will be kept."""
    chosen = rows.select((*SAYS, "row")).take(pa.array(positions, type=pa.int64()))
    return [BenchmarkRow(**each) for each in chosen.to_pylist()]


def distinct(rows: "pa.Table", names: tuple[str, ...]) -> tuple[Codes, Codes]:
    """Return a number for each row, shared by those alike in some columns; the first row of each.

    The numbers count up from 0 in the order of those first rows.
    """
    codes = np.zeros(rows.num_rows, dtype=np.int64)
    for name in names:
        if says_nothing(rows[name]):
            continue
        encoded = rows[name].combine_chunks().dictionary_encode(null_encoding="encode")
        if len(encoded.dictionary) > 1:
            mixed = codes * len(encoded.dictionary) + np.asarray(encoded.indices)
            codes = np.asarray(pd.factorize(mixed)[0], dtype=np.int64)
    first = np.full(int(codes.max()) + 1 if codes.size else 0, -1, dtype=np.int64)
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    return codes, first
