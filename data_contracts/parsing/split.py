"""Text -> rows of cells with their line numbers, by a fast road where the file is regular."""

import csv
import io
import re
import sys
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as arrow_csv
from numpy.typing import NDArray

from data_contracts.findings import Finding, Reason
from data_contracts.parsing.layout import Layout
from data_contracts.parsing.table import refusal

_LONE_RETURN = re.compile(r"\r(?!\n)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The cells below the header, padded or cut to its width, with what did not fit."""

    cells: pd.DataFrame
    lines: NDArray[np.int64]
    surplus: dict[int, tuple[str, ...]]
    short: frozenset[int]


def split_rows(layout: Layout) -> Rows | Finding:
    """Return every row below the header that is not blank, or why the text cannot be split."""
    return split_regular(layout) or split_carefully(layout)


def split_regular(layout: Layout) -> Rows | None:
    """Return the rows of a text with one row a line and every row of the same width, else None."""
    body = layout.body
    encoded = body.encode()
    if ("\r" in body and _LONE_RETURN.search(body)) or not _has_plain_quotes(
        encoded, layout.delimiter
    ):
        return None
    if any("\n" in header for header in layout.headers):
        return None
    lines = body.count("\n") + (not body.endswith("\n"))
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(encoded),
            read_options=arrow_csv.ReadOptions(
                use_threads=False, column_names=_names(layout), skip_rows=1, block_size=1 << 24
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=layout.delimiter, newlines_in_values=False, ignore_empty_lines=False
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(_names(layout), pa.large_string()),
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid:
        return None
    if table.num_rows != lines - 1:
        return None
    numbers = np.arange(layout.line + 1, layout.line + lines, dtype=np.int64)
    return _without_blank(table.to_pandas(), numbers)


def split_carefully(layout: Layout) -> Rows | Finding:
    """Return the rows of any text; a quote that is not closed refuses it with its line."""
    csv.field_size_limit(sys.maxsize >> 32)  # a long cell is a finding of its row, later
    reader = csv.reader(
        io.StringIO(layout.body, newline=""), delimiter=layout.delimiter, strict=True
    )
    records: list[list[str]] = []
    lines: list[int] = []
    before = 0
    try:
        for cells in reader:
            records.append(cells)
            lines.append(layout.line + before)
            before = reader.line_num
    except csv.Error as error:
        return refusal(
            Reason.FILE_BROKEN,
            f"a row that begins on line {layout.line + before} and cannot be read ({error})",
            "quotes that are closed",
            row=layout.line + before,
        )
    return rows_of(records[1:], lines[1:], len(layout.headers))


def _has_plain_quotes(body: bytes, delimiter: str) -> bool:
    """Whether every first quote begins a cell and every second ends it; none is inside a cell."""
    letters = np.frombuffer(body, dtype=np.uint8)
    quotes = np.flatnonzero(letters == ord('"'))
    edges = [ord(letter) for letter in (delimiter, "\r", "\n")]
    before, after = letters[quotes[0::2] - 1], letters[(quotes[1::2] + 1) % len(letters)]
    is_first, is_last = quotes[0::2] == 0, quotes[1::2] == len(letters) - 1
    return len(quotes) % 2 == 0 and bool(
        (is_first | np.isin(before, edges)).all() and (is_last | np.isin(after, edges)).all()
    )


def _names(layout: Layout) -> list[str]:
    return [str(position) for position in range(len(layout.headers))]


def rows_of(records: list[list[str]], lines: list[int], width: int) -> Rows:
    """Return records that begin on the given lines, cut or padded to the header's width."""
    surplus: dict[int, tuple[str, ...]] = {}
    short: set[int] = set()
    fitted: list[list[str]] = []
    for line, cells in zip(lines, records, strict=True):
        if len(cells) < width and any(cell.strip() for cell in cells):
            short.add(line)
        if any(cell.strip() for cell in cells[width:]):
            surplus[line] = tuple(cells[width:])
        fitted.append(cells[:width] + [""] * (width - len(cells)))
    columns = zip(*fitted, strict=True) if fitted else [()] * width
    frame = pd.DataFrame(
        {str(i): pd.Series(list(cells), dtype="str") for i, cells in enumerate(columns)}
    )
    rows = _without_blank(frame, np.array(lines, dtype=np.int64), keep=surplus)
    return Rows(cells=rows.cells, lines=rows.lines, surplus=surplus, short=frozenset(short))


def _without_blank(
    frame: pd.DataFrame, lines: NDArray[np.int64], keep: dict[int, tuple[str, ...]] | None = None
) -> Rows:
    blank = np.ones(len(frame), dtype=np.bool_)
    for name in frame.columns:
        if not blank.any():
            break
        blank[blank] = np.asarray(frame[name][blank].str.strip() == "", dtype=np.bool_)
    if keep:
        blank &= ~np.isin(lines, list(keep))
    cells = frame[~blank].reset_index(drop=True) if blank.any() else frame
    cells.columns = pd.RangeIndex(len(cells.columns))
    return Rows(cells=cells, lines=lines[~blank], surplus={}, short=frozenset())
