"""Rows that are no rows of the table: too short, too long, totals below it."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from data_contracts.model import Contract, Reason
from data_contracts.parsing.cells import Issue, Trouble
from data_contracts.parsing.headers import Mapping, plain
from data_contracts.parsing.table import TextTable

_TOTALS = frozenset(
    ("total", "totals", "grand_total", "subtotal", "sub_total", "sum", "overall", "overall_total")
)


def structure_issues(table: TextTable, headers: Mapping, contract: Contract) -> Iterator[Issue]:
    """Yield one issue for every row that is not shaped like a row of the table."""
    required = [headers.columns[each.name] for each in contract.columns if each.required]
    yield from _totals(table, required)
    yield from _ragged(table)
    yield from _unnamed(table)


def _totals(table: TextTable, required: list[int]) -> Iterator[Issue]:
    """A total names itself in its first cell and leaves out what a value needs."""
    first = table.cells[0]
    words = {word for word in first.unique() if plain(str(word)) in _TOTALS}
    if not words:
        return
    blank = np.zeros(len(first), dtype=np.bool_)
    for position in required:
        blank |= np.asarray(table.cells[position].str.strip() == "", dtype=np.bool_)
    trouble = Trouble(reason=Reason.TOTAL_ROW, expected="single values, no totals")
    for at in np.flatnonzero(first.isin(words).to_numpy() & blank):
        yield Issue(position=int(at), column="", found=str(first.iloc[at]), trouble=trouble)


def _ragged(table: TextTable) -> Iterator[Issue]:
    width = len(table.headers)
    trouble = Trouble(
        reason=Reason.RAGGED,
        expected=f"{width} cells, as the header has",
        suggestion="A cell that contains the delimiter needs quotes.",
    )
    odd: NDArray[np.bool_] = np.isin(table.lines, [*table.short, *table.surplus])
    for at in np.flatnonzero(odd):
        line = int(table.lines[at])
        more = len(table.surplus.get(line, ()))
        found = f"{width + more} cells" if more else f"fewer than {width} cells"
        yield Issue(position=int(at), column="", found=found, trouble=trouble)


def _unnamed(table: TextTable) -> Iterator[Issue]:
    trouble = Trouble(
        reason=Reason.RAGGED,
        expected="no value in a column without a name",
        suggestion="Name the column, or empty it.",
    )
    for position, header in enumerate(table.headers):
        if header.strip("\ufeff \t"):
            continue
        filled = np.asarray(table.cells[position].str.strip() != "", dtype=np.bool_)
        for at in np.flatnonzero(filled):
            found = str(table.cells[position].iloc[at])
            yield Issue(position=int(at), column="", found=found, trouble=trouble)
