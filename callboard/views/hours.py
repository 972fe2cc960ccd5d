"""A metric by weekday and hour."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class CellState(StrEnum):
    """What is known of an hour; one that is not there had no case.

    Of a ratio that is not zero; a count without a cell is of days without any data.
    """

    SHOWN = "shown"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class HourCell:
    """One hour (0-23) of a weekday (0 is Monday), all its days in the span taken together.

    `difference` is from the overall value, in the metric's unit. `is_clear`: it differs from the
    other hours by more than chance; `p` is adjusted for all hours looked at, None without a test.
    """

    weekday: int
    hour: int
    name: str
    state: CellState
    value: float | None
    value_text: str
    n: int
    days: int
    numerator: float | None = None
    denominator: float | None = None
    difference: float | None = None
    difference_text: str = ""
    is_clear: bool = False
    p: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HourMap:
    """The hours of a week; empty where the metric has none. `sentence` names the worst and best.

    `legend` says what shades and signs mean, as far as there are any; `how` says how it was judged,
    `since` from when on hours are kept for this metric.
    """

    metric: str
    touchpoint: str
    title: str = ""
    cells: tuple[HourCell, ...] = ()
    sentence: str = ""
    legend: str = ""
    how: str = ""
    alt: str = ""
    unit_text: str = ""
    overall_text: str = ""
    span: str = ""
    since: date | None = None
