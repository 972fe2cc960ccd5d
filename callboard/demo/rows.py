"""A day's rows of one feed as columns, in the state in which a later moment finds them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from callboard.demo.moments import NEVER, Moments, moment_texts

Column = NDArray[np.generic]
UNKNOWN = np.int8(-1)


@dataclass(frozen=True, slots=True)
class Rows:
    """Columns of equal length. `written` is when each row, as it now stands, was last written.

    A row that is not there yet was written `NEVER`. Missing values are NaN, NaT, "" and, in
    columns of 0 and 1, `UNKNOWN`. `numbers` are the rows' places in the whole day.
    """

    columns: Mapping[str, Column]
    written: Moments
    numbers: NDArray[np.int64] | None = None

    def between(self, since: np.datetime64, until: np.datetime64) -> "Rows":
        """Return the rows written after `since`, up to `until`."""
        kept = np.flatnonzero((self.written > since) & (self.written <= until))
        columns = {name: column[kept] for name, column in self.columns.items()}
        return Rows(columns, self.written[kept], kept)

    def plain(self) -> dict[str, list[object]]:
        """Return the columns as plain values, None where one is missing."""
        return {name: _plain(column) for name, column in self.columns.items()}


def last_stage(until: np.datetime64, *stages: Moments) -> Moments:
    """Return when each row was last written by `until`; `NEVER` where not even the first stage is.

    The first of `stages` is the row's birth.
    """
    birth = stages[0]
    written = birth.copy()
    for stage in stages[1:]:
        is_over = stage <= until
        written[is_over] = np.maximum(written[is_over], stage[is_over])
    return np.where(birth <= until, written, NEVER)


def known_flags(flags: NDArray[np.bool_], known: NDArray[np.bool_]) -> NDArray[np.int8]:
    """Return flags as 0 and 1, `UNKNOWN` where they are not known."""
    return np.where(known, flags.astype(np.int8), UNKNOWN)


def keys(letter: str, day: date, size: int) -> NDArray[np.str_]:
    """Return the names of a day's rows: a letter, the day, a number."""
    stem = f"{letter}{day:%y%m%d}"
    return np.array([f"{stem}-{number:04d}" for number in range(size)], dtype="U14")


def _plain(column: Column) -> list[object]:
    if column.dtype.kind == "M":
        return list(moment_texts(column.astype("datetime64[s]")))
    values: list[object] = column.tolist()
    if column.dtype == np.int8:
        return [None if value == UNKNOWN else value for value in values]
    if column.dtype.kind == "f":
        return [None if value != value else value for value in values]  # noqa: PLR0124 - NaN
    if column.dtype.kind == "U":
        return [value or None for value in values]
    return values
