"""What cells of values mean beyond plain numbers: durations, pairs, signs behind a number."""

from dataclasses import dataclass

from data_contracts.benchmarks.units import DURATIONS
from data_contracts.findings import Reason, RowVerdict
from data_contracts.importing.questions import ClockStyle
from data_contracts.parsing.cells import Trouble
from data_contracts.parsing.durations import OpenDuration, has_days, in_unit, read_duration
from data_contracts.parsing.numbers import read_both_ways, write_number
from data_contracts.parsing.pairs import read_pair
from data_contracts.parsing.trailing import part_trailing


@dataclass(frozen=True, slots=True)
class Around:
    """What a cell of values stands beside: the row's unit, its metric's unit, whose hours count."""

    unit: str
    metric_unit: str
    is_business: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    """A cell as a number in its row's unit, and what goes into the note.

    `number` is "" where it has none; `trouble` says what is wrong; `is_open`: minutes or hours.
    """

    number: str = ""
    note: str = ""
    trouble: Trouble | None = None
    is_open: bool = False


def bare_number(word: str) -> tuple[str, str]:
    """Return a cell without the signs behind its number, and these signs."""
    parted = part_trailing(word)
    if parted is None:
        return word, ""
    point, comma, _ = read_both_ways(parted[0])
    return parted if point is not None or comma is not None else (word, "")


def is_special(word: str) -> bool:
    """Whether what a cell means depends on the unit of its row."""
    return read_pair(word) is not None or read_duration(word) is not None


def understand(word: str, around: Around, clock: ClockStyle | None) -> Understood:
    """Read a pair as its percentage and a duration in the row's own unit."""
    if pair := read_pair(word):
        if around.unit == around.metric_unit == "percent":
            return Understood(number=write_number(pair.percent), note=pair.note)
        return Understood()
    seconds = read_duration(word)
    if seconds is None or around.unit not in DURATIONS:
        return _of_another_unit(seconds, around)
    if isinstance(seconds, OpenDuration):
        if clock is None:
            return Understood(is_open=True)
        seconds = seconds.as_minutes if clock is ClockStyle.MINUTES else seconds.as_hours
    if has_days(word) and around.is_business and around.unit != "days":
        return Understood(trouble=_BUSINESS)
    return Understood(number=write_number(in_unit(seconds, around.unit)))


def _of_another_unit(seconds: float | OpenDuration | None, around: Around) -> Understood:
    if isinstance(seconds, float) and around.unit:
        expected = f"a value in {around.unit}, as the unit of the row says, and no duration"
        return Understood(trouble=Trouble(reason=Reason.UNIT_CONFLICT, expected=expected))
    return Understood()


_BUSINESS = Trouble(
    reason=Reason.UNIT_CONFLICT,
    expected="hours, minutes or seconds; how long a day of business hours is, is not said",
)


def trailing_trouble(rest: str) -> Trouble:
    """A note that something behind a number went into the row's note."""
    return Trouble(
        reason=Reason.TRAILING_TEXT,
        expected=f"the number alone; {rest!r} was moved to the note",
        verdict=RowVerdict.PUBLISH,
    )
