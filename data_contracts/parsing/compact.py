"""The cells of a long file in little room: words that repeat are kept once."""

from dataclasses import replace

import pandas as pd
import pyarrow as pa

from data_contracts.parsing.distinct import encode
from data_contracts.parsing.table import TextTable

_FEW_ROWS = 20_000
_REPEATS = 4  # a column is coded where each of its words stands so often, on average


def compact(table: TextTable) -> TextTable:
    """Return the same table with categorical columns where their words repeat."""
    if len(table.lines) < _FEW_ROWS:
        return table
    columns = {name: _coded(table.cells[name]) for name in table.cells.columns}
    return replace(table, cells=pd.DataFrame(columns, copy=False))


def give_back() -> None:
    """Give memory that nothing uses any more back to the machine."""
    pa.default_memory_pool().release_unused()


def _coded(cells: "pd.Series[str]") -> "pd.Series[str]":
    if isinstance(cells.dtype, pd.CategoricalDtype):
        return cells
    distinct, codes = encode(cells)
    if len(distinct) * _REPEATS > len(codes):
        return cells
    kind = pd.CategoricalDtype(pd.Index(distinct.arrow.to_pandas(), dtype="str"))
    return pd.Series(pd.Categorical.from_codes(codes, dtype=kind, validate=False))
