"""A file given on the command line as named columns of numbers, days and words.

Encoding, delimiter, numbers and dates are read as in a benchmark file. Nothing is left out in
silence: a cell that cannot be read refuses the file with its row, its column and what was expected.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from callboard.errors import FileRefused
from data_contracts.findings import Finding, Reason
from data_contracts.parsing import Limits, Refused, TextTable, read_any_file
from data_contracts.parsing.cells import Issue, Trouble, Words, distinct_words
from data_contracts.parsing.dates import Edge, Order, has_two_styles, read_date, vote_order
from data_contracts.parsing.headers import plain
from data_contracts.parsing.limits import CELL
from data_contracts.parsing.numbers import Numbers, read_numbers
from data_contracts.parsing.words import tidy_words, word_troubles
from definition_files import nearest

_MOST_TOLD = 5
MOST = 1e15  # beyond it a count is not whole any more in the arithmetic of computers
TOO_LARGE = ("more than 10 to the power of 15", "a count; give an exposure in a larger unit")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileColumns:
    """The columns of a file by their headers; `lines` says on which line each row begins."""

    name: str
    headers: tuple[str, ...]
    lines: tuple[int, ...]
    table: TextTable

    def find(self, asked: str, *, option: str, usual: Sequence[str] = ()) -> str | None:
        """The header that was asked for by name, else the first one that is called as usual.

        None where nothing was asked for and no column has a usual name. Raises FileRefused where
        there is no such column; `option` names how to say another one.
        """
        names = {plain(header): header for header in reversed(self.headers)}
        if not asked:
            return next((names[plain(word)] for word in usual if plain(word) in names), None)
        if plain(asked) in names:
            return names[plain(asked)]
        advice = nearest(plain(asked), names)
        raise FileRefused(self._no_column(f"no column {asked!r}, which {option} asks for", advice))

    def require(self, asked: str, *, option: str, usual: Sequence[str]) -> str:
        """As `find`, and FileRefused where there is no such column."""
        found = self.find(asked, option=option, usual=usual)
        if found is None:
            raise self.missing(option=option, usual=usual)
        return found

    def missing(self, *, option: str, usual: Sequence[str]) -> FileRefused:
        """The refusal for a column that was not named and is not found by its usual names."""
        found = f"no column called {' or '.join(usual[:3])}"
        return FileRefused(self._no_column(found, f"Name it with {option}."))

    def texts(self, header: str, *, required: bool = False) -> list[str]:
        """The words of a column, tidied; an empty cell is an empty text, or refused."""
        words = self._words(header)
        troubles = word_troubles(words, CELL)
        self._refuse(words.issues(troubles), header)
        if required:
            self._refuse_empty(words, header, "a name")
        return [words.distinct[code] if code >= 0 else "" for code in words.codes]

    def numbers(self, header: str, *, required: bool = False) -> NDArray[np.float64]:
        """The numbers of a column, NaN where the cell is empty or says "missing" (NA, -, n/a)."""
        words = self._words(header)
        read = read_numbers(
            words, delimiter=self.table.delimiter, is_whole=False, is_required=required
        )
        self._refuse(words.issues(read.troubles), header)
        if required:
            self._refuse_empty(words, header, "a number")
        self._refuse(_mixed_units(words, read), header)
        return read.values

    def days(self, header: str) -> list[date]:
        """The days of a column; a week (2026-W03), month, quarter or year is its first day."""
        words = self._words(header)
        order = vote_order(words.distinct)
        own = Order.MIXED if has_two_styles(words.distinct) else order
        readings = [read_date(word, order=own, edge=Edge.FIRST) for word in words.distinct]
        troubles = {at: each.trouble for at, each in enumerate(readings) if each.trouble}
        self._refuse(words.issues(troubles), header)
        self._refuse_empty(words, header, "a date such as 2026-03-31, or a month such as 2026-03")
        days = [each.day for each in readings]
        return [day for code in words.codes if (day := days[code]) is not None]

    def reads_as_days(self, header: str) -> bool:
        """Whether every cell of a column is a day or period."""
        return _is_read(lambda: self.days(header))

    def reads_as_numbers(self, header: str) -> bool:
        """Whether every cell of a column is a number or says "missing", and one is a number."""
        return _is_read(lambda: self.numbers(header)) and bool(
            np.isfinite(self.numbers(header)).any()
        )

    def refuse_headless(self, header: str) -> None:
        """Raise FileRefused where the name of a column of days is itself a day."""
        if read_date(header, order=vote_order([header]), edge=Edge.FIRST).day is not None:
            row = self.table.header_line
            raise FileRefused(
                f"{self.name}, row {row}: found {header!r} where the name of a column is expected. "
                "Begin the file with a row such as date,value, or name the column with --date."
            )

    def others(self, used: Collection[str | None]) -> list[str]:
        """The headers that are not in `used`."""
        return [header for header in self.headers if header not in used]

    def refuse_rows(self, rows: Iterable[int], *, column: str, found: str, expected: str) -> None:
        """Raise FileRefused for these rows (counted from 0) where there is any."""
        lines = [self.lines[row] for row in rows]
        if lines:
            where = f"row {_listed(lines)}" if len(lines) == 1 else f"rows {_listed(lines)}"
            raise FileRefused(
                f"{self.name}, {where}, column {column}: {found}. Expected {expected}."
            )

    def _words(self, header: str) -> Words:
        position = self.headers.index(header)
        return tidy_words(distinct_words(header, self.table.cells[position]))

    def _refuse_empty(self, words: Words, header: str, expected: str) -> None:
        empty = np.flatnonzero(words.codes < 0).tolist()
        self.refuse_rows(empty, column=header, found="found nothing", expected=expected)

    def _refuse(self, issues: Iterable[Issue], header: str) -> None:
        told = [
            f"{self.name}, row {self.lines[issue.position]}, column {header}: "
            f"found {issue.found!r}, expected {issue.trouble.expected}."
            f"{_advice(issue.trouble)}"
            for issue in issues
        ]
        if told:
            raise FileRefused("\n".join(_shortened(told)))

    def _no_column(self, found: str, advice: str) -> str:
        columns = ", ".join(header for header in self.headers if header) or "none"
        row = self.table.header_line
        return f"{self.name}, row {row}: {found}. Its columns: {columns}. {advice}".rstrip()


def read_columns(path: Path) -> FileColumns:
    """Read a file of text with a header in its first line; FileRefused says why it cannot be."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FileRefused(f"{path}: {error.strerror or 'cannot be read'}.") from error
    table = read_any_file(content, Limits())
    if isinstance(table, Refused):
        raise FileRefused("\n".join(_told(path.name, finding) for finding in table.findings))
    _refuse_structure(path.name, table)
    return FileColumns(
        name=path.name,
        headers=tuple(header.strip() for header in table.headers),
        lines=tuple(table.lines.tolist()),
        table=table,
    )


def _refuse_structure(name: str, table: TextTable) -> None:
    twice = [header for header, count in Counter(map(plain, table.headers)).items() if count > 1]
    if any(twice):
        raise FileRefused(
            f"{name}, row {table.header_line}: more than one column is called "
            f"{next(filter(None, twice))!r}. Expected every column once; rename one."
        )
    odd = sorted({*table.short, *table.surplus})
    if odd:
        raise FileRefused(
            f"{name}, row {_listed(odd)}: expected {len(table.headers)} cells, as the header has. "
            "A cell that contains the delimiter needs quotes."
        )


def _told(name: str, finding: Finding) -> str:
    row = f", row {finding.row}" if finding.row else ""
    advice = f" {finding.suggestion}" if finding.suggestion else ""
    return f"{name}{row}: found {finding.found}, expected {finding.expected}.{advice}"


def _mixed_units(words: Words, numbers: Numbers) -> Iterator[Issue]:
    """The first number with a % or a currency beside it where others have none, or the reverse."""
    known = np.flatnonzero(~np.isnan(numbers.values))
    odd = known[numbers.signs[known] != numbers.signs[known[:1]]]
    trouble = Trouble(
        reason=Reason.UNIT_CONFLICT,
        expected=f"one unit in the whole column, as on the first row ({words.raw.iloc[known[0]]!r})"
        if len(odd)
        else "",
    )
    for at in odd[:1].tolist():
        found = str(words.raw.iloc[at])
        yield Issue(position=at, column=words.name, found=found, trouble=trouble)


def _advice(trouble: Trouble) -> str:
    """A suggestion that speaks of no benchmark file."""
    is_of_any_file = trouble.suggestion and trouble.reason is not Reason.WRONG_TYPE
    return f" {trouble.suggestion}" if is_of_any_file else ""


def _is_read(read: Callable[[], object]) -> bool:
    try:
        read()
    except FileRefused:
        return False
    return True


def _listed(numbers: Sequence[int]) -> str:
    told = [f"{number:,}" for number in numbers[:_MOST_TOLD]]
    more = len(numbers) - len(told)
    return ", ".join(told) + (f" and {more:,} more" if more else "")


def _shortened(sentences: list[str]) -> list[str]:
    more = len(sentences) - _MOST_TOLD
    return sentences if more <= 0 else [*sentences[:_MOST_TOLD], f"… and {more:,} more such cells."]
