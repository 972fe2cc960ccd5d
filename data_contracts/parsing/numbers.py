"""Cells of numbers: one way of writing per column, voted on; what fits two ways is not guessed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from data_contracts.findings import Reason
from data_contracts.parsing.cells import Trouble, Words
from data_contracts.parsing.missing_words import MISSING_WORDS, meaning_of

_CLEAR = re.compile(r"[+-]?(?:0?\.[0-9]+|[0-9]+(?:\.(?:[0-9]{1,2}|[0-9]{4,}))?)")
_ALL_CLEAR = re.compile(rf"(?>{_CLEAR.pattern}\n)++")  # never back into a word: 0.5 fits two ways
_SIGNED = re.compile(
    r"(?P<currency>[$€£¥])?\s*(?P<number>[+-]?[0-9.,]+(?:[eE][+-]?[0-9]{1,4})?)\s*(?P<sign>[%$€£¥])?"
)
_NO_SIGN = re.compile(r"[^0-9.,+\-eE%$€£¥\s'’]")  # no number has such a letter, sign or space
_SPACES = re.compile(r"(?<=[0-9])[ \u00a0\u2009\u202f'’](?=[0-9]{3}(?![0-9]))")
_POINT = re.compile(
    r"[+-]?(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,4})?"
)
_COMMA = re.compile(r"[+-]?(?:[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[0-9]+)?(?:,[0-9]+)?")
_EXCEL_ERROR = re.compile(r"#(DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!)")
_INFINITE = re.compile(r"[+-]?inf(inity)?", re.IGNORECASE)
_AND_MORE = re.compile(
    r"([+-]?[0-9]+(?:\.[0-9]+)?)\s*%?(?:[*†‡§]+|\s*\(.*\)|\s+\D.*|(?!x)[a-z]{1,7})", re.IGNORECASE
)
_EXPECTED = "a number such as 1234.5"


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column of numbers, NaN where there is none; `signs` is "%" or a currency beside a number.

    `troubles` are by the place of the word.
    """

    values: NDArray[np.float64]
    signs: NDArray[np.str_]
    troubles: dict[int, Trouble]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A word read both ways: with a decimal point and with a decimal comma, None where neither."""

    point: float | None
    comma: float | None
    sign: str = ""

    @property
    def is_open(self) -> bool:
        """Whether both ways give a number, and not the same."""
        return None not in (self.point, self.comma) and self.point != self.comma

    @property
    def is_decimal(self) -> bool:
        """Whether it has decimals after a point, or else is a whole number, such as 1.234."""
        return (
            None not in (self.point, self.comma)
            and not float(self.point or 0).is_integer()
            and float(self.comma or 0).is_integer()
        )


_NOTHING = _Cell(None, None)


@dataclass(frozen=True, slots=True)
class _Style:
    """What the numbers that fit only one way say of the column."""

    has_point: bool
    has_comma: bool
    delimiter: str
    is_whole: bool


def read_numbers(words: Words, *, delimiter: str, is_whole: bool, is_required: bool) -> Numbers:
    """Return the column's numbers and what is wrong with its other words.

    Of a column that is not required, the usual words for "missing" are missing and no trouble.
    """
    if _ALL_CLEAR.fullmatch("\n".join((*words.distinct, ""))):
        values = np.array(words.distinct, dtype=np.float64)
        if np.isfinite(values).all():
            return Numbers(
                words.spread(values.tolist(), np.nan, "float64"), np.full(len(words.codes), ""), {}
            )
    cells = [_read(word) for word in words.distinct]
    style = _vote(cells, delimiter, is_whole=is_whole)
    numbers: list[float] = []
    troubles: dict[int, Trouble] = {}
    for place, (word, cell) in enumerate(zip(words.distinct, cells, strict=True)):
        trouble = _told(word, cell, style)
        numbers.append(trouble if isinstance(trouble, float) else np.nan)
        if isinstance(trouble, Trouble) and (is_required or word.casefold() not in MISSING_WORDS):
            troubles[place] = trouble
    signs = words.spread([cell.sign for cell in cells], "", "str")
    return Numbers(words.spread(numbers, np.nan, "float64"), signs, troubles)


def read_each(
    words: Sequence[str], *, delimiter: str, is_whole: bool = False
) -> list[float | Trouble]:
    """Return what each word of a column is: its number, or what is wrong with it."""
    cells = [_read(word) for word in words]
    style = _vote(cells, delimiter, is_whole=is_whole)
    return [_told(word, cell, style) for word, cell in zip(words, cells, strict=True)]


def read_both_ways(word: str) -> tuple[float | None, float | None, str]:
    """Return a word with a decimal point, with a decimal comma, and the sign beside it."""
    cell = _read(word)
    return cell.point, cell.comma, cell.sign


def write_number(number: float, sign: str = "") -> str:
    """Write a number so that it is read one way in every column and file."""
    text = np.format_float_positional(number, trim="-")
    if re.fullmatch(r"-?[0-9]+\.[0-9]{3}", text):
        text += "0"
    return f"{text}{sign}" if sign in ("", "%") else f"{sign}{text}"


def _read(word: str) -> _Cell:
    if _CLEAR.fullmatch(word):
        number = float(word)
        return _Cell(number, None if "." in word else number)
    match = None if _NO_SIGN.search(word) else _SIGNED.fullmatch(_SPACES.sub("", word))
    if match is None:
        return _NOTHING
    text, sign = match["number"], match["currency"] or match["sign"] or ""
    point = float(text.replace(",", "")) if _POINT.fullmatch(text) and _has_digit(text) else None
    fits_comma = _COMMA.fullmatch(text) and _has_digit(text)
    comma = float(text.replace(".", "").replace(",", ".")) if fits_comma else None
    return _Cell(point, comma, sign)


def _has_digit(text: str) -> bool:
    return any("0" <= letter <= "9" for letter in text)


def _vote(cells: Sequence[_Cell], delimiter: str, *, is_whole: bool) -> _Style:
    cells = [cell for cell in cells if cell is not _NOTHING]
    has_point = any(cell.point is not None and cell.comma is None for cell in cells)
    if delimiter == "," and not is_whole:
        has_point |= any(cell.is_decimal for cell in cells)
    return _Style(
        has_point=has_point,
        has_comma=any(cell.comma is not None and cell.point is None for cell in cells),
        delimiter=delimiter,
        is_whole=is_whole,
    )


def _told(word: str, cell: _Cell, style: _Style) -> float | Trouble:
    decided = None if cell is _NOTHING else _decide(cell, style)
    return _no_number(word) if decided is None else decided


def _decide(cell: _Cell, style: _Style) -> float | Trouble | None:
    """Return the number a cell means in its column, the doubt about it, or None for no number."""
    if cell.is_open:
        return _decide_open(cell, style)
    if cell.point is not None:
        return _finite(cell.point)
    if cell.comma is None:
        return None
    if style.delimiter == ",":
        return _doubt("a decimal point in a file with commas between the cells")
    if style.has_point:
        return Trouble(reason=Reason.MIXED_STYLE, expected="one way of writing decimals per column")
    return _finite(cell.comma)


def _decide_open(cell: _Cell, style: _Style) -> float | Trouble:
    readings = [number for number in (cell.point, cell.comma) if number is not None]
    whole = [number for number in readings if number.is_integer()]
    if style.has_point != style.has_comma and not (style.has_comma and style.delimiter == ","):
        return _finite(readings[0] if style.has_point else readings[1])
    if style.is_whole and len(whole) == 1:
        return _finite(whole[0])
    is_decimal_point = whole == [readings[1]] or not whole
    if style.delimiter == "," and is_decimal_point and not style.has_comma:
        return _finite(readings[0])
    return _doubt(f"either {readings[0]:.10g} or {readings[1]:.10g}, written without separators")


def _finite(number: float) -> float | Trouble:
    if np.isfinite(number):
        return number
    return Trouble(reason=Reason.NOT_FINITE, expected="a finite number")


def _doubt(expected: str) -> Trouble:
    return Trouble(reason=Reason.AMBIGUOUS_NUMBER, expected=expected)


_OTHER_TEXT = Trouble(reason=Reason.WRONG_TYPE, expected=_EXPECTED)


def _no_number(word: str) -> Trouble:
    trouble = None if word[:1].isdigit() else _said_instead(word)
    if trouble is not None:
        return trouble
    more = _AND_MORE.fullmatch(word)
    advice = f"Write {more[1]} alone and the rest into note." if more else ""
    return replace(_OTHER_TEXT, suggestion=advice) if advice else _OTHER_TEXT


def _said_instead(word: str) -> Trouble | None:
    """What a word says that stands instead of a number."""
    if _EXCEL_ERROR.fullmatch(word):
        return Trouble(reason=Reason.EXCEL_ERROR, expected="a number instead of an Excel error")
    if meaning := meaning_of(word):
        expected = f"a number; such a word says {meaning}, never zero"
        return Trouble(reason=Reason.MISSING, expected=expected)
    if _INFINITE.fullmatch(word):
        return Trouble(reason=Reason.NOT_FINITE, expected="a finite number")
    return None
