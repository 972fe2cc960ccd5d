"""A column of a file by its distinct words, and the columns of a file while they are mapped."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from data_contracts.parsing.cells import distinct_words
from data_contracts.parsing.table import TextTable
from data_contracts.parsing.words import tidy_words

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Coded:
    """The distinct words of a column, tidied, and which of them each row holds."""

    words: tuple[str, ...]
    codes: NDArray[np.intp]

    def changed(self, change: Callable[[str], str]) -> "Coded":
        """The column with other words; rows keep their places."""
        return Coded(tuple(change(word) for word in self.words), self.codes)

    def counts(self) -> NDArray[np.intp]:
        """How many rows hold each word."""
        return np.bincount(self.codes, minlength=len(self.words))

    def where(self, test: Callable[[str], bool]) -> Mask:
        """The rows whose word passes a test."""
        return np.array([test(word) for word in self.words], dtype=np.bool_)[self.codes]

    def series(self) -> "pd.Series[str]":
        """One cell a row."""
        return pd.Series(pd.array(list(self.words), dtype="str").take(self.codes))


def coded(cells: "pd.Series[str]") -> Coded:
    """Return a column of cells by its words; an empty cell is an empty word."""
    words = tidy_words(distinct_words("", cells))
    codes = np.where(words.codes < 0, len(words.distinct), words.codes)
    return Coded((*words.distinct, ""), codes.astype(np.intp))


class Sheet:
    """The columns of a file by the contract's names, as they are while answers are put in."""

    def __init__(self, table: TextTable, positions: Mapping[str, int]) -> None:
        self.table = table
        self.rows = len(table.lines)
        self._positions = dict(positions)
        self._coded: dict[str, Coded] = {}
        self._changed: set[str] = set()

    def __contains__(self, field: str) -> bool:
        return field in self._positions or field in self._coded

    def column(self, field: str) -> Coded:
        """A column by its words; one that the file lacks is empty."""
        if field not in self._coded:
            if field not in self._positions:  # it stays a column that the file lacks
                return Coded(("",), np.zeros(self.rows, dtype=np.intp))
            self._coded[field] = coded(self.cells(field))
        return self._coded[field]

    def words(self, field: str) -> tuple[str, ...]:
        """The distinct words of a column, without asking which row holds which."""
        if field in self._coded or field not in self._positions:
            return self.column(field).words
        return coded(pd.Series(self.distinct(field).to_pylist(), dtype="str")).words

    def distinct(self, field: str) -> pa.Array:
        """The distinct cells of a column of the file as they came, for tests of all at once."""
        cells = self.cells(field)
        if isinstance(cells.dtype, pd.CategoricalDtype):
            return pa.array(cells.cat.categories.astype("str"))
        return pc.unique(pa.array(cells))

    def cells(self, field: str) -> "pd.Series[str]":
        """A column of the file as it came."""
        return self.table.cells[self._positions[field]]

    def is_changed(self, field: str) -> bool:
        """Whether a column holds something else than the file."""
        return field in self._changed

    def fields(self) -> set[str]:
        """The columns there are."""
        return {*self._positions, *self._coded}

    def put(self, field: str, column: Coded) -> None:
        """Have a column hold these words from now on."""
        self._coded[field] = column
        self._changed.add(field)

    def put_cells(self, field: str, mask: Mask, texts: Coded) -> None:
        """Have some rows of a column hold other words."""
        old = self.column(field)
        codes = np.where(mask, texts.codes + len(old.words), old.codes)
        self.put(field, Coded((*old.words, *texts.words), codes))

    def drop(self, field: str) -> None:
        """Take a column out that the contract does not know."""
        self._positions.pop(field, None)
        self._coded.pop(field, None)
        self._changed.discard(field)

    def finish(self) -> tuple[TextTable, dict[str, int]]:
        """The file with the changed columns behind its own, and where each column is now."""
        if not self._changed:
            return self.table, self._positions
        first = len(self.table.cells.columns)
        added = {first + at: self._coded[each].series() for at, each in enumerate(self._new())}
        cells = pd.concat([self.table.cells, pd.DataFrame(added)], axis=1)
        cells.columns = pd.RangeIndex(len(cells.columns))
        positions = self._positions | {each: first + at for at, each in enumerate(self._new())}
        return AnsweredTable(**_parts(self.table, cells)), positions

    def _new(self) -> list[str]:
        return sorted(self._changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredTable(TextTable):
    """A file with answers in it: behind its own columns stand those that were changed."""

    def raws(self, positions: NDArray[np.intp]) -> list[tuple[str, ...]]:
        """The cells of some rows as they came."""
        own = self.cells.iloc[:, : len(self.headers)]
        return TextTable(**_parts(self, own)).raws(positions)


def _parts(table: TextTable, cells: pd.DataFrame) -> dict[str, Any]:
    return {each.name: getattr(table, each.name) for each in fields(TextTable)} | {"cells": cells}
