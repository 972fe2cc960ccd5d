"""The parts of a text that a person is shown: its first rows, and the lines that are no rows."""

import csv
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from data_contracts.parsing.decoding import Decoded
from data_contracts.parsing.layout import (
    Layout,
    count_lines,
    offset_of_line,
    records_of,
    vote_delimiter,
)
from data_contracts.parsing.reading import SAMPLE_ROWS, SHOWN_CELL, SHOWN_LINES, Reading
from data_contracts.parsing.table import shorten

_END = re.compile(r"\r\n|\r|\n")
_LOOKED_AT = 100_000
_TAIL = 40
_FOREIGN = 3


def read_as_it_came(decoded: Decoded, delimiter: str = "") -> Reading:
    """Return how a text was read of which no header is known yet."""
    text = decoded.text.removeprefix("\ufeff")
    sign = delimiter or vote_delimiter(text)
    rows = list(islice(records_of(text[:_LOOKED_AT], sign), SAMPLE_ROWS))
    return Reading(
        kind="csv",
        encoding=decoded.encoding,
        delimiter=sign,
        header_line=0,
        line_count=count_lines(text),
        sample=tuple(shown(cells) for _, cells in rows),
        sample_lines=tuple(line for line, _ in rows),
        is_guessed=decoded.is_guessed,
        foreign=_foreign(text) if decoded.is_guessed else (),
    )


def with_header(reading: Reading, text: str, layout: Layout, below: Sequence[str]) -> Reading:
    """Return the reading with where the header is and what was passed over."""
    first = layout.line - layout.above
    above = _END.split(text[: offset_of_line(text, first)]) if first > 1 else []
    return replace(
        reading,
        delimiter=layout.delimiter,
        header_line=first,
        header_rows=2 if layout.above else 1,
        skipped_above=lines_shown(above),
        skipped_below=lines_shown(below),
    )


def cut_below(layout: Layout, count: int) -> tuple[Layout, tuple[str, ...]]:
    """Return the layout without so many last lines that are not blank, and those lines."""
    body = layout.body
    cut: list[str] = []
    end, header = len(body), offset_of_line(body, 2)
    while len(cut) < count and end > header:
        start = max(body.rfind("\n", 0, end - 1), body.rfind("\r", 0, end - 1)) + 1
        line = body[start:end]
        if line.strip(f' \t\r\n"{layout.delimiter}'):
            cut.append(line.strip("\r\n"))
        end = start
    return (replace(layout, body=body[:end]) if cut else layout), tuple(reversed(cut))


def rows_to_look_at(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Return the first rows of a text and its last ones, with their lines, for a proposal."""
    if len(text) <= _LOOKED_AT:
        return list(records_of(text, delimiter, within=len(text)))
    head = list(records_of(text[:_LOOKED_AT], delimiter))
    lines = _END.split(text[-_LOOKED_AT:])[1:]
    last = [line for line in lines if line.strip()][-_TAIL:]
    first = count_lines(text) - len(last) + 1
    tail = [(first + at, _cells(line, delimiter)) for at, line in enumerate(last)]
    return [*head, *tail]


def shown(cells: Sequence[str]) -> tuple[str, ...]:
    """Return cells as they came, very long ones shortened."""
    return tuple(shorten(cell, SHOWN_CELL) for cell in cells)


def lines_shown(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the lines that are not blank, shortened, and no more of them than can be read."""
    filled = [line.strip() for line in lines if line.strip()]
    return tuple(shorten(line, SHOWN_CELL) for line in filled[:SHOWN_LINES])


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return [line]


def _foreign(text: str) -> tuple[str, ...]:
    found = re.finditer(r"[^\r\n]*[^\x00-\x7f][^\r\n]*", text)
    return tuple(shorten(each[0].strip(), SHOWN_CELL) for each in islice(found, _FOREIGN))
