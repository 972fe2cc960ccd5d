"""Which one event may explain several signals, by three plain rules. Pure.

Places in time are numbers of periods, so that one more is the next week, day or month.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from callboard.views.signalling import CauseKind
from metrics.signals import Signal

NEAR = 1  # periods between a break and a signal that it may explain
BEHIND = 4  # periods that a concern backstage may begin before one at the front


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A signal at a touchpoint, with the period in which it began."""

    touchpoint: str
    metric: str
    signal: Signal
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A break that holds at a touchpoint, with the period that it begins."""

    number: int
    touchpoint: str
    at: int


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Cause:
    """What may explain a signal: a break by its number, or what a touchpoint had from `at` on."""

    kind: CauseKind
    touchpoint: str
    at: int
    number: int = 0


def causes_of(
    signals: Sequence[Begun],
    *,
    breaks: Sequence[Known],
    depends_on: Mapping[str, Sequence[str]],
) -> tuple[Cause | None, ...]:
    """Return what may explain each signal, the first of these that fits; None for nothing.

    A break approved at the same touchpoint, no more than a period away. A concern of a service
    behind the touchpoint that began no later, and at most four periods before; an improvement is
    not explained so. Another metric of the same touchpoint that began in the same period.
    """
    found = [_by_break(each, breaks) or _by_service(each, signals, depends_on) for each in signals]
    left = [each for each, cause in zip(signals, found, strict=True) if cause is None]
    together = Counter((each.touchpoint, each.at) for each in left)
    return tuple(
        cause or (_together(each) if together[each.touchpoint, each.at] > 1 else None)
        for each, cause in zip(signals, found, strict=True)
    )


def _by_break(signal: Begun, breaks: Sequence[Known]) -> Cause | None:
    near = [
        each
        for each in breaks
        if each.touchpoint == signal.touchpoint and abs(each.at - signal.at) <= NEAR
    ]
    if not near:
        return None
    best = min(near, key=lambda each: (abs(each.at - signal.at), each.at, each.number))
    return Cause(kind=CauseKind.BREAK, touchpoint=best.touchpoint, at=best.at, number=best.number)


def _by_service(
    signal: Begun, signals: Sequence[Begun], depends_on: Mapping[str, Sequence[str]]
) -> Cause | None:
    if signal.signal is Signal.IMPROVEMENT:
        return None
    behind = list(depends_on.get(signal.touchpoint, ()))
    concerns = [
        each
        for each in signals
        if each.touchpoint in behind
        and each.signal is Signal.CONCERN
        and 0 <= signal.at - each.at <= BEHIND
    ]
    if not concerns:
        return None
    best = max(concerns, key=lambda each: (each.at, -behind.index(each.touchpoint)))
    return Cause(kind=CauseKind.SERVICE, touchpoint=best.touchpoint, at=best.at)


def _together(signal: Begun) -> Cause:
    return Cause(kind=CauseKind.TOGETHER, touchpoint=signal.touchpoint, at=signal.at)
