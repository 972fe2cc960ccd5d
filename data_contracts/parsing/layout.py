"""Where the table begins in a text, and what stands between its cells."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from data_contracts.findings import Finding, Reason
from data_contracts.parsing.header_rows import join_headers
from data_contracts.parsing.headers import plain
from data_contracts.parsing.table import refusal

DELIMITER_WORDS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
_SEP = re.compile(r"sep=([,;\t|])(?:\r\n|\r|\n)", re.IGNORECASE)
_END = re.compile(r"\r\n|\r|\n")
_LOOKED_AT = 100_000
_HEADER_WITHIN = 30
_ENOUGH = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The delimiter, the line of the header, its cells, and the text from the header on.

    Of two header rows `line` is that of the lower one and `above` how many lines the upper one is
    above it.
    """

    delimiter: str
    line: int
    headers: tuple[str, ...]
    body: str
    above: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """The row with most headers of the contract, and the first cell that stands above it."""

    score: int = 0
    line: int = 1
    headers: tuple[str, ...] = ()
    title: str = ""


def find_layout(text: str, known: Mapping[str, str], *, delimiter: str = "") -> Layout | Finding:
    """Return the layout in which most headers are known, or why there is none.

    `known` are the plain headers of the contract. Rows above the header refuse the file: whether
    they may be dropped is for a person to say.
    """
    sep = _SEP.match(text)
    start, above = (sep.end(), 1) if sep else (0, 0)
    sample = text[start : start + _LOOKED_AT]
    found = [
        (best_header(records_of(sample, sign), known), sign)
        for sign in _delimiters(text, delimiter)
    ]
    best, sign = max(found, key=lambda each: each[0].score)
    wrong = header_trouble(best, sample, known, above=above)
    if wrong is not None:
        return wrong
    body = text[start + offset_of_line(text[start:], best.line) :]
    return Layout(delimiter=sign, line=best.line + above, headers=best.headers, body=body)


def best_header(records: Iterable[tuple[int, list[str]]], known: Mapping[str, str]) -> Candidate:
    """Return the first of the rows in which most headers are known."""
    best, title = Candidate(), ""
    for line, cells in records:
        score = len({known[plain(cell)] for cell in cells if plain(cell) in known})
        if score > best.score:
            best = Candidate(score=score, line=line, headers=tuple(cells), title=title)
        title = title or next((cell for cell in cells if cell.strip()), "")
    return best


def header_trouble(
    best: Candidate, sample: str, known: Mapping[str, str], *, above: int = 0
) -> Finding | None:
    """Return why a file is refused whose best header this is, None where it will do."""
    if best.score < min(_ENOUGH, len(known)):
        return _no_header(sample, known)
    if not best.title:
        return None
    return refusal(
        Reason.FILE_HEADER,
        f"a title above the table: {best.title!r}",
        f"the header on the first line; it is on line {best.line + above}",
        row=best.line + above,
        advice="Delete the lines above it.",
    )


def layout_at(
    text: str, line: int, *, rows: int = 1, delimiter: str = "", known: Mapping[str, str]
) -> Layout | Finding:
    """Return the layout whose header is on the given line, and on the next too where `rows` is 2.

    The delimiter is the one given, else the one that fits most of the headers and of the rows.
    """
    start = offset_of_line(text, line)
    if start >= len(text):
        found = f"a header on line {line:,}"
        lines = f"a line of the file, which has {count_lines(text):,}"
        return refusal(Reason.FILE_HEADER, found, lines, row=line)
    sample = text[start : start + _LOOKED_AT]
    sign = max(_delimiters(text, delimiter), key=lambda each: _fit(sample, each, known))
    records = list(islice(records_of(sample, sign), rows + 1))
    headers = join_headers([cells for _, cells in records[:rows]])
    if not any(cell.strip() for cell in headers):
        found = f"no header on line {line:,}"
        return refusal(Reason.FILE_HEADER, found, "the names of the columns", row=line)
    above = records[min(rows, len(records)) - 1][0] - 1
    body = text[start + offset_of_line(text[start:], above + 1) :]
    return Layout(delimiter=sign, line=line + above, headers=headers, body=body, above=above)


def vote_delimiter(text: str) -> str:
    """Return the delimiter that cuts most lines into the same number of cells; a `sep=` decides."""
    sample = text[:_LOOKED_AT]
    return max(_delimiters(text, ""), key=lambda each: _commonness(sample, each))


def _delimiters(text: str, delimiter: str) -> tuple[str, ...]:
    sep = _SEP.match(text)
    return (delimiter,) if delimiter else (sep[1],) if sep else tuple(DELIMITER_WORDS)


def _fit(sample: str, delimiter: str, known: Mapping[str, str]) -> tuple[int, bool, float, int]:
    first = next(records_of(sample, delimiter), (1, [""]))[1]
    score = len({known[plain(cell)] for cell in first if plain(cell) in known})
    return score if score >= _ENOUGH else 0, *_commonness(sample, delimiter)


def _commonness(sample: str, delimiter: str) -> tuple[bool, float, int]:
    """The comma comes last where all else is equal: it may be that of decimals."""
    widths = [len(cells) for _, cells in records_of(sample, delimiter) if any(cells)] or [0]
    (width, count), *_ = sorted(Counter(widths).items(), key=lambda each: (-each[1], -each[0]))
    return width > 1, count / len(widths) - (0.01 if delimiter == "," else 0), width


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
    records = ((line, cells) for line, cells in records_of(sample, delimiter) if any(cells))
    line, headers = next(records, (1, []))
    body = text[start + offset_of_line(text[start:], line) :]
    return Layout(delimiter=delimiter, line=line + above, headers=tuple(headers), body=body)


def _regularity(sample: str, delimiter: str) -> tuple[bool, float, int, bool]:
    """The comma comes last where all else is equal: it may be that of decimals."""
    widths = [len(cells) for _, cells in records_of(sample, delimiter) if any(cells)] or [0]
    return widths[0] > 1, widths.count(widths[0]) / len(widths), widths[0], delimiter != ","


def records_of(
    sample: str, delimiter: str, *, within: int = _HEADER_WITHIN
) -> Iterator[tuple[int, list[str]]]:
    """Yield the first rows of a text with the line each begins on, as far as they can be cut."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    before = 0
    try:
        for number, cells in enumerate(reader):
            if number >= within:
                return
            yield before + 1, cells
            before = reader.line_num
    except csv.Error:
        return


def offset_of_line(text: str, line: int) -> int:
    """Return the position where a line begins, whichever way lines end."""
    position = 0
    for _ in range(line - 1):
        match = _END.search(text, position)
        if match is None:
            return len(text)
        position = match.end()
    return position


def count_lines(text: str) -> int:
    """Return how many lines a text has, whichever way they end."""
    ends = text.count("\n")
    if "\r" in text:
        ends += text.count("\r") - text.count("\r\n")
    return ends + (bool(text) and not text.endswith(("\n", "\r")))


def _no_header(sample: str, known: Mapping[str, str]) -> Finding:
    first = next((line for line in re.split(r"[\r\n]+", sample) if line.strip()), "")
    names = list(dict.fromkeys(known.values()))
    return refusal(
        Reason.FILE_HEADER,
        f"no header row; the file begins with {first[:60]!r}",
        f"a header row with names such as {', '.join(names[:8])}",
        row=1,
        advice="Take the template.",
    )
