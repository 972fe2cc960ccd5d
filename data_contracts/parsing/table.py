"""What a file is between the steps: text cells beside the number of their line, or a refusal."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_contracts.findings import Finding, Reason, RowVerdict
from data_contracts.parsing.reading import Origins, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The file cannot be read, or not safely; every finding says why. Nothing of it is kept.

    `reading` shows it as it came, wherever its bytes could be split into cells at all.
    """

    findings: tuple[Finding, ...]
    encoding: str = ""
    delimiter: str = ""
    reading: Reading | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTable:
    """The rows of a file as text. `cells` has one `str` column per header, numbered from 0.

    `lines` is the line of the file where each row begins. `surplus` holds, by line, the cells of a
    row that has more of them than the header; `short` the lines of rows that have fewer.
    `findings` are about the file; those about rows are made by the later steps. `reading` says how
    the file was read. Where columns were turned into rows, `origins` says from which each came.
    """

    headers: tuple[str, ...]
    header_line: int
    cells: pd.DataFrame
    lines: NDArray[np.int64]
    encoding: str
    delimiter: str
    surplus: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    short: frozenset[int] = frozenset()
    findings: tuple[Finding, ...] = ()
    reading: Reading | None = None
    origins: Origins | None = None

    def raws(self, positions: NDArray[np.intp]) -> list[tuple[str, ...]]:
        """The cells of some rows as they came, surplus ones included."""
        columns = [self.cells[name].iloc[positions].tolist() for name in self.cells.columns]
        rows = zip(*columns, strict=True)
        more = (self.surplus.get(int(line), ()) for line in self.lines[positions])
        return [(*row, *rest) for row, rest in zip(rows, more, strict=True)]


def refusal(
    reason: Reason, found: str, expected: str, *, row: int = 0, column: str = "", advice: str = ""
) -> Finding:
    """Return a finding that refuses the whole file."""
    return Finding(
        row=row,
        column=column,
        reason=reason,
        found=shorten(found),
        expected=expected,
        verdict=RowVerdict.REFUSE,
        suggestion=advice,
    )


def note(
    reason: Reason, found: str, expected: str, *, row: int = 0, column: str = "", advice: str = ""
) -> Finding:
    """Return a finding that only says something; the row, or the file, is published."""
    return Finding(
        row=row,
        column=column,
        reason=reason,
        found=shorten(found),
        expected=expected,
        verdict=RowVerdict.PUBLISH,
        suggestion=advice,
    )


def shorten(text: str, limit: int = 80) -> str:
    """Return the beginning of a long text, with its length."""
    return text if len(text) <= limit else f"{text[: limit - 20]}… ({len(text):,} characters)"
