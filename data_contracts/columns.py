"""One column of a frame, typed or text, read as what its contract promises."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_contracts.model import ColumnType

Mask = NDArray[np.bool_]
_NUMBER = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_OFFSET = r"(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
_MOMENT = rf"{_DAY}(?:[ T][0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}}(?:\.[0-9]{{1,9}})?)?{_OFFSET})?"
_DATE = rf"{_DAY}(?:[ T]00:00(?::00(?:\.0+)?)?)?"
_YES_NO = ("0", "1", "true", "false")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A column's values in the form its type is compared in, and where they have that type.

    A row that is neither right nor wrong is missing. Only the array of the column's own type is
    filled: `numbers` (NaN where not right), `moments` (UTC, NaT where not right), `words`.
    """

    is_right: Mask
    is_wrong: Mask
    numbers: NDArray[np.float64] = field(default_factory=lambda: np.empty(0, dtype=np.float64))
    moments: NDArray[np.datetime64] = field(default_factory=lambda: np.empty(0, dtype="M8[us]"))
    words: "pd.Series[str]" = field(default_factory=lambda: pd.Series([], dtype="str"))

    def is_in(self, values: Collection[str]) -> Mask:
        """Where the words are among `values`."""
        return np.asarray(self.words.isin(list(values)), dtype=np.bool_)

    def lengths(self) -> NDArray[np.float64]:
        """How many characters the words have."""
        return np.asarray(self.words.str.len(), dtype=np.float64)

    def matches(self, pattern: str) -> Mask:
        """Where `pattern` is found in the words; every distinct word is looked at once."""
        codes, distinct = pd.factorize(self.words)
        search = re.compile(pattern).search
        found = np.array([search(str(word)) is not None for word in distinct], dtype=np.bool_)
        return np.append(found, False)[codes]


def read_column(values: "pd.Series[Any]", kind: ColumnType) -> Typed:
    """Return `values` as `kind`; text is accepted in its plain form (12.5, 2026-11-22, true)."""
    present = values.notna().to_numpy(dtype=np.bool_)
    if kind is ColumnType.STRING:
        nothing = np.zeros(len(values), dtype=np.bool_)
        return Typed(is_right=present, is_wrong=nothing, words=values.astype("str"))
    if kind in (ColumnType.DATE, ColumnType.TIMESTAMP):
        moments = _moments(values, kind)
        right = ~np.isnat(moments)
        return Typed(is_right=right, is_wrong=present & ~right, moments=moments)
    if kind is ColumnType.BOOLEAN:
        right = present & _is_yes_or_no(values)
        return Typed(is_right=right, is_wrong=present & ~right)
    numbers = _numbers(values)
    right = np.isfinite(numbers)
    if kind is ColumnType.INTEGER:
        right &= np.where(right, numbers, 0.5) % 1 == 0
    return Typed(is_right=right, is_wrong=present & ~right, numbers=numbers)


def _plain_text(values: "pd.Series[Any]", form: str) -> "pd.Series[str]":
    """The values as text where they have the form, null elsewhere."""
    words = values.astype("str")
    return words.where(words.str.fullmatch(form).fillna(value=False).astype(bool))


def _numbers(values: "pd.Series[Any]") -> NDArray[np.float64]:
    if pd.api.types.is_numeric_dtype(values.dtype):
        return values.to_numpy(dtype=np.float64, na_value=np.nan)
    words = _plain_text(values, _NUMBER)
    return np.asarray(pd.to_numeric(words, errors="coerce"), dtype=np.float64)


def _moments(values: "pd.Series[Any]", kind: ColumnType) -> NDArray[np.datetime64]:
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        moments = pd.to_datetime(values, utc=True)
    else:
        words = _plain_text(values, _DATE if kind is ColumnType.DATE else _MOMENT)
        moments = pd.to_datetime(words, format="ISO8601", utc=True, errors="coerce")
    found = moments.dt.tz_localize(None).to_numpy(dtype="M8[us]")
    if kind is ColumnType.DATE:
        found = np.where(found == found.astype("M8[D]"), found, np.datetime64("NaT", "us"))
    return found


def _is_yes_or_no(values: "pd.Series[Any]") -> Mask:
    if pd.api.types.is_bool_dtype(values.dtype):
        return np.ones(len(values), dtype=np.bool_)
    if pd.api.types.is_numeric_dtype(values.dtype):
        return np.asarray(values.isin([0, 1]), dtype=np.bool_)
    return np.asarray(values.astype("str").str.lower().isin(_YES_NO), dtype=np.bool_)
