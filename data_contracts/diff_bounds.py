"""Ends of a range, before and after: which of them moved, and whether more is allowed now."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from data_contracts.model import Check, Tolerance
from definition_files import Edit, Weight, edit

_NAMES, _SIGNS = ("lower", "upper"), (1, -1)


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """One end of a range; without a `value` the range is open there. `words` name the value."""

    value: float | None
    words: str = ""
    is_open: bool = False

    def tightness(self, sign: int) -> tuple[float, bool]:
        """How much the end keeps out, to be compared; `sign` is 1 at the low end, -1 at the high.

        An end that is not allowed itself keeps out more than the same one that is.
        """
        return (-math.inf, False) if self.value is None else (sign * self.value, self.is_open)


def check_ends(check: Check) -> tuple[End, End]:
    """The ends of a range of numbers, lengths, dates or moments."""
    low, high = (
        _number(check.low, is_open=check.is_low_open),
        _number(check.high, is_open=check.is_high_open),
    )
    if check.earliest:
        low = _moment(check.earliest, is_open=check.is_low_open)
    if check.latest:
        high = _moment(check.latest, is_open=check.is_high_open)
    return low, high


def tolerance_ends(tolerance: Tolerance) -> tuple[End, End]:
    """The ends of how many rows are meant."""
    return (
        _number(tolerance.low, is_open=tolerance.is_low_open),
        _number(tolerance.high, is_open=tolerance.is_high_open),
    )


def moved_ends(
    where: str, before: tuple[End, End], after: tuple[End, End], *, is_outside: bool = False
) -> Iterator[Edit]:
    """Tell each end that moved; with `is_outside` the range is what is not allowed."""
    for name, sign, old, new in zip(_NAMES, _SIGNS, before, after, strict=True):
        one, other = old.tightness(sign), new.tightness(sign)
        if one != other:
            is_narrower = (other > one) != is_outside
            weight = Weight.TIGHTENED if is_narrower else Weight.LOOSENED
            sentence = f"The {name} end was {_told(old)}, it is {_told(new)} now."
            yield edit(where, sentence, weight)


def _number(value: float | None, *, is_open: bool) -> End:
    return End(value=value, words="" if value is None else f"{value:,}", is_open=is_open)


def _moment(text: str, *, is_open: bool) -> End:
    moment = datetime.fromisoformat(text)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return End(value=aware.timestamp(), words=text, is_open=is_open)


def _told(end: End) -> str:
    if end.value is None:
        return "open"
    return f"{end.words} (not included)" if end.is_open else end.words
