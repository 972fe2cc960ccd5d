"""One column of text cells by its distinct words, and what is wrong with single cells."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_contracts.findings import Finding, Reason, RowVerdict
from data_contracts.parsing.distinct import Codes, Distinct, encode
from data_contracts.parsing.table import shorten

_AT_ONCE = 4096
Mask = NDArray[np.bool_]
Positions = NDArray[np.intp]


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


Told = tuple[str, Trouble]  # what stands in a cell, and what is wrong with it


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entry:
    """The rows with one kind of trouble in one column; `tell` says of some of them what it is.

    A file may have a trouble in every row, so the words are made only for the rows that are asked
    for. `suggestion` is that of every row, None where they may differ.
    """

    column: str
    reason: Reason
    verdict: RowVerdict
    positions: Positions
    tell: Callable[[Positions], list[Told]]
    suggestion: str | None = None

    def suggestions(self) -> set[str]:
        """Return the suggestion of all rows, or two of those that differ."""
        if self.suggestion is not None:
            return {self.suggestion}
        found: set[str] = set()
        for start in range(0, len(self.positions), _AT_ONCE):
            told = self.tell(self.positions[start : start + _AT_ONCE])
            found |= {trouble.suggestion for _, trouble in told}
            if len(found) > 1:
                break
        return found

    def issues(self) -> Iterator[Issue]:
        """Yield every one of them."""
        for position, (found, trouble) in zip(
            self.positions.tolist(), self.tell(self.positions), strict=True
        ):
            yield Issue(position=position, column=self.column, found=found, trouble=trouble)


def entry_of(
    trouble: Trouble, column: str, positions: Positions, found: Callable[[Positions], list[str]]
) -> Entry:
    """Return the entry of rows that are all in the same trouble; `found` says what stands there."""
    return Entry(
        column=column,
        reason=trouble.reason,
        verdict=trouble.verdict,
        positions=positions,
        tell=lambda asked: [(each, trouble) for each in found(asked)],
        suggestion=trouble.suggestion,
    )


def shared_suggestion(troubles: Iterable[Trouble]) -> str | None:
    """Return the suggestion that troubles have in common, None where they have none."""
    found = {each.suggestion for each in troubles}
    return found.pop() if len(found) == 1 else None


def as_entries(issues: Iterable[Issue]) -> Iterator[Entry]:
    """Yield issues that were found one by one as entries, those of one kind together."""
    kinds: dict[tuple[str, Reason, RowVerdict], dict[int, Told]] = {}
    for each in issues:
        kind = (each.column, each.trouble.reason, each.trouble.verdict)
        kinds.setdefault(kind, {}).setdefault(each.position, (each.found, each.trouble))
    for (column, reason, verdict), told in kinds.items():
        yield Entry(
            column=column,
            reason=reason,
            verdict=verdict,
            positions=np.array(sorted(told), dtype=np.intp),
            tell=lambda asked, told=told: [told[at] for at in asked.tolist()],  # type: ignore[misc]
            suggestion=shared_suggestion(trouble for _, trouble in told.values()),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A column as its distinct words and, for every row, which of them it holds (-1 = empty)."""

    name: str
    distinct: Distinct
    codes: Codes
    raw: "pd.Series[str]"
    notes: tuple[Finding, ...] = field(default=())

    def spread(self, values: Sequence[Any], nothing: Any, dtype: str) -> NDArray[Any]:
        """Return one value a row: that of its word, `nothing` where the cell is empty."""
        return np.array([*values, nothing], dtype=dtype)[self.codes]

    def issues(self, troubles: Mapping[int, Trouble]) -> Iterator[Issue]:
        """Yield an issue for every row whose word (by its place in `distinct`) is in trouble."""
        if troubles:
            positions = np.flatnonzero(self.flags(troubles))
            told = zip(positions.tolist(), self._tell(troubles)(positions), strict=True)
            for position, (found, trouble) in told:
                yield Issue(position=position, column=self.name, found=found, trouble=trouble)

    def entries(self, troubles: Mapping[int, Trouble]) -> Iterator[Entry]:
        """Yield the rows whose word is in trouble, one entry for each kind."""
        kinds: dict[tuple[Reason, RowVerdict], list[int]] = {}
        for place, trouble in troubles.items():
            kinds.setdefault((trouble.reason, trouble.verdict), []).append(place)
        for (reason, verdict), places in kinds.items():
            yield Entry(
                column=self.name,
                reason=reason,
                verdict=verdict,
                positions=np.flatnonzero(self.flags(places)),
                tell=self._tell(troubles),
                suggestion=shared_suggestion(troubles[place] for place in places),
            )

    def flags(self, places: Iterable[int]) -> Mask:
        """Return for every row whether its word is one of these."""
        of_words = np.zeros(len(self.distinct) + 1, dtype=np.bool_)
        of_words[list(places)] = True
        of_words[-1] = False
        return np.asarray(of_words[self.codes])

    def cells(self, positions: Positions) -> list[str]:
        """Return the cells of some rows as they came."""
        return [str(cell) for cell in self.raw.iloc[positions].tolist()]

    def _tell(self, troubles: Mapping[int, Trouble]) -> Callable[[Positions], list[Told]]:
        def tell(positions: Positions) -> list[Told]:
            codes = self.codes[positions].tolist()
            return [
                (cell, troubles[code])
                for cell, code in zip(self.cells(positions), codes, strict=True)
            ]

        return tell


def distinct_words(name: str, cells: "pd.Series[str]") -> Words:
    """Return a column's cells as distinct words; those without a letter are empty."""
    distinct, codes = encode(cells)
    return Words(name, distinct, codes, cells)


def regrouped(words: Words, tidy: Iterable[str], notes: tuple[Finding, ...] = ()) -> Words:
    """Return the column with its words replaced one by one; equal ones join, empty ones leave."""
    places: dict[str, int] = {}
    codes = [places.setdefault(word, len(places)) if word else -1 for word in tidy]
    spread = np.array([*codes, -1], dtype=np.int32)[words.codes]
    return Words(words.name, Distinct.of(places), spread, words.raw, words.notes + notes)
