"""The rows of a file as columns of codes: what all rules look at, and what is published of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_contracts.model import ColumnType, Contract
from data_contracts.parsing.cells import Mask, Words
from data_contracts.parsing.distinct import Codes
from data_contracts.parsing.typed import TypedColumn

_EMPTY: dict[ColumnType, str] = {
    ColumnType.NUMBER: "float64",
    ColumnType.INTEGER: "float64",
    ColumnType.DATE: "datetime64[us]",
}
_MOST_COMBINED = 2**62


class Sheet:
    """Columns by contract name; one that the file lacks is empty and costs nothing."""

    def __init__(self, rows: int, contract: Contract) -> None:
        self.rows = rows
        self._kinds = {column.name: column.type for column in contract.columns}
        self._columns: dict[str, TypedColumn] = {}
        self._nobody: Codes = np.broadcast_to(np.int32(-1), (rows,))

    def put(self, name: str, column: TypedColumn) -> None:
        """Set a column."""
        self._columns[name] = column

    def put_words(self, words: Words) -> None:
        """Set a column of text."""
        values = pd.Series(pd.array(words.distinct.arrow.to_pandas(), dtype="str"))
        self.put(words.name, TypedColumn(values=values, codes=words.codes))

    def put_constant(self, name: str, word: str) -> None:
        """Set a column that says the same in all rows."""
        codes = np.broadcast_to(np.int32(0), (self.rows,))
        self.put(name, TypedColumn(values=pd.Series([word], dtype="str"), codes=codes))

    def put_numbers(self, name: str, numbers: NDArray[np.float64]) -> None:
        """Set a column of numbers, NaN where there is none."""
        codes, values = pd.factorize(numbers)
        self.put(name, TypedColumn(values=pd.Series(values), codes=codes.astype(np.int32)))

    def has(self, name: str) -> bool:
        """Whether any row may say something in a column."""
        return name in self._columns

    def column(self, name: str) -> TypedColumn:
        """A column; an empty one where the file has none."""
        if name in self._columns:
            return self._columns[name]
        dtype = _EMPTY.get(self._kinds.get(name, ColumnType.STRING), "str")
        return TypedColumn(values=pd.Series([], dtype=dtype), codes=self._nobody)

    def numbers(self, name: str) -> NDArray[np.float64]:
        """A column of numbers row by row."""
        column = self.column(name)
        values = np.append(column.values.to_numpy(dtype=np.float64), np.nan)
        return np.asarray(values[column.codes])

    def words(self, name: str) -> list[str]:
        """The distinct words of a column of text."""
        return [str(word) for word in self.column(name).values]

    def says(self, name: str, word: str) -> Mask:
        """Where a column of text says this word."""
        words = self.words(name)
        code = words.index(word) if word in words else -2
        return np.asarray(self.column(name).codes == code)

    def frame(self, names: Iterable[str], rows: Mask | None = None) -> pd.DataFrame:
        """Some columns, of some rows; text is categorical where words repeat."""
        return pd.DataFrame({name: _shown(self.column(name), rows) for name in names}, copy=False)


def _shown(column: TypedColumn, rows: Mask | None) -> "pd.Series[str]":
    codes = column.codes if rows is None else column.codes[rows]
    values = column.values
    if isinstance(values.dtype, pd.StringDtype) and 2 * len(values) <= max(len(codes), 2):
        kind = pd.CategoricalDtype(values)
        return pd.Series(pd.Categorical.from_codes(codes, dtype=kind, validate=False))
    if not len(values):  # one cell stands for all of them
        nothing = np.array([None], dtype=values.dtype)  # type: ignore[arg-type]
        return pd.Series(np.broadcast_to(nothing[0], (len(codes),)), copy=False)
    return pd.Series(values.array.take(codes, allow_fill=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Combined:
    """Rows by what some columns say together: a code for each row.

    `frame` has a row for each combination, `counts` how many rows say it.
    """

    codes: NDArray[np.signedinteger[Any]]
    frame: pd.DataFrame
    counts: NDArray[np.int64]


def combine(sheet: Sheet, names: Iterable[str]) -> Combined:
    """Return the rows by the combinations of some columns."""
    columns = {name: sheet.column(name) for name in names}
    if len(columns) == 1:
        return _of_one(*columns.popitem())
    parts = [len(column.values) + 1 for column in columns.values()]
    size = float(np.prod(parts, dtype=np.float64))
    if size > _MOST_COMBINED:
        return each_row(sheet, columns)
    codes, used = _renumbered(_mixed(columns.values(), parts), size)
    placed = zip(columns.items(), _unmixed(used, parts), strict=True)
    frame = {
        name: pd.Series(column.values.array.take(place, allow_fill=True))
        for (name, column), place in placed
    }
    counts = np.bincount(codes, minlength=len(used))
    return Combined(codes=codes, frame=pd.DataFrame(frame), counts=counts)


def _of_one(name: str, column: TypedColumn) -> Combined:
    """Each value of a column; the last of the frame is the empty one."""
    many = len(column.values)
    places = np.append(np.arange(many), -1)
    frame = pd.DataFrame({name: column.values.array.take(places, allow_fill=True)})
    codes = np.where(column.codes < 0, np.int32(many), column.codes)
    return Combined(codes=codes, frame=frame, counts=np.bincount(codes, minlength=many + 1))


def each_row(sheet: Sheet, names: Iterable[str]) -> Combined:
    """Return every row as a combination of its own."""
    rows = np.arange(sheet.rows)
    return Combined(codes=rows, frame=sheet.frame(names), counts=np.ones_like(rows))


def _mixed(columns: Iterable[TypedColumn], parts: list[int]) -> NDArray[np.int64]:
    keys: NDArray[np.int64] | None = None
    for column, part in zip(columns, parts, strict=True):
        own = column.codes.astype(np.int64) + 1
        keys = own if keys is None else keys * part + own
    assert keys is not None
    return keys


def _renumbered(
    keys: NDArray[np.int64], many: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each key as a small code, and the keys there are."""
    size = int(many)
    if size > 4 * len(keys) + 1000:
        codes, used = pd.factorize(keys)
        return codes, used
    used = np.flatnonzero(np.bincount(keys, minlength=size))
    place = np.zeros(size, dtype=np.int64)
    place[used] = np.arange(len(used))
    return place[keys], used


def _unmixed(keys: NDArray[np.int64], parts: list[int]) -> list[NDArray[np.int64]]:
    places = []
    for part in reversed(parts):
        keys, own = np.divmod(keys, part)
        places.append(own - 1)
    return places[::-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """A number for each of some rows, the same where they say the same; all are below `size`."""

    numbers: NDArray[np.int64]
    size: float

    def again(self) -> Mask:
        """Which numbers stand more than once."""
        if self.size <= 4 * len(self.numbers):
            counts = np.bincount(self.numbers, minlength=int(self.size))
            return np.asarray(counts[self.numbers] > 1)
        return pd.Series(self.numbers).duplicated(keep=False).to_numpy()


def keys_of(sheet: Sheet, names: Iterable[str], rows: NDArray[np.intp]) -> Keys:
    """Return what some columns say together in some rows."""
    keys = np.zeros(len(rows), dtype=np.int64)
    is_all = len(rows) == sheet.rows
    size = 1.0
    for name in names:
        if not sheet.has(name):
            continue
        codes, part = _told_apart(sheet.column(name))
        if size * part > _MOST_COMBINED:
            keys, used = pd.factorize(keys)
            size = float(len(used))
        keys *= part
        keys += codes if is_all else codes[rows]
        keys += 1
        size *= part
    return Keys(numbers=keys, size=size)


def _told_apart(column: TypedColumn) -> tuple[NDArray[np.signedinteger[Any]], int]:
    """The codes of a column's values, so that equal values have one code and missing ones -1."""
    if isinstance(column.values.dtype, pd.StringDtype):
        return column.codes, len(column.values) + 1
    codes, used = pd.factorize(column.values)
    if len(used) == len(column.values):
        return column.codes, len(used) + 1
    return np.append(codes, -1).astype(np.int32)[column.codes], len(used) + 1
