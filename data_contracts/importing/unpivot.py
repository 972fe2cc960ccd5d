"""The columns of a wide file turned into rows, each of which keeps the header it came from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_contracts.findings import Finding, Reason
from data_contracts.importing.answers import LayoutAnswer, Unpivot, UnpivotKind
from data_contracts.importing.header_words import lower_of, upper_of
from data_contracts.parsing.header_rows import JOINT
from data_contracts.parsing.limits import Limits
from data_contracts.parsing.reading import Origins
from data_contracts.parsing.table import Refused, TextTable, note, refusal

VALUE = "value"
_MOST_KINDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    """One group of rows per file row: the cells it takes, by new header, and what it names.

    `cells` are positions of columns, -1 where this group has none; `words` are the new columns'
    texts; `origin` is the header in the file. `is_value`: one cell decides whether it is a row.
    """

    cells: Mapping[str, int]
    words: Mapping[str, str]
    origin: str
    is_value: bool = True


def lay_out(
    table: TextTable, answer: LayoutAnswer | None, limits: Limits | None = None
) -> TextTable | Refused:
    """Return the table with the columns that were answered turned into rows.

    A cell without a letter is no row; one that says why there is no value is. Columns that the
    file does not have are noted, and refused where it has none of them.
    """
    if answer is None or not answer.unpivot:
        return table
    wrong = _wrong_answer(table, answer.unpivot)
    if wrong is not None:
        return _refused(table, wrong)
    turns = _turns(table.headers, answer.unpivot)
    if not turns:
        found = "blocks of columns in a file without upper headers over them"
        expected = "two header rows, or another kind of columns"
        return _refused(table, refusal(Reason.FILE_HEADER, found, expected, row=table.header_line))
    return _turned(table, turns, answer.unpivot, limits or Limits())


def _wrong_answer(table: TextTable, kinds: Sequence[Unpivot]) -> Finding | None:
    if len(kinds) > _MOST_KINDS:
        found = f"{len(kinds)} kinds of columns to turn"
        return refusal(Reason.FILE_HEADER, found, f"at most {_MOST_KINDS}", row=table.header_line)
    lowers = {lower_of(header) for header in table.headers}
    for kind in kinds:
        there = {*table.headers, *lowers}
        if not there & set(kind.columns):
            found = f"no column {_listed(kind.columns)} to turn into rows"
            expected = "columns that the file has"
            return refusal(Reason.FILE_HEADER, found, expected, row=table.header_line)
    if len(kinds) == _MOST_KINDS and _outer(kinds) is None:
        found = "two kinds of columns that do not stand under each other"
        expected = "an upper header over all the columns of the lower one"
        return refusal(Reason.FILE_HEADER, found, expected, row=table.header_line)
    return None


def _outer(kinds: Sequence[Unpivot]) -> Unpivot | None:
    """Of one or two kinds that which the upper of two headers names, if any does."""
    blocks = [each for each in kinds if each.kind is UnpivotKind.BLOCKS]
    if blocks:
        return blocks[0]
    joined = len(kinds) == _MOST_KINDS and all(
        upper_of(column) for kind in kinds for column in kind.columns
    )
    return kinds[0] if joined else None


def _turns(headers: tuple[str, ...], kinds: Sequence[Unpivot]) -> list[_Turn]:
    outer = _outer(kinds)
    if outer is None:
        (kind,) = kinds
        return [
            _Turn(cells={VALUE: at}, words={kind.into: header}, origin=header)
            for at, header in enumerate(headers)
            if header in kind.columns
        ]
    inner = next((each for each in kinds if each is not outer), None)
    blocks: dict[str, dict[str, int]] = {}
    for at, header in enumerate(headers):
        if upper_of(header) and header in outer.columns:
            blocks.setdefault(upper_of(header), {})[lower_of(header)] = at
    into = outer.block_of or outer.into
    return [
        turn for upper, block in blocks.items() for turn in _of_block(upper, block, into, inner)
    ]


def _of_block(
    upper: str, block: Mapping[str, int], into: str, inner: Unpivot | None
) -> list[_Turn]:
    """A block as one group of rows, or as one for each lower header that is turned itself."""
    if inner is None:
        return [_Turn(cells=block, words={into: upper}, origin=upper, is_value=False)]
    names = {lower_of(column) for column in inner.columns}
    beside = {lower: at for lower, at in block.items() if lower not in names}
    return [
        _Turn(
            cells={**beside, VALUE: at},
            words={into: upper, inner.into: lower},
            origin=f"{upper}{JOINT}{lower}",
        )
        for lower, at in block.items()
        if lower in names
    ]


def _turned(
    table: TextTable, turns: Sequence[_Turn], kinds: Sequence[Unpivot], limits: Limits
) -> TextTable | Refused:
    filled = _filled(table, turns)
    count = int(filled.sum())
    if count > limits.rows:
        found = f"{count:,} rows once its columns are turned"
        return _refused(table, refusal(Reason.FILE_TOO_BIG, found, f"at most {limits.rows:,}"))
    if not count:
        finding = refusal(Reason.FILE_NO_ROWS, "no value in the turned columns", "one at least")
        return _refused(table, finding)
    rows, turned = np.nonzero(filled)
    columns = [
        *_kept(table, turns, rows),
        *_words(turns, turned),
        *_values(table, turns, rows, turned),
    ]
    return replace(
        table,
        headers=tuple(header for header, _ in columns),
        cells=pd.DataFrame({at: column for at, (_, column) in enumerate(columns)}, dtype="str"),
        lines=table.lines[rows],
        findings=(*table.findings, *_notes(table, filled, kinds)),
        origins=Origins(words=tuple(turn.origin for turn in turns), codes=turned.astype(np.int32)),
    )


Column = tuple[str, Any]


def _filled(table: TextTable, turns: Sequence[_Turn]) -> NDArray[np.bool_]:
    """Which rows of the file give a row in which turn; a ragged one gives one in any case."""
    has: dict[int, NDArray[np.bool_]] = {}
    filled = np.zeros((len(table.lines), len(turns)), dtype=np.bool_)
    for at, turn in enumerate(turns):
        decides = [turn.cells[VALUE]] if turn.is_value else list(turn.cells.values())
        for column in decides:
            if column not in has:
                has[column] = np.asarray(table.cells[column].str.strip() != "", dtype=np.bool_)
            filled[:, at] |= has[column]
    if table.short or table.surplus:
        odd = np.isin(table.lines, [*table.short, *table.surplus])
        filled[odd & ~filled.any(axis=1), 0] = True
    return filled


def _kept(table: TextTable, turns: Sequence[_Turn], rows: NDArray[np.intp]) -> Iterator[Column]:
    taken = {at for turn in turns for at in turn.cells.values()}
    for at, header in enumerate(table.headers):
        if at not in taken:
            yield header, table.cells[at].array.take(rows)


def _words(turns: Sequence[_Turn], turned: NDArray[np.intp]) -> Iterator[Column]:
    for name in turns[0].words:
        words = pd.array([turn.words[name] for turn in turns], dtype="str")
        yield name, words.take(turned)


def _values(
    table: TextTable, turns: Sequence[_Turn], rows: NDArray[np.intp], turned: NDArray[np.intp]
) -> Iterator[Column]:
    """Each new column out of those of the file that its turns take it from."""
    for name in dict.fromkeys(name for turn in turns for name in turn.cells):
        places = [turn.cells.get(name, -1) for turn in turns]
        sources = sorted({at for at in places if at >= 0})
        joined = pd.concat([table.cells[at] for at in sources], ignore_index=True).array
        slots = np.array([sources.index(at) if at >= 0 else -1 for at in places])[turned]
        cells = joined.take(np.where(slots < 0, 0, slots * len(table.lines) + rows))
        if (slots < 0).any():
            cells = cells.copy()
            cells[slots < 0] = ""
        yield name, cells


def _notes(
    table: TextTable, filled: NDArray[np.bool_], kinds: Sequence[Unpivot]
) -> Iterator[Finding]:
    empty = table.lines[~filled.any(axis=1)]
    if empty.size:
        lines = "line" if empty.size == 1 else "lines"
        found = f"{empty.size:,} {lines} without a value, the first is line {empty[0]}"
        expected = "a value in one of the turned columns; these lines give no row"
        yield note(Reason.MISSING, found, expected)
    there = {*table.headers, *map(lower_of, table.headers)}
    absent = [each for kind in kinds for each in kind.columns if each not in there]
    if absent:
        found = f"no column {_listed(absent)}"
        yield note(Reason.FILE_HEADER, found, "the columns that were named; the others are turned")


def _refused(table: TextTable, finding: Finding) -> Refused:
    return Refused(
        findings=(finding,),
        encoding=table.encoding,
        delimiter=table.delimiter,
        reading=table.reading,
    )


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(repr(column) for column in columns[:3]) + (" …" if len(columns) > 3 else "")
