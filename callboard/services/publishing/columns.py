"""The accepted rows of a file as columns, one for each thing that a benchmark can say."""

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from callboard.storage.benchmark_columns import SAYS, TYPES, with_sayings
from callboard.storage.benchmark_rows import BenchmarkRow


def columns_of(frame: pd.DataFrame) -> "pa.Table":
    """Return the rows of a report with what each says as the texts `key` and `rest`."""
    names = (*SAYS, "row")
    return with_sayings(pa.table({name: _column(frame, name) for name in names}))


def _column(frame: pd.DataFrame, name: str) -> "pa.ChunkedArray":
    kind, is_text = TYPES[name], TYPES[name] == pa.string()
    if name not in frame.columns:
        nothing = pa.scalar("" if is_text else None, type=kind)
        return pa.chunked_array([pa.repeat(nothing, len(frame))])
    found = pa.array(frame[name], from_pandas=True)
    column = found if isinstance(found, pa.ChunkedArray) else pa.chunked_array([found])
    if pa.types.is_null(column.type) or column.type != kind:
        column = column.cast(kind)
    return pc.fill_null(column, "") if is_text else column


def rows_at(rows: "pa.Table", positions: list[int]) -> list[BenchmarkRow]:
    """Return some of the rows as they will be kept."""
    chosen = rows.select((*SAYS, "row")).take(pa.array(positions, type=pa.int64()))
    return [BenchmarkRow(**each) for each in chosen.to_pylist()]
