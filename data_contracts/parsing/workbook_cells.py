"""One sheet of a workbook -> rows of text: every cell as it is shown, dates in ISO form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from xml.parsers import expat

from openpyxl.utils.datetime import from_excel

from data_contracts.model import Finding, Reason
from data_contracts.parsing.limits import Limits
from data_contracts.parsing.number_formats import NumberFormat, number_text, read_format
from data_contracts.parsing.table import refusal
from data_contracts.parsing.workbook import BROKEN, Workbook, broken

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
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
    """Collects the cells of a sheet while its XML is read."""

    def __init__(self, book: Workbook, limits: Limits, *, is_peek: bool = False) -> None:
        self.sheet = Sheet()
        self._book = book
        self._limits = limits
        self._is_peek = is_peek
        self._formats = [read_format(code) for code in book.formats]
        self._row = self._column = self._style = 0
        self._type = self._text = self._formula = ""
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
        with self._book.archive.open(part) as source:
            parser.ParseFile(source)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == f"{_MAIN} c":
            self._begin_cell(attributes)
        elif name in _TEXTS and not self._is_spoken:
            self._into = name
        elif name == _SPOKEN:
            self._is_spoken = True
        elif name == f"{_MAIN} row":
            row = int(attributes.get("r", self._row + 1))
            if not self._row < row <= _MOST_ROWS:
                raise ValueError(row)
            self._row, self._column, self._cells = row, -1, {}
        elif name == f"{_MAIN} mergeCell":
            self.sheet.merged.append(_range(attributes["ref"]))

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        place = attributes.get("r", "").rstrip("0123456789")
        if place and place not in self._columns:
            self._columns[place] = _column(place)
        self._column = self._columns[place] if place else self._column + 1
        self._type = attributes.get("t", "n")
        self._style = int(attributes.get("s", 0))
        self._text = self._formula = ""

    def _take(self, text: str) -> None:
        if self._into in (_VALUE, _TEXT):
            self._text += text
        elif self._into == _FORMULA:
            self._formula += text

    def _end(self, name: str) -> None:
        if name == f"{_MAIN} c":
            text = self._shown()
            if text.strip():
                self._keep(text)
        elif name == f"{_MAIN} row":
            self._end_row()
        elif name == _SPOKEN:
            self._is_spoken = False
        self._into = ""

    def _keep(self, text: str) -> None:
        if self._column >= self._limits.columns:
            raise _Stop(f"{self._column + 1:,} columns")
        self._cells[self._column] = text

    def _end_row(self) -> None:
        if not self._cells:
            return
        width = max(self._cells) + 1
        self.sheet.rows.append((self._row, [self._cells.get(at, "") for at in range(width)]))
        if self._is_peek:
            raise _Stop("a row")
        if len(self.sheet.rows) > self._limits.rows + _EXTRA_ROWS:
            raise _Stop(f"more than {self._limits.rows:,} rows")

    def _shown(self) -> str:
        word, kind = self._text, self._type
        if not word:
            return f"={self._formula}" if self._formula else ""
        if kind == "s":
            return self._book.strings[_place(word)]
        if kind == "b":
            return "FALSE" if word in ("0", "false") else "TRUE"
        if kind == "d":
            return word.removesuffix("Z").removesuffix("T00:00:00")
        return self._number(word) if kind == "n" else word

    def _number(self, word: str) -> str:
        shape = self._formats[self._style] if self._style < len(self._formats) else read_format("")
        if not shape.is_date:
            return number_text(word, shape)
        try:
            moment = from_excel(float(word), self._book.epoch, timedelta=shape.is_duration)
        except (ValueError, OverflowError):
            return word
        return _moment(moment, shape)


_VALUE, _TEXT, _FORMULA = f"{_MAIN} v", f"{_MAIN} t", f"{_MAIN} f"
_SPOKEN = f"{_MAIN} rPh"  # how a text is pronounced, which is no part of it
_TEXTS = frozenset((_VALUE, _TEXT, _FORMULA))


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
