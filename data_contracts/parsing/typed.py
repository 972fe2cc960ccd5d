"""Text cells + mapping -> typed columns; every cell that cannot be read is an issue of its row."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_contracts.model import Column, ColumnType, Contract, Finding, Reason
from data_contracts.parsing.cells import Issue, Trouble, Words, distinct_words, regrouped
from data_contracts.parsing.dates import Edge, Order, has_two_styles, read_date, vote_order
from data_contracts.parsing.limits import CELL
from data_contracts.parsing.numbers import read_numbers
from data_contracts.parsing.table import TextTable, note
from data_contracts.parsing.words import formula_troubles, tidy_words, word_troubles


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedTable:
    """The mapped columns by their contract names: `str`, `float64` or `datetime64[us]`.

    `words` keeps the text columns by their distinct words, `signs` the % or currency that stood
    beside the numbers of a column.
    """

    frame: pd.DataFrame
    words: Mapping[str, Words]
    signs: Mapping[str, NDArray[np.str_]]
    issues: tuple[Issue, ...]
    findings: tuple[Finding, ...]


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
    all_words = {
        name: tidy_words(distinct_words(name, table.cells[position]))
        for name, position in columns.items()
    }
    step = _Step(table.delimiter, cell_limit)
    promised = [column for column in contract.columns if column.name in columns]
    dates = [each.name for each in promised if each.type is ColumnType.DATE]
    order, example = _order(word for name in dates for word in all_words[name].distinct)
    for column in promised:
        words = all_words[column.name]
        if column.type in (ColumnType.NUMBER, ColumnType.INTEGER):
            step.read_numbers(column, words)
        elif column.type is ColumnType.DATE:
            step.read_dates(column, words, order, edges.get(column.name, Edge.DAY))
        else:
            step.read_text(column, words)
    return TypedTable(
        frame=pd.DataFrame(step.columns, index=pd.RangeIndex(len(table.lines))),
        words=step.words,
        signs=step.signs,
        issues=tuple(step.issues),
        findings=(*step.findings, *_order_note(order, example)),
    )


class _Step:
    """Collects the columns as they are read."""

    def __init__(self, delimiter: str, cell_limit: int) -> None:
        self._delimiter = delimiter
        self._cell_limit = cell_limit
        self.columns: dict[str, pd.Series[Any] | NDArray[Any]] = {}
        self.words: dict[str, Words] = {}
        self.signs: dict[str, NDArray[np.str_]] = {}
        self.issues: list[Issue] = []
        self.findings: list[Finding] = []

    def read_text(self, column: Column, words: Words) -> None:
        """Keep the words; of an optional column, those that mean "missing" are empty."""
        if not column.required:
            words = regrouped(words, ("" if _is_missing(word) else word for word in words.distinct))
        self.words[column.name] = words
        self.columns[column.name] = as_text(words)
        self._note(words, formula_troubles(words))

    def read_numbers(self, column: Column, words: Words) -> None:
        """Read the words as numbers in the column's own way of writing them."""
        numbers = read_numbers(
            words,
            delimiter=self._delimiter,
            is_whole=column.type is ColumnType.INTEGER,
            is_required=column.required,
        )
        self.columns[column.name] = numbers.values
        self.signs[column.name] = numbers.signs
        self._note(words, numbers.troubles)

    def read_dates(self, column: Column, words: Words, order: Order, edge: Edge) -> None:
        """Read the words as days, in the order of day and month that the file proves."""
        own = Order.MIXED if has_two_styles(words.distinct) else order
        readings = [read_date(word, order=own, edge=edge) for word in words.distinct]
        days = [np.datetime64(each.day or "NaT", "us") for each in readings]
        self.columns[column.name] = words.spread(days, np.datetime64("NaT", "us"), "M8[us]")
        troubles = {i: each.trouble for i, each in enumerate(readings) if each.trouble}
        if not column.required:
            troubles = {i: t for i, t in troubles.items() if t.reason is not Reason.MISSING}
        self._note(words, troubles)

    def _note(self, words: Words, troubles: dict[int, Trouble]) -> None:
        """What is wrong with a word as text comes before what is wrong with it as a number."""
        self.findings += words.notes
        self.issues += words.issues(troubles | word_troubles(words, self._cell_limit))


def as_text(words: Words) -> "pd.Series[str]":
    """Return the column's words row by row, null where the cell is empty."""
    return pd.Series(pd.array(list(words.distinct), dtype="str").take(words.codes, allow_fill=True))


def _is_missing(word: str) -> bool:
    return word.casefold() in ("n/a", "-", "--", "–", "—")


def _order(words: Iterable[str]) -> tuple[Order, str]:
    """The order of day and month that the dates prove, and the first that proves it."""
    told = list(words)
    order = vote_order(told)
    return order, next((word for word in told if vote_order([word]) is order), "")


def _order_note(order: Order, example: str) -> Iterator[Finding]:
    if order in (Order.DAY_FIRST, Order.MONTH_FIRST):
        found = f"dates such as {example}"
        expected = f"ISO dates; they were read as {order.value.replace('_', ' ')}"
        yield note(Reason.AMBIGUOUS_DATE, found, expected)
