"""One column of text cells by its distinct words, and what is wrong with single cells."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_contracts.model import Finding, Reason, RowVerdict
from data_contracts.parsing.table import shorten


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What is wrong with a word, wherever it stands."""

    reason: Reason
    expected: str
    suggestion: str = ""
    verdict: RowVerdict = RowVerdict.QUARANTINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A trouble at one row of a table (`position` counts from 0) and one column of the contract."""

    position: int
    column: str
    found: str
    trouble: Trouble

    def as_finding(self, line: int) -> Finding:
        """The same with the line of the file instead of the position."""
        return Finding(
            row=line,
            column=self.column,
            reason=self.trouble.reason,
            found=shorten(self.found),
            expected=self.trouble.expected,
            verdict=self.trouble.verdict,
            suggestion=self.trouble.suggestion,
        )


@dataclass(frozen=True, slots=True)
class Words:
    """A column as its distinct words and, for every row, which of them it holds (-1 = empty)."""

    name: str
    distinct: tuple[str, ...]
    codes: NDArray[np.intp]
    raw: "pd.Series[str]"
    notes: tuple[Finding, ...] = field(default=())

    def spread(self, values: Sequence[Any], nothing: Any, dtype: str) -> NDArray[Any]:
        """Return one value a row: that of its word, `nothing` where the cell is empty."""
        return np.array([*values, nothing], dtype=dtype)[self.codes]

    def issues(self, troubles: Mapping[int, Trouble]) -> Iterator[Issue]:
        """Yield an issue for every row whose word (by its place in `distinct`) is in trouble."""
        if not troubles:
            return
        positions = np.flatnonzero(np.isin(self.codes, list(troubles)))
        found = self.raw.iloc[positions].tolist()
        for position, code, cell in zip(positions, self.codes[positions], found, strict=True):
            yield Issue(
                position=int(position),
                column=self.name,
                found=cell,
                trouble=troubles[int(code)],
            )


def distinct_words(name: str, cells: "pd.Series[str]") -> Words:
    """Return a column's cells as distinct words; those without a letter are empty."""
    codes, distinct = pd.factorize(cells)
    return Words(name, tuple(str(word) for word in distinct), codes, cells)


def regrouped(words: Words, tidy: Iterable[str], notes: tuple[Finding, ...] = ()) -> Words:
    """Return the column with its words replaced one by one; equal ones join, empty ones leave."""
    places: dict[str, int] = {}
    codes = [places.setdefault(word, len(places)) if word else -1 for word in tidy]
    spread = np.array([*codes, -1], dtype=np.intp)[words.codes]
    return Words(words.name, tuple(places), spread, words.raw, words.notes + notes)
