"""How a file was read, so that a person can look at it as it came and have it read another way."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SAMPLE_ROWS = 12
SHOWN_LINES = 30
SHOWN_CELL = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a file was read: what was detected or answered, and its first rows as they came.

    `kind` is `csv`, `xlsx` or `typed`. Lines count from 1; in a workbook they are the sheet's rows.
    `header_line` is 0 where no header was found. `skipped_above` and `skipped_below` are the lines
    that are no rows. `sheets` are those with cells. `sample_lines` says where each row of `sample`
    begins. An encoding is guessed where no mark in the file and no answer says which it is;
    `foreign` are then the first lines with letters beyond ASCII.
    """

    kind: str
    encoding: str
    delimiter: str
    header_line: int
    header_rows: int = 1
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    skipped_above: tuple[str, ...] = ()
    skipped_below: tuple[str, ...] = ()
    line_count: int = 0
    sample: tuple[tuple[str, ...], ...] = ()
    sample_lines: tuple[int, ...] = ()
    is_guessed: bool = False
    foreign: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """Which header of the file each row of a turned table came from: `words[codes[position]]`."""

    words: tuple[str, ...]
    codes: NDArray[np.int32]

    def of(self, position: int) -> str:
        """The header that a row came from."""
        return self.words[int(self.codes[position])]
