"""Where one metric moved while another got worse: two facts side by side, never a cause. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from metrics.signals import Signal

_MOVED = (Signal.IMPROVEMENT, Signal.HIGH, Signal.LOW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """A metric's signal at a touchpoint, from the day it began to the last day it was told of."""

    touchpoint: str
    metric: str
    signal: Signal
    since: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Coincidence:
    """The places of two legs, what moved and what got worse; `since`: both from that day on."""

    moved: int
    worse: int
    since: date


def trade_offs(
    legs: Sequence[Leg], trades_with: Mapping[str, Collection[str]]
) -> list[Coincidence]:
    """Pairs of legs at one touchpoint, one moved and one of concern, whose spans overlap.

    Whether two metrics trade with each other is said by either of them. Improved is moved; of a
    metric that is neither good high nor low, so is unusually high or low.
    """
    found = []
    for at, moved in enumerate(legs):
        if moved.signal not in _MOVED:
            continue
        for other, worse in enumerate(legs):
            if worse.signal is not Signal.CONCERN or worse.touchpoint != moved.touchpoint:
                continue
            since = max(moved.since, worse.since)
            if _trade(moved.metric, worse.metric, trades_with) and since <= min(
                moved.until, worse.until
            ):
                found.append(Coincidence(moved=at, worse=other, since=since))
    return found


def _trade(one: str, other: str, trades_with: Mapping[str, Collection[str]]) -> bool:
    return other in trades_with.get(one, ()) or one in trades_with.get(other, ())
