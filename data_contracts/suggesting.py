"""What a value that breaks a check was probably meant to be.

Only what one value says of itself is suggested, and only where there is one answer: of two close
words, or a number that can be read two ways, neither is. It is said, never done.
"""

import math
import re
from collections.abc import Callable, Collection
from difflib import get_close_matches

from data_contracts.model import Check, ColumnType, Kind
from data_contracts.parsing.dates import Edge, read_date, vote_order
from data_contracts.parsing.missing_words import meaning_of
from data_contracts.parsing.numbers import read_both_ways

_LONGEST = 200  # characters; a longer value is no slip of the pen
_CLOSE = 0.75
_YES_NO = {"yes": "true", "no": "false", "y": "true", "n": "false", "on": "true", "off": "false"}
_LEAVE_EMPTY = "If there is no value, leave the cell empty."
_KEEP_ONE = "Keep the right row, and take the others out of the source."


def suggest(check: Check, found: object, *, words: Collection[str]) -> str:
    """Return a sentence for whoever corrects the row; "" where nothing sensible can be said.

    `found` is the value that breaks the check, `words` are those allowed in its column.
    """
    if check.kind is Kind.UNIQUE:
        return _KEEP_ONE
    text = "" if found is None else str(found)
    if not text or len(text) > _LONGEST or check.kind not in _OF_KIND:
        return ""
    return _OF_KIND[check.kind](check, text, words)


def _perhaps(meant: str) -> str:
    return f"Did you mean {meant!r}?" if meant else ""


def _word(_: Check, text: str, words: Collection[str]) -> str:
    alike = {_plain(word): word for word in words}
    if len(alike) == len(words) and _plain(text) in alike:
        return _perhaps(alike[_plain(text)])
    close = get_close_matches(_plain(text), alike, n=2, cutoff=_CLOSE)
    return _perhaps(alike[close[0]]) if len(close) == 1 else ""


def _plain(word: str) -> str:
    """A word without what people do not see: capitals, and spaces around and between."""
    return " ".join(word.casefold().split())


def _type(check: Check, text: str, _: Collection[str]) -> str:
    if meaning_of(text.strip()):
        return _LEAVE_EMPTY
    match check.column_type:
        case ColumnType.NUMBER | ColumnType.INTEGER:
            return _perhaps(_number(text.strip(), is_whole=check.column_type is ColumnType.INTEGER))
        case ColumnType.BOOLEAN:
            return _perhaps(_YES_NO.get(_plain(text), ""))
        case ColumnType.DATE | ColumnType.TIMESTAMP:
            return _perhaps(_day(text.strip()))
        case _:
            return ""


def _number(text: str, *, is_whole: bool) -> str:
    """The one number that a text can be read as; 1,234 is two, and 87.5 % none of another unit."""
    point, comma, sign = read_both_ways(text)
    read = {each for each in (point, comma) if each is not None and math.isfinite(each)}
    if sign or len(read) != 1:
        return ""
    number = read.pop()
    return "" if is_whole and not number.is_integer() else f"{number:.15g}"


def _day(text: str) -> str:
    """The day that a text names, whichever of two numbers is the month."""
    day = read_date(text, order=vote_order([text]), edge=Edge.DAY).day
    return day.isoformat() if day else ""


def _pattern(check: Check, text: str, _: Collection[str]) -> str:
    """The same without spaces around, or in other capitals, if that has the form."""
    bare = text.strip()
    tries = dict.fromkeys((bare, bare.upper(), bare.lower(), "".join(bare.split())))
    fit = [each for each in tries if each != text and re.search(check.pattern, each)]
    return _perhaps(fit[0]) if fit and (len(fit) == 1 or fit[0] == bare) else ""


def _length(check: Check, text: str, _: Collection[str]) -> str:
    bare = text.strip()
    is_short = check.low is not None and len(bare) < check.low
    is_long = check.high is not None and len(bare) > check.high
    return "" if bare == text or is_short or is_long else _perhaps(bare)


def _range(check: Check, text: str, _: Collection[str]) -> str:
    """A number with the other sign, where that lies within."""
    number = _finite(text)
    if number is None or number >= 0 or check.column_type not in _NUMBERS:
        return ""
    low, high = check.low or 0, math.inf if check.high is None else check.high
    return _perhaps(f"{-number:.15g}") if low < -number < high else ""


def _multiple(check: Check, text: str, _: Collection[str]) -> str:
    number, step = _finite(text), check.multiple
    if number is None or not step or abs(number / step) > 2**53:
        return ""
    low = math.floor(number / step)
    return f"The nearest are {low * step:.15g} and {(low + 1) * step:.15g}."


def _finite(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


_NUMBERS = (ColumnType.NUMBER, ColumnType.INTEGER)
_OF_KIND: dict[Kind, Callable[[Check, str, Collection[str]], str]] = {
    Kind.ONE_OF: _word,
    Kind.KNOWN: _word,
    Kind.TYPE: _type,
    Kind.PATTERN: _pattern,
    Kind.LENGTH: _length,
    Kind.RANGE: _range,
    Kind.MULTIPLE: _multiple,
    Kind.MISSING: lambda *_: _LEAVE_EMPTY,
}
