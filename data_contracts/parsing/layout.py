"""Where the table begins in a text, and what stands between its cells."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from data_contracts.model import Finding, Reason
from data_contracts.parsing.headers import plain
from data_contracts.parsing.table import refusal

DELIMITER_WORDS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
_SEP = re.compile(r"sep=([,;\t|])(?:\r\n|\r|\n)", re.IGNORECASE)
_LOOKED_AT = 100_000
_HEADER_WITHIN = 30
_ENOUGH = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The delimiter, the line of the header, its cells, and the text from the header on."""

    delimiter: str
    line: int
    headers: tuple[str, ...]
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    score: int
    delimiter: str
    line: int
    headers: tuple[str, ...]
    title: str


def find_layout(text: str, known: dict[str, str]) -> Layout | Finding:
    """Return the layout in which most headers are known, or why there is none.

    `known` are the plain headers of the contract. Rows above the header refuse the file: whether
    they may be dropped is for a person to say.
    """
    sep = _SEP.match(text)
    start, above = (sep.end(), 1) if sep else (0, 0)
    sample = text[start : start + _LOOKED_AT]
    delimiters = (sep[1],) if sep else tuple(DELIMITER_WORDS)
    best = max((_best(sample, each, known) for each in delimiters), key=lambda each: each.score)
    if best.score < min(_ENOUGH, len(known)):
        return _no_header(sample, known)
    if best.title:
        return refusal(
            Reason.FILE_HEADER,
            f"a title above the table: {best.title!r}",
            f"the header on the first line; it is on line {best.line + above}",
            row=best.line + above,
            advice="Delete the lines above it.",
        )
    body = text[start + _offset(text[start:], best.line - 1) :]
    return Layout(delimiter=best.delimiter, line=best.line + above, headers=best.headers, body=body)


def first_line_layout(text: str) -> Layout:
    """Return the layout of a file of which no header is known: the first line that is not blank.

    The delimiter is the one that cuts the header and most rows below it into the same number of
    cells, more cells before fewer; a `sep=` line decides alone.
    """
    sep = _SEP.match(text)
    start, above = (sep.end(), 1) if sep else (0, 0)
    sample = text[start : start + _LOOKED_AT]
    delimiters = (sep[1],) if sep else tuple(DELIMITER_WORDS)
    delimiter = max(delimiters, key=lambda each: _regularity(sample, each))
    records = ((line, cells) for line, cells in _records(sample, delimiter) if any(cells))
    line, headers = next(records, (1, []))
    body = text[start + _offset(text[start:], line - 1) :]
    return Layout(delimiter=delimiter, line=line + above, headers=tuple(headers), body=body)


def _regularity(sample: str, delimiter: str) -> tuple[bool, float, int, bool]:
    """The comma comes last where all else is equal: it may be that of decimals."""
    widths = [len(cells) for _, cells in _records(sample, delimiter) if any(cells)] or [0]
    return widths[0] > 1, widths.count(widths[0]) / len(widths), widths[0], delimiter != ","


def _best(sample: str, delimiter: str, known: dict[str, str]) -> _Candidate:
    best = _Candidate(score=0, delimiter=delimiter, line=1, headers=(), title="")
    title = ""
    for line, cells in _records(sample, delimiter):
        score = len({known[plain(cell)] for cell in cells if plain(cell) in known})
        if score > best.score:
            best = _Candidate(
                score=score, delimiter=delimiter, line=line, headers=tuple(cells), title=title
            )
        title = title or next((cell for cell in cells if cell.strip()), "")
    return best


def _records(sample: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    before = 0
    try:
        for number, cells in enumerate(reader):
            if number >= _HEADER_WITHIN:
                return
            yield before + 1, cells
            before = reader.line_num
    except csv.Error:
        return


def _offset(text: str, lines: int) -> int:
    """The position after so many lines, whichever way they end."""
    position = 0
    for _ in range(lines):
        match = re.compile(r"\r\n|\r|\n").search(text, position)
        position = match.end() if match else len(text)
    return position


def _no_header(sample: str, known: dict[str, str]) -> Finding:
    first = next((line for line in re.split(r"[\r\n]+", sample) if line.strip()), "")
    names = list(dict.fromkeys(known.values()))
    return refusal(
        Reason.FILE_HEADER,
        f"no header row; the file begins with {first[:60]!r}",
        f"a header row with names such as {', '.join(names[:8])}",
        row=1,
        advice="Take the template.",
    )
