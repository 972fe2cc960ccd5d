"""When an alert goes off and when it may again: once for each time, with a line on either side."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from metrics.model import Better
from metrics.verdict import good_range


class Position(StrEnum):
    """Where a period is: beyond the line of an alert, back behind the line of rearming, between."""

    BEYOND = "beyond"
    BACK = "back"
    BETWEEN = "between"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How many periods in a row must be beyond, and how many back before it may go off again."""

    periods: int = 1
    rearm_periods: int = 1


def is_off(positions: Sequence[Position], patience: Patience, *, before: bool) -> bool:
    """Whether an alert has gone off and still stands; `positions` are oldest first.

    A period without a value neither makes it go off nor brings it back: blank is not zero. What is
    between the lines leaves things as they are, so that a value that swings about the line does
    not tell people at each turn.
    """
    if before:
        return not _all_are(Position.BACK, positions, patience.rearm_periods)
    return _all_are(Position.BEYOND, positions, patience.periods)


def _all_are(wanted: Position, positions: Sequence[Position], count: int) -> bool:
    newest = positions[-count:]
    return len(newest) == count and all(each is wanted for each in newest)


def behind_target(
    value: float | None,
    *,
    better: Better,
    target: float | None,
    band: tuple[float, float] | None,
    by: float,
    rearm_by: float,
) -> Position:
    """Where a value is against its target: beyond is worse by more than `by`, equal is not.

    Back is on the good side by `rearm_by` or more; a band narrower than twice that asks for its
    middle. Unknown without a value, or without a promise.
    """
    kept = good_range(better, target=target, band=band)
    if value is None or kept is None:
        return Position.UNKNOWN
    low, high = kept
    if value < low - by or value > high + by:
        return Position.BEYOND
    middle = (low + high) / 2
    inner = min(low + rearm_by, middle), max(high - rearm_by, middle)
    return Position.BACK if inner[0] <= value <= inner[1] else Position.BETWEEN


def behind_peers(gap: float | None, *, by: float, rearm_by: float) -> Position:
    """Where a gap is, told from our side (negative is behind); unknown where there is none."""
    if gap is None:
        return Position.UNKNOWN
    if gap < -by:
        return Position.BEYOND
    return Position.BACK if gap >= rearm_by else Position.BETWEEN
