"""Rows that are no rows of the table: too short, too long, totals below it."""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from data_contracts.findings import Reason
from data_contracts.model import Contract
from data_contracts.parsing.cells import Entry, Mask, Positions, Trouble, entry_of
from data_contracts.parsing.headers import Mapping, plain
from data_contracts.parsing.table import TextTable

_TOTALS = frozenset(
    ("total", "totals", "grand_total", "subtotal", "sub_total", "sum", "overall", "overall_total")
)


def structure_entries(table: TextTable, headers: Mapping, contract: Contract) -> Iterator[Entry]:
    """Yield the rows that are not shaped like a row of the table, those of one trouble together."""
    required = [headers.columns[each.name] for each in contract.columns if each.required]
    yield from _totals(table, required)
    yield from _ragged(table)
    yield from _unnamed(table)


def _totals(table: TextTable, required: list[int]) -> Iterator[Entry]:
    """A total names itself in its first cell and leaves out what a value needs."""
    first = table.cells[0]
    words = {word for word in first.unique() if plain(str(word)) in _TOTALS}
    if not words:
        return
    blank = np.zeros(len(first), dtype=np.bool_)
    for position in required:
        blank |= ~_is_filled(table, position)
    trouble = Trouble(reason=Reason.TOTAL_ROW, expected="single values, no totals")
    is_total = np.asarray(first.isin(words), dtype=np.bool_) & blank
    yield entry_of(trouble, "", np.flatnonzero(is_total), _cells_of(table, 0))


def _ragged(table: TextTable) -> Iterator[Entry]:
    if not (table.short or table.surplus):
        return
    width = len(table.headers)
    trouble = Trouble(
        reason=Reason.RAGGED,
        expected=f"{width} cells, as the header has",
        suggestion="A cell that contains the delimiter needs quotes.",
    )
    odd: NDArray[np.bool_] = np.isin(table.lines, [*table.short, *table.surplus])

    def found(positions: Positions) -> list[str]:
        more = [len(table.surplus.get(line, ())) for line in table.lines[positions].tolist()]
        return [f"{width + each} cells" if each else f"fewer than {width} cells" for each in more]

    yield entry_of(trouble, "", np.flatnonzero(odd), found)


def _unnamed(table: TextTable) -> Iterator[Entry]:
    trouble = Trouble(
        reason=Reason.RAGGED,
        expected="no value in a column without a name",
        suggestion="Name the column, or empty it.",
    )
    for position, header in enumerate(table.headers):
        if not header.strip("\ufeff \t"):
            filled = np.flatnonzero(_is_filled(table, position))
            yield entry_of(trouble, "", filled, _cells_of(table, position))


def _is_filled(table: TextTable, position: int) -> Mask:
    cells = table.cells[position].astype("str")
    return np.asarray(cells.str.strip() != "", dtype=np.bool_)


def _cells_of(table: TextTable, position: int) -> Callable[[Positions], list[str]]:
    cells = table.cells[position]
    return lambda positions: [str(cell) for cell in cells.iloc[positions].tolist()]
