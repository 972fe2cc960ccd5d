"""The four bounds that a column's options may name, read into one range and said in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data_contracts.formats import read_bound
from data_contracts.model import ColumnType

LOW = ("minimum", "exclusiveMinimum")
HIGH = ("maximum", "exclusiveMaximum")
TIMES = frozenset({ColumnType.DATE, ColumnType.TIMESTAMP})


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """From where to where values may lie; None is an open end.

    Ends are numbers, or the days or moments of `read_bound`.
    """

    low: Any = None
    high: Any = None
    is_low_open: bool = False
    is_high_open: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether no value lies within."""
        if self.low is None or self.high is None:
            return False
        is_point_open = self.is_low_open or self.is_high_open
        return bool(self.low > self.high or (self.low == self.high and is_point_open))


def has_range(options: Mapping[str, Any]) -> bool:
    """Whether `options` name a bound."""
    return any(name in options for name in (*LOW, *HIGH))


def read_range(options: Mapping[str, Any], kind: ColumnType) -> Range:
    """Return the range that `options` tell of a column of `kind`; a bound that is none is open."""

    def end(names: tuple[str, str]) -> Any:
        value = next((options[name] for name in names if name in options), None)
        return read_bound(value, kind) if kind in TIMES else value

    return Range(
        low=end(LOW),
        high=end(HIGH),
        is_low_open=LOW[0] not in options and LOW[1] in options,
        is_high_open=HIGH[0] not in options and HIGH[1] in options,
    )


def say_range(found: Range, kind: ColumnType) -> str:
    """Say a range that has at least one end: "between 0 and 600", "after 2020-01-01"."""
    if not (found.is_low_open or found.is_high_open or None in (found.low, found.high)):
        return f"between {_end(found.low)} and {_end(found.high)}"
    ends = []
    if found.low is not None:
        ends.append(f"{_WORDS[kind in TIMES][0][found.is_low_open]} {_end(found.low)}")
    if found.high is not None:
        ends.append(f"{_WORDS[kind in TIMES][1][found.is_high_open]} {_end(found.high)}")
    return " and ".join(ends)


_WORDS = {
    False: (("at least", "above"), ("at most", "below")),
    True: (("not before", "after"), ("not after", "before")),
}


def _end(value: Any) -> str:
    return value.replace("T", " ") if isinstance(value, str) else f"{value:,}"
