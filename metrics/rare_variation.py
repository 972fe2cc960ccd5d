"""Whether rare events became more or fewer, told at the last day: the gaps and the running one."""

from datetime import date

from metrics.limits import Footing
from metrics.model import Better
from metrics.rare_events import RareEvents
from metrics.rare_words import FURTHER_APART, Between
from metrics.signals import Rule, Signal
from metrics.verdict import Variation

_LONG = {
    Better.LOWER: Signal.IMPROVEMENT,
    Better.HIGHER: Signal.CONCERN,
    Better.NEUTRAL: Signal.LOW,
    Better.BAND: Signal.LOW,
}
_QUIET = (Signal.NONE, Signal.NO_DATA)


def rare_variation(
    found: RareEvents, *, better: Better, as_of: date, break_on: date | None = None
) -> Variation:
    """The variation of rare events as it stands on the day `as_of`.

    The signal of the last gap holds until the next event; a signal of short gaps only until the
    running gap is longer than the usual one, for then the run of short gaps is over whatever comes.
    `since` is the day of the event that the first gap of the signal begins with.
    """
    signal, rule, first = _latest(found, better)
    limits = found.limits
    return Variation(
        signal=signal,
        rule=rule,
        since=found.gaps.starts[first] if rule is not Rule.NONE else None,
        footing=limits.footing,
        points_since=None,
        points=sum(length is not None for length in found.gaps.lengths),
        as_of=as_of,
        break_on=break_on,
        between=Between(
            chart=limits.chart,
            usual=limits.centre,
            running=found.gaps.running,
            is_long=found.running_is_long,
        ),
    )


def _latest(found: RareEvents, better: Better) -> tuple[Signal, Rule, int]:
    """The signal, its rule, and the place of the gap that it began with."""
    last = len(found.signals)
    if found.limits.footing in (Footing.NONE, Footing.GAPS):
        return Signal.NONE, Rule.NONE, last
    if found.running_is_long:
        return _LONG[better], Rule.OUTSIDE_ABOVE, _run_start(found, _LONG[better])
    signal, rule = found.signals[-1], found.rules[-1]
    if signal in _QUIET or _is_over(found, rule):
        return Signal.NONE, Rule.NONE, last
    return signal, rule, _run_start(found, signal)


def _is_over(found: RareEvents, rule: Rule) -> bool:
    """Whether the running gap ended a run of short ones already."""
    running, length = found.gaps.running, found.gaps.lengths[-1]
    if rule in FURTHER_APART or running is None:
        return False
    bound = length if rule is Rule.TREND_DOWN else found.limits.centre
    return bound is not None and running > bound


def _run_start(found: RareEvents, signal: Signal) -> int:
    """Where the unbroken run of a signal up to the last gap began; after it without one."""
    place = len(found.signals)
    while place and found.signals[place - 1] is signal:
        place -= 1
    return place
