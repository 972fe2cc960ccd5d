"""Where the header of a table probably is, what above and below it is no row, and joined headers.

A proposal only: whether rows may be passed over is for a person to say.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data_contracts.parsing.headers import plain

JOINT = " › "
_WITHIN = 40
_FILLED = 0.6
_NUMBER = re.compile(r"[-+(]?\s*[$€£]?\s*[0-9][0-9.,: %/]*\)?\D{0,6}")
_YEAR = re.compile(r"(FY ?)?(19|20)[0-9]{2}([/-][0-9]{2,4})?", re.IGNORECASE)
_NOTE = re.compile(
    r"(sources?|notes?|footnotes?|remarks?|copyright|disclaimer|sample report|confidential)\b"
    r"|[*†‡§©]|\(?[0-9a-z]\)",
    re.IGNORECASE,
)
Row = tuple[int, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderGuess:
    """Where the header seems to be, how many rows below are notes, how sure that is, and why.

    `line` is 0 where nothing looks like a header.
    """

    line: int = 0
    rows: int = 1
    skip_below: int = 0
    confidence: float = 0.0
    why: str = "No row looks like the names of columns."


def join_headers(
    rows: Sequence[Sequence[str]], merged: Sequence[tuple[int, int]] | None = None
) -> tuple[str, ...]:
    """Return one header per column of one or two header rows.

    A blank cell of the upper row takes the cell to its left; where `merged` (first and last column
    of merged upper cells) is known, only within those. Both parts stand with a › between them.
    """
    if len(rows) < 2:
        return tuple(rows[0]) if rows else ()
    width = max(len(row) for row in rows)
    upper, lower = ([*row, *[""] * (width - len(row))] for row in rows[:2])
    for at in range(1, width):
        is_open = merged is None or any(first < at <= last for first, last in merged)
        if not upper[at].strip() and is_open and (lower[at].strip() or merged is not None):
            upper[at] = upper[at - 1]
    pairs = zip(upper, lower, strict=True)
    return tuple(JOINT.join(part.strip() for part in pair if part.strip()) for pair in pairs)


def propose_header(rows: Sequence[Row], known: Mapping[str, str]) -> HeaderGuess:
    """Return where the header seems to be among a file's rows (its first and its last ones do).

    It is the first row that is filled to 60 % of the table's width and that rows of data follow.
    """
    filled = [(line, [cell.strip() for cell in cells]) for line, cells in rows]
    filled = [(line, cells) for line, cells in filled if any(cells)]
    width = _width(filled)
    for at, (_, cells) in enumerate(filled[:_WITHIN]):
        is_upper = _is_upper(filled, at, width)
        if is_upper or (_count(cells) >= _FILLED * width and _is_words(cells)):
            return _guess(filled, at, 2 if is_upper else 1, known)
    return HeaderGuess()


def _width(filled: Sequence[Row]) -> int:
    """The most common width among the rows that are more than one cell."""
    widths = Counter(_extent(cells) for _, cells in filled if _count(cells) > 1)
    return max(widths, key=lambda width: (widths[width], width), default=1)


def _extent(cells: Sequence[str]) -> int:
    return max((at + 1 for at, cell in enumerate(cells) if cell), default=0)


def _count(cells: Sequence[str]) -> int:
    return sum(map(bool, cells))


def _is_words(cells: Sequence[str]) -> bool:
    """Whether a row names columns: hardly a number in it that is no year."""
    numbers = [cell for cell in cells if _NUMBER.fullmatch(cell) and not _YEAR.fullmatch(cell)]
    return len(numbers) <= 0.2 * _count(cells)


def _is_upper(filled: Sequence[Row], at: int, width: int) -> bool:
    """Whether a row stands over groups of columns that the row below it names one by one."""
    (line, upper), (below, lower) = filled[at], filled[min(at + 1, len(filled) - 1)]
    if below != line + 1 or not (_is_words(upper) and _is_words(lower)):
        return False
    names = [cell for cell in lower if cell]
    if upper[0] and _at(lower, 0) and len(set(names)) == len(names):
        return False  # words above a header that says everything once are a title
    places = range(2, width)
    has_gap = any(_at(lower, i) and not _at(upper, i) and any(upper[1:i]) for i in places)
    repeats = any(
        _at(upper, i) and _at(upper, i) == _at(upper, i - 1) and _at(lower, i) != _at(lower, i - 1)
        for i in places
    )
    both = [bool(_at(upper, i)) + bool(_at(lower, i)) for i in range(width)]
    return (
        (has_gap or repeats)
        and 2 in both[1:]
        and sum(map(bool, both)) >= _FILLED * width
        and any(_has_data(lower, cells) for _, cells in filled[at + 2 : at + 5])
    )


def _has_data(lower: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether a row has numbers where the row above it has words."""
    return any(
        _NUMBER.fullmatch(cell) and _at(lower, at) and not _NUMBER.fullmatch(_at(lower, at))
        for at, cell in enumerate(cells)
    )


def _at(cells: Sequence[str], at: int) -> str:
    return cells[at] if at < len(cells) else ""


def _guess(filled: Sequence[Row], at: int, rows: int, known: Mapping[str, str]) -> HeaderGuess:
    line, cells = filled[at]
    below = filled[at + rows :]
    if not below:
        return HeaderGuess()
    width = max(_extent(cells), *(_extent(row) for _, row in filled[at : at + rows]))
    notes = _notes(below, width)
    data = below[: len(below) - notes]
    same = sum(_extent(row) <= width and _count(row) > 1 for _, row in data)
    score = len({known[plain(cell)] for cell in cells if plain(cell) in known})
    share = same / len(data) if data else 0.0
    confidence = min(0.98, 0.5 + 0.35 * share + 0.05 * min(score, 2) + 0.1 * (at == 0))
    return HeaderGuess(
        line=line,
        rows=rows,
        skip_below=notes,
        confidence=round(confidence - (0.05 if rows > 1 else 0), 2),
        why=_why(line, rows=rows, above=at, below=notes),
    )


def _notes(below: Sequence[Row], width: int) -> int:
    """How many rows at the end are words about the table: one cell, or a note by its first word."""
    count = 0
    for _, cells in reversed(below):
        is_alone = _count(cells) == 1 and width > 2 and bool(cells[0])
        first = next(filter(None, cells))
        is_note = bool(_NOTE.match(first)) and _count(cells) <= max(1, width // 3)
        if not (is_alone or is_note):
            break
        count += 1
    return count if count < len(below) else 0


def _why(line: int, *, rows: int, above: int, below: int) -> str:
    where = f"Lines {line} and {line + 1} name" if rows > 1 else f"Line {line} names"
    told = [f"{where} the columns of the rows below"]
    if above:
        told.append(f"{_said(above)} of titles above")
    if below:
        told.append(f"{_said(below)} of notes at the end")
    return ", ".join(told) + "."


def _said(lines: int) -> str:
    return "1 line" if lines == 1 else f"{lines:,} lines"
