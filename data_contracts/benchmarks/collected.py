"""The troubles of a file as they are found, and which rows they keep out."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from data_contracts.findings import RowVerdict
from data_contracts.parsing.cells import Entry, Mask


class Collected:
    """`bad` flags the rows that are kept out; `entries` in the order they were found.

    A cell that is in trouble already is not told a second trouble, and a closed row (ragged, or a
    total) none at all.
    """

    def __init__(self, rows: int) -> None:
        self.bad = np.zeros(rows, dtype=np.bool_)
        self.entries: list[Entry] = []
        self._rows = rows
        self._closed: Mask | None = None
        self._cells: dict[str, Mask] = {}

    def close(self, entries: Iterable[Entry]) -> None:
        """Add entries of rows that are not looked at any further."""
        closed = np.zeros(self._rows, dtype=np.bool_) if self._closed is None else self._closed
        for entry in entries:
            fresh = _without(entry, closed)
            closed[fresh.positions] = True
            self._keep(fresh)
        self._closed = closed if closed.any() else None

    def add(self, entries: Iterable[Entry]) -> None:
        """Add entries of single cells."""
        for entry in entries:
            told = self._cells.get(entry.column)
            fresh = entry if self._closed is None else _without(entry, self._closed)
            fresh = fresh if told is None else _without(fresh, told)
            if fresh.verdict is RowVerdict.QUARANTINE and len(fresh.positions):
                cells = self._cells.setdefault(entry.column, np.zeros(self._rows, dtype=np.bool_))
                cells[fresh.positions] = True
            self._keep(fresh)

    def _keep(self, entry: Entry) -> None:
        if not len(entry.positions):
            return
        self.entries.append(entry)
        if entry.verdict is RowVerdict.QUARANTINE:
            self.bad[entry.positions] = True


def _without(entry: Entry, taken: Mask) -> Entry:
    left = ~taken[entry.positions]
    return entry if left.all() else replace(entry, positions=entry.positions[left])
