"""The rows of a file as they came, written down when somebody asks for one."""

import json
from collections.abc import Iterator, Mapping

import numpy as np

from data_contracts.parsing.cells import Positions
from data_contracts.parsing.limits import CELL
from data_contracts.parsing.table import TextTable

_AT_ONCE = 1024


class RawRows(Mapping[int, str]):
    """Some rows as JSON by their line: each header with its cell, one without name by its number.

    Rows that follow each other are written together, so going through all of them is fast. Of rows
    that stand on one line, as a wide file gives them, the first is told.
    """

    def __init__(self, table: TextTable, positions: Positions) -> None:
        lines = table.lines[positions]
        self._lines, first = np.unique(lines, return_index=True)
        self._positions = positions[first]
        self._table = table if len(positions) else None
        self._written: tuple[int, list[str]] = (-1, [])  # together: several threads may ask

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[int]:
        return iter(self._lines.tolist())

    def __getitem__(self, line: int) -> str:
        at = int(np.searchsorted(self._lines, line))
        if at == len(self._lines) or self._lines[at] != line:
            raise KeyError(line)
        block, place = divmod(at, _AT_ONCE)
        written = self._written
        if written[0] != block:
            self._written = written = (block, self._write(block * _AT_ONCE))
        return written[1][place]

    def _write(self, start: int) -> list[str]:
        assert self._table is not None
        table, positions = self._table, self._positions[start : start + _AT_ONCE]
        width = max((len(cells) for cells in table.surplus.values()), default=0)
        names = [
            header.strip() or f"#{at + 1}"
            for at, header in enumerate((*table.headers, *[""] * width))
        ]
        return [
            json.dumps(
                {name: cell[:CELL] for name, cell in zip(names, cells, strict=False)},
                ensure_ascii=False,
            )
            for cells in table.raws(positions)
        ]
