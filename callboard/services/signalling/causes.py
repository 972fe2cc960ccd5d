"""Which one event may explain several signals, by five plain rules. Pure.

Places in time are numbers of periods, so that one more is the next week, day or month.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from callboard.views.signalling import CauseKind
from metrics.signals import Signal

EVERY = ""  # every touchpoint, or all metrics
NEAR = 1  # periods between a break and a signal that it may explain
AFTER = 1  # periods that a signal may begin after what somebody wrote of
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """An annotation, or days set aside, that stands, with the period in which what it is of began.

    `touchpoint` and `metric` are EVERY where it is about all of them.
    """

    number: int
    touchpoint: str
    metric: str
    at: int


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Cause:
    """What may explain a signal: what was written, by its number, or what a touchpoint had.

    `touchpoint` is EVERY for an annotation of every touchpoint; it began in the period `at`.
    """

    kind: CauseKind
    touchpoint: str
    at: int
    number: int = 0


def causes_of(
    signals: Sequence[Begun],
    *,
    breaks: Sequence[Known],
    annotations: Sequence[Noted],
    depends_on: Mapping[str, Sequence[str]],
    asides: Sequence[Noted] = (),
) -> tuple[Cause | None, ...]:
    """Return what may explain each signal, the first of these that fits; None for nothing.

    A break approved at the same touchpoint, no more than a period away. Days of it that were set
    aside, then an annotation about it, that began in the same period or the one before. A concern
    of a service behind the touchpoint that began no later, and at most four periods before; an
    improvement is not explained so. Another metric of the same touchpoint that began in the same
    period.
    """
    found = [
        _by_break(each, breaks)
        or _by_note(each, asides, CauseKind.ASIDE)
        or _by_note(each, annotations, CauseKind.ANNOTATION)
        or _by_service(each, signals, depends_on)
        for each in signals
    ]
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


def _by_note(signal: Begun, notes: Sequence[Noted], kind: CauseKind) -> Cause | None:
    """The nearest one before it; of several the one about the least, then the one written last."""
    near = [
        each
        for each in notes
        if each.touchpoint in (EVERY, signal.touchpoint)
        and each.metric in (EVERY, signal.metric)
        and 0 <= signal.at - each.at <= AFTER
    ]
    if not near:
        return None
    best = max(
        near, key=lambda each: (each.at, bool(each.touchpoint), bool(each.metric), each.number)
    )
    return Cause(kind=kind, touchpoint=best.touchpoint, at=best.at, number=best.number)


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
