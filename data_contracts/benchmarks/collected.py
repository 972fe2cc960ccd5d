"""The issues of a file as they are found: one per cell, and which rows they keep out."""

from collections.abc import Iterable

import numpy as np

from data_contracts.model import RowVerdict
from data_contracts.parsing.cells import Issue


class Collected:
    """`bad` flags the rows that are kept out; `issues` in the order they were found.

    A cell that is in trouble already is not told a second trouble, and a closed row (ragged, or a
    total) none at all.
    """

    def __init__(self, rows: int) -> None:
        self.bad = np.zeros(rows, dtype=np.bool_)
        self.issues: list[Issue] = []
        self._closed: set[int] = set()
        self._cells: set[tuple[int, str]] = set()

    def close(self, issues: Iterable[Issue]) -> None:
        """Add issues of rows that are not looked at any further."""
        for issue in issues:
            if issue.position not in self._closed:
                self._closed.add(issue.position)
                self._keep(issue)

    def add(self, issues: Iterable[Issue]) -> None:
        """Add issues of single cells."""
        for issue in issues:
            cell = (issue.position, issue.column)
            if issue.position in self._closed or cell in self._cells:
                continue
            if issue.trouble.verdict is RowVerdict.QUARANTINE:
                self._cells.add(cell)
            self._keep(issue)

    def _keep(self, issue: Issue) -> None:
        self.issues.append(issue)
        if issue.trouble.verdict is RowVerdict.QUARANTINE:
            self.bad[issue.position] = True
