"""What is known of a stranger's table before it is compared with a feed: names, values, privacy."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from callboard.services.connecting.name_likeness import Name, read_name
from callboard.services.connecting.personal_columns import is_personal
from callboard.storage.feeds.table_inspection import SeenColumn, SeenTable
from callboard.storage.feeds.table_sampling import Sample
from data_contracts.columns import read_column
from data_contracts.model import ColumnType

_OFFSET = r"(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)$"
_ENOUGH = 100  # values, to know a time when one sees it
_NUMBERS = (ColumnType.INTEGER, ColumnType.NUMBER)
_TIMES = (ColumnType.DATE, ColumnType.TIMESTAMP)
_READ_AS: dict[ColumnType, Collection[ColumnType]] = {
    ColumnType.STRING: (ColumnType.STRING, ColumnType.INTEGER, ColumnType.BOOLEAN),
    ColumnType.NUMBER: _NUMBERS,
    ColumnType.INTEGER: _NUMBERS,
    ColumnType.BOOLEAN: (ColumnType.BOOLEAN, *_NUMBERS),
    ColumnType.DATE: _TIMES,
    ColumnType.TIMESTAMP: _TIMES,
}


@dataclass(frozen=True, kw_only=True)
class TableFacts:
    """A table, some of its rows, and what follows from them."""

    table: SeenTable
    sample: Sample

    @cached_property
    def columns(self) -> tuple[SeenColumn, ...]:
        """The columns that could be mapped: readable, no two of a name but for capitals."""
        first: dict[str, SeenColumn] = {}
        for each in self.table.columns:
            if each.name in self.sample.rows.columns:
                first.setdefault(each.name.lower(), each)
        return tuple(first.values())

    @cached_property
    def personal(self) -> frozenset[str]:
        """The columns that are about a person."""
        return frozenset(
            each.name for each in self.columns if is_personal(each.name, self._words(each.name))
        )

    @cached_property
    def names(self) -> dict[str, tuple[Name, ...]]:
        """Each column's name as it stands and, as the table lends it meaning, in other readings."""
        return {each.name: tuple(self._readings(each.name)) for each in self.columns}

    @cached_property
    def times(self) -> frozenset[str]:
        """The columns that hold dates or moments."""
        return frozenset(each.name for each in self.columns if self._is_time(each))

    def values(self, column: str) -> "pd.Series[Any]":
        """A column's values in the sample."""
        return self.sample.rows[column]

    def counts(self, column: str) -> Counter[str]:
        """How often each different value of a column stands in the sample, as text."""
        if column not in self._counts:
            self._counts[column] = Counter(self.values(column).dropna().astype("str"))
        return self._counts[column]

    def can_be_read_as(self, column: SeenColumn, kind: ColumnType) -> bool:
        """Whether the declared type allows a contract's; SQLite's declarations mean nothing."""
        return not self.table.is_typed or column.kind in _READ_AS[kind]

    def holds_days(self, column: str) -> bool:
        """Whether a column's values are days, or moments that are all midnight."""
        values = self.values(column).dropna()
        return not values.empty and bool(read_column(values, ColumnType.DATE).is_right.all())

    def says_zone(self, column: str) -> bool:
        """Whether its moments say themselves how far from UTC they are."""
        if self.table.is_typed:
            return self.table.column(column).has_zone
        words = self.values(column).dropna().astype("str")
        return bool(len(words)) and bool(words.str.contains(_OFFSET).all())

    def _is_time(self, column: SeenColumn) -> bool:
        if self.table.is_typed:
            return column.kind in _TIMES
        values = self.values(column.name).dropna().head(_ENOUGH)
        return not values.empty and bool(read_column(values, ColumnType.TIMESTAMP).is_right.all())

    @cached_property
    def _counts(self) -> dict[str, Counter[str]]:
        return {}

    def _words(self, column: str) -> list[str]:
        return [each for each in self.values(column) if isinstance(each, str)]

    def _readings(self, column: str) -> list[Name]:
        """`id` of tickets is `tickets id`, and `ticket_status` is `status`."""
        own, table = read_name(column), read_name(self.table.name)
        found = [own]
        if own.words == {"id"}:
            found.append(Name(f"{table.plain}_id", table.words | {"id"}, ""))
        rest = own.words - table.words
        if rest and rest != own.words:
            found.append(Name(f"-{own.plain}", rest, own.unit))
        return found
