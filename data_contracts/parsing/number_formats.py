"""What a workbook's number formats add to a number: a percent sign, a currency, a unit in words."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from openpyxl.styles.numbers import is_date_format, is_timedelta_format

_CURRENCY = re.compile(r"\[\$([^\]-]*)[^\]]*\]")
_IGNORED = re.compile(r"\[[^\]]*\]|_.|\*.")
_TOKENS = re.compile(r'"([^"]*)"|\\(.)|([0#?][0#?.,/]*(?:E[+-]0+)?)|(.)', re.DOTALL)
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_LITERAL = frozenset("$€£¥%-+/ ()")
_SURE_DIGITS = 15  # what Excel keeps of a number; the rest is noise of binary fractions


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How a number is shown: times 100 or not, with words before and after it; or as a date.

    `zeros` is the width to which zeros fill it up. `is_month` and `is_year` are dates of which no
    day is shown.
    """

    is_percent: bool = False
    before: str = ""
    after: str = ""
    zeros: int = 0
    is_date: bool = False
    is_duration: bool = False
    is_month: bool = False
    is_year: bool = False


PLAIN = NumberFormat()


@lru_cache(maxsize=512)
def read_format(code: str) -> NumberFormat:
    """Return what a format code does to a number."""
    first = code.split(";", maxsplit=1)[0]
    if code == "General" or first == "@":
        return PLAIN
    if is_date_format(code):
        letters = set(_QUOTED.sub("", first).casefold())
        has_day = bool(letters & set("dhs"))
        return NumberFormat(
            is_date=True,
            is_duration=is_timedelta_format(code),
            is_month=not has_day and {"m", "y"} <= letters,
            is_year=not has_day and "m" not in letters and "y" in letters,
        )
    return _number_format(first)


def _number_format(code: str) -> NumberFormat:
    code = _IGNORED.sub("", _CURRENCY.sub(lambda match: f'"{match[1]}"', code))
    before, after, digits, is_percent = "", "", "", False
    for match in _TOKENS.finditer(code):
        literal = match[1] or match[2] or (match[4] if match[4] in _LITERAL else "") or ""
        is_percent |= match[4] == "%"
        digits += match[3] or ""
        before, after = (before, after + literal) if digits else (before + literal, after)
    if digits.endswith(","):  # shown in thousands or millions: the words are not those of the cell
        return PLAIN
    zeros = len(digits) if set(digits) == {"0"} else 0
    return NumberFormat(
        is_percent=is_percent, before=before.strip("-+ ()"), after=after.strip("()"), zeros=zeros
    )


def number_text(word: str, shape: NumberFormat) -> str:
    """Return a number of a workbook to the digits that are sure, with the words shown beside it."""
    is_short = len(word) <= _SURE_DIGITS and _PLAIN.fullmatch(word)
    if shape is PLAIN and is_short:
        return _without_zeros(word)
    try:
        number = Decimal(word if is_short else format(float(word), f".{_SURE_DIGITS}g"))
    except (ValueError, ArithmeticError):
        return word
    if not number.is_finite() or abs(number.adjusted()) > _SURE_DIGITS * 2:
        return word
    if shape.is_percent:
        number = number.scaleb(2)
    digits = _without_zeros(format(number, "f"))
    return f"{shape.before}{digits.zfill(shape.zeros)}{shape.after.rstrip()}"


def _without_zeros(digits: str) -> str:
    """Drop zeros at the end, but for one after three decimals: 1.234 could be read as thousands."""
    short = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return f"{short}0" if short.rfind(".") == len(short) - 4 and "." in short else short
