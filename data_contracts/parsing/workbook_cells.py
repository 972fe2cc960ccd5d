"""One sheet of a workbook -> rows of text: every cell as it is shown, dates in ISO form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from xml.parsers import expat

from openpyxl.utils.datetime import from_excel

from data_contracts.findings import Finding, Reason
from data_contracts.parsing.limits import Limits
from data_contracts.parsing.number_formats import PLAIN, NumberFormat, number_text, read_format
from data_contracts.parsing.table import refusal
from data_contracts.parsing.workbook import BROKEN, Workbook, broken

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_CELL, _ROW, _MERGED = (f"{_MAIN} {name}" for name in ("c", "row", "mergeCell"))
_FORMULA, _SPOKEN = f"{_MAIN} f", f"{_MAIN} rPh"  # how a text is pronounced is no part of it
_TEXTS = frozenset((f"{_MAIN} v", f"{_MAIN} t", _FORMULA))
_PIECE = 1 << 18
_MOST_ROWS = 1_048_576  # of any sheet
_EXTRA_ROWS = 100  # titles, headers and notes, which are no rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The rows of a sheet that are not empty, by their number, each as far as its last cell.

    `merged` are ranges: first row, first column, last row, last column, columns from 0.
    """

    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


class _Stop(Exception):
    """Enough of the sheet has been seen; says what is too much, if anything is."""


def has_cells(book: Workbook, part: str) -> bool:
    """Whether any cell of a sheet holds anything; broken ones seem to."""
    reader = _Reader(book, Limits(), is_peek=True)
    try:
        reader.read(part)
    except (_Stop, *BROKEN):
        return True
    return bool(reader.sheet.rows)


def read_sheet(book: Workbook, part: str, limits: Limits) -> Sheet | Finding:
    """Return the cells of a sheet, or why they cannot be read or are too many."""
    reader = _Reader(book, limits)
    try:
        reader.read(part)
    except _Stop as stop:
        return refusal(Reason.FILE_TOO_BIG, str(stop), _most(limits))
    except BROKEN as error:
        return broken(error)
    return reader.sheet


def _most(limits: Limits) -> str:
    return f"at most {limits.rows:,} rows and {limits.columns:,} columns"


class _Reader:
    """Collects the cells of a sheet while its XML is read, in as few steps a cell as there can be.

    `_into` is the element whose text is taken; the cell is that of `_column`.
    """

    def __init__(self, book: Workbook, limits: Limits, *, is_peek: bool = False) -> None:
        self.sheet = Sheet()
        self._limits = limits
        self._is_peek = is_peek
        self._words = _Words(book)
        self._row = self._column = 0
        self._type = self._text = self._formula = self._style = ""
        self._cells: dict[int, str] = {}
        self._columns: dict[str, int] = {}
        self._into = ""
        self._is_spoken = False

    def read(self, part: str) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._take
        with self._words.book.archive.open(part) as source:
            while piece := source.read(_PIECE):
                parser.Parse(piece, False)  # noqa: FBT003 - it takes its arguments by place
        parser.Parse(b"", True)  # noqa: FBT003

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == _CELL:
            place = attributes.get("r", "").rstrip("0123456789")
            if place not in self._columns:
                self._columns[place] = _column(place)
            self._column = self._columns[place] if place else self._column + 1
            self._type = attributes.get("t", "n")
            self._style = attributes.get("s", "0")
            self._text = self._formula = ""
        elif name in _TEXTS:
            self._into = "" if self._is_spoken else name
        else:
            self._start_other(name, attributes)

    def _start_other(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == _ROW:
            row = int(attributes.get("r", self._row + 1))
            if not self._row < row <= _MOST_ROWS:
                raise ValueError(row)
            self._row, self._column, self._cells = row, -1, {}
        elif name == _MERGED:
            self.sheet.merged.append(_range(attributes["ref"]))
        elif name == _SPOKEN:
            self._is_spoken = True

    def _take(self, text: str) -> None:
        if self._into == _FORMULA:
            self._formula += text
        elif self._into:
            self._text += text

    def _end(self, name: str) -> None:
        self._into = ""
        if name == _CELL:
            text = self._words.shown(self._text, self._type, self._style)
            if not text:
                text = f"={self._formula}" if self._formula else ""
            if text and not text.isspace():
                self._keep(text)
        elif name == _ROW:
            self._end_row()
        elif name == _SPOKEN:
            self._is_spoken = False

    def _keep(self, text: str) -> None:
        if self._column >= self._limits.columns:
            raise _Stop(f"{self._column + 1:,} columns")
        self._cells[self._column] = text

    def _end_row(self) -> None:
        if not self._cells:
            return
        cells = self._cells
        self.sheet.rows.append((self._row, [cells.get(at, "") for at in range(max(cells) + 1)]))
        if self._is_peek:
            raise _Stop("a row")
        if len(self.sheet.rows) > self._limits.rows + _EXTRA_ROWS:
            raise _Stop(f"more than {self._limits.rows:,} rows")


class _Words:
    """The text of a cell by its type, its style and what is stored of it; numbers only once."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self._formats = [read_format(code) for code in book.formats]
        self._numbers: dict[tuple[str, str], str] = {}

    def shown(self, word: str, kind: str, style: str) -> str:
        if not word:
            return ""
        if kind == "n":
            if (word, style) not in self._numbers:
                self._numbers[word, style] = self._number(word, int(style))
            return self._numbers[word, style]
        if kind == "s":
            return self.book.strings[_place(word)]
        if kind == "b":
            return "FALSE" if word in ("0", "false") else "TRUE"
        return word.removesuffix("Z").removesuffix("T00:00:00") if kind == "d" else word

    def _number(self, word: str, style: int) -> str:
        shape = self._formats[style] if 0 <= style < len(self._formats) else PLAIN
        if not shape.is_date:
            return number_text(word, shape)
        try:
            moment = from_excel(float(word), self.book.epoch, timedelta=shape.is_duration)
        except (ValueError, OverflowError):
            return word
        return _moment(moment, shape)


def _place(word: str) -> int:
    place = int(word)
    if place < 0:  # would count from the end
        raise IndexError(word)
    return place


def _moment(moment: datetime | time | timedelta, shape: NumberFormat) -> str:
    """A month or a year where no day is shown: that is what the publisher wrote."""
    if isinstance(moment, timedelta):
        seconds = round(moment.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    text = moment.isoformat(timespec="seconds")
    if isinstance(moment, time):
        return text
    day = text[:10]
    if shape.is_month or shape.is_year:
        return day[:7] if shape.is_month else day[:4]
    return day if text.endswith("T00:00:00") else text


def _column(letters: str) -> int:
    """The position of a column by its letters, A is 0."""
    number = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            raise ValueError(letters)
        number = number * 26 + ord(letter) - 64
    return number - 1


def _range(words: str) -> tuple[int, int, int, int]:
    first, _, last = words.partition(":")
    places = [(each.rstrip("0123456789"), each) for each in (first, last or first)]
    (top, left), (bottom, right) = (
        (int(each[len(letters) :]), _column(letters)) for letters, each in places
    )
    return top, left, bottom, right
