"""Text cells + mapping -> typed columns; every cell that cannot be read is in an entry."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_contracts.findings import Finding, Reason
from data_contracts.model import Column, ColumnType, Contract
from data_contracts.parsing.cells import Entry, Trouble, Words, distinct_words, regrouped
from data_contracts.parsing.clear import clear_days, clear_numbers
from data_contracts.parsing.dates import Edge, Order, has_two_styles, read_date, vote_order
from data_contracts.parsing.distinct import Codes
from data_contracts.parsing.limits import CELL
from data_contracts.parsing.numbers import read_numbers
from data_contracts.parsing.table import TextTable, note
from data_contracts.parsing.words import (
    formula_troubles,
    tidy_words,
    without_empty,
    word_troubles,
)

_SAYS_NOTHING = ("n/a", "N/A", "n/A", "N/a", "-", "--", "–", "—")
_NUMBERS = (ColumnType.NUMBER, ColumnType.INTEGER)
_NUMERIC = r"^[0-9]{1,2}[-/.]"
_NAIVE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TypedColumn:
    """A column by its distinct values (`str`, `float64` or `datetime64[us]`), and who holds which.

    Code -1 is an empty cell; a value may be missing too, of a word that cannot be read.
    """

    values: "pd.Series[Any]"
    codes: Codes

    def spread(self) -> "pd.Series[Any]":
        """Return the column row by row."""
        return pd.Series(self.values.array.take(self.codes, allow_fill=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedTable:
    """The mapped columns by their contract names.

    `texts` are those of text by their distinct words, `others` the numbers and days. `signs` is the
    % or currency that stood beside the numbers of a column, where any did. `rests` is, by column
    and row, what stood behind a number and belongs into the note.
    """

    rows: int
    texts: Mapping[str, Words]
    others: Mapping[str, TypedColumn]
    signs: Mapping[str, NDArray[np.str_]]
    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]
    rests: Mapping[str, Mapping[int, str]] = field(default_factory=dict)


def type_table(
    table: TextTable,
    columns: Mapping[str, int],
    contract: Contract,
    *,
    edges: Mapping[str, Edge],
    cell_limit: int = CELL,
) -> TypedTable:
    """Read each mapped column (`columns`: its position in the file) as its contract promises.

    `edges` says of date columns which end of a period they name.
    """
    step = _Step(table.delimiter, cell_limit)
    unclear: list[tuple[Column, Words]] = []
    for column in contract.columns:
        if column.name not in columns:
            continue
        words = without_empty(distinct_words(column.name, table.cells[columns[column.name]]))
        if not step.reads_clearly(column, words):
            unclear.append((column, tidy_words(words)))
    step.vote(words for column, words in unclear if column.type is ColumnType.DATE)
    for column, words in unclear:
        if column.type in _NUMBERS:
            step.read_numbers(column, words)
        elif column.type is ColumnType.DATE:
            step.read_dates(column, words, edges.get(column.name, Edge.DAY))
        else:
            step.read_text(column, words)
    return TypedTable(
        rows=len(table.lines),
        texts=step.texts,
        others=step.others,
        signs=step.signs,
        rests=step.rests,
        entries=tuple(step.entries),
        findings=(*step.findings, *step.order_note()),
    )


class _Step:
    """Collects the columns as they are read."""

    def __init__(self, delimiter: str, cell_limit: int) -> None:
        self._delimiter = delimiter
        self._cell_limit = cell_limit
        self._order, self._example, self._is_used = Order.UNKNOWN, "", False
        self.texts: dict[str, Words] = {}
        self.others: dict[str, TypedColumn] = {}
        self.signs: dict[str, NDArray[np.str_]] = {}
        self.rests: dict[str, dict[int, str]] = {}
        self.entries: list[Entry] = []
        self.findings: list[Finding] = []

    def reads_clearly(self, column: Column, words: Words) -> bool:
        """Read a column whose every word can be read one way only; whether it is one."""
        clear: NDArray[Any] | None = None
        if column.type in _NUMBERS:
            clear = clear_numbers(words.distinct)
        elif column.type is ColumnType.DATE:
            clear = clear_days(words.distinct)
        if clear is None:
            return False
        self.others[column.name] = TypedColumn(values=pd.Series(clear), codes=words.codes)
        return True

    def vote(self, dates: Iterator[Words]) -> None:
        """Take the order of day and month that all dates of the file prove, and an example."""
        told = [each.distinct[at] for each in dates for at in each.distinct.matching(_NUMERIC)]
        self._order = vote_order(told)
        proofs = (word for word in told if vote_order([word]) is self._order)
        self._example = next(proofs, "")

    def order_note(self) -> Iterator[Finding]:
        """Say in which order dates were read, where any was read in it."""
        if self._is_used and self._order in (Order.DAY_FIRST, Order.MONTH_FIRST):
            found = f"dates such as {self._example}"
            expected = f"ISO dates; they were read as {self._order.value.replace('_', ' ')}"
            yield note(Reason.AMBIGUOUS_DATE, found, expected)

    def read_text(self, column: Column, words: Words) -> None:
        """Keep the words; of an optional column, those that mean "missing" are empty."""
        if not column.required and len(nothing := words.distinct.among(_SAYS_NOTHING)):
            rest = list(words.distinct)
            for place in nothing.tolist():
                rest[place] = ""
            words = regrouped(words, rest)
        self.texts[column.name] = words
        self._note(words, formula_troubles(words))

    def read_numbers(self, column: Column, words: Words) -> None:
        """Read the words as numbers in the column's own way of writing them."""
        numbers = read_numbers(
            words,
            delimiter=self._delimiter,
            is_whole=column.type is ColumnType.INTEGER,
            is_required=column.required,
        )
        if (numbers.signs != "").any():
            self.signs[column.name] = numbers.signs
        if rests := getattr(numbers, "rests", None):
            self.rests[column.name] = dict(rests)
        values = np.full(len(words.distinct), np.nan)
        values[words.codes[words.codes >= 0]] = numbers.values[words.codes >= 0]
        self._keep(column, words, values, numbers.troubles)

    def read_dates(self, column: Column, words: Words, edge: Edge) -> None:
        """Read the words as days, in the order of day and month that the file proves."""
        order = self._order_in(words)
        readings = [read_date(word, order=order, edge=edge) for word in words.distinct]
        days = np.array([each.day or "NaT" for each in readings], dtype="M8[us]")
        troubles = {i: each.trouble for i, each in enumerate(readings) if each.trouble}
        if not column.required:
            troubles = {i: t for i, t in troubles.items() if t.reason is not Reason.MISSING}
        self._keep(column, words, days, troubles)
        self.findings += _assumed_utc(words)

    def _order_in(self, words: Words) -> Order:
        """The proven order of day and month; none for a column in two styles."""
        if has_two_styles(words.distinct):
            return Order.MIXED
        self._is_used |= vote_order(words.distinct) is not Order.UNKNOWN
        return self._order

    def _keep(
        self, column: Column, words: Words, values: NDArray[Any], troubles: dict[int, Trouble]
    ) -> None:
        self.others[column.name] = TypedColumn(values=pd.Series(values), codes=words.codes)
        self._note(words, troubles)

    def _note(self, words: Words, troubles: dict[int, Trouble]) -> None:
        """What is wrong with a word as text comes before what is wrong with it as a number."""
        self.findings += words.notes
        self.entries += words.entries(troubles | word_troubles(words, self._cell_limit))


def _assumed_utc(words: Words) -> Iterator[Finding]:
    """Say that moments without an offset were taken to be in UTC."""
    naive = [place for place, word in enumerate(words.distinct) if _NAIVE.fullmatch(word)]
    if naive:
        rows = int(words.flags(naive).sum())
        found = f"{rows:,} {'moment' if rows == 1 else 'moments'} such as "
        yield note(
            Reason.AMBIGUOUS_DATE,
            found + words.distinct[naive[0]],
            "a day, or a moment with its offset; assumed UTC",
            column=words.name,
        )
