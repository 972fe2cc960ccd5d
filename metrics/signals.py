"""Special causes: which points are unlikely to be chance, and by which rule.

The rules of NHS England's Making Data Count, every one kept per point; arrays are series x points.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import cast

import numpy as np

from metrics.limits import LimitArrays
from metrics.model import Better
from metrics.profiles import Method
from metrics.runs import uneven_runs
from metrics.segments import Floats, Ints, Mask, segment_starts, steps_of


class Rule(StrEnum):
    """The rule a point was caught by; where several caught it, the first of this order wins."""

    NONE = "none"
    OUTSIDE_ABOVE = "outside_above"
    OUTSIDE_BELOW = "outside_below"
    TREND_UP = "trend_up"
    TREND_DOWN = "trend_down"
    TWO_OF_THREE_ABOVE = "two_of_three_above"
    TWO_OF_THREE_BELOW = "two_of_three_below"
    SHIFT_ABOVE = "shift_above"
    SHIFT_BELOW = "shift_below"


class Signal(StrEnum):
    """What a caught point means; `high`/`low` for neutral metrics, where neither is good."""

    NONE = "none"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    HIGH = "high"
    LOW = "low"
    NO_DATA = "no_data"


RULES = tuple(Rule)
SIGNALS = tuple(Signal)
_UPWARD = np.array([rule.endswith(("_above", "_up")) for rule in RULES])
_MEANINGS = {
    Better.HIGHER: (Signal.IMPROVEMENT, Signal.CONCERN),
    Better.LOWER: (Signal.CONCERN, Signal.IMPROVEMENT),
    Better.NEUTRAL: (Signal.HIGH, Signal.LOW),
    Better.BAND: (Signal.HIGH, Signal.LOW),
}


def find_hits(values: Floats, limits: LimitArrays, *, method: Method) -> Mask:
    """Which rules caught which points: series x points x `RULES` (the first, NONE, never does).

    A point of two trends counts for one: the step out of it if the next point is of a trend too.
    """
    judged = ~np.isnan(limits.centre) | (not method.guarded)
    slack = method.tolerance * np.maximum(1.0, np.abs(limits.centre))
    sides = _sign(values - limits.centre, slack)
    outside, near = _beyond(values, limits, slack=slack, method=method)
    trend_up, trend_down = _trends(values, limits.groups, slack=slack, method=method)
    beyond = near | outside if method.outside_is_near else near
    two = beyond & _in_two_of_three(sides, beyond, limits.groups)
    shift = (
        uneven_runs(sides, limits.groups)
        if method.anhoej
        else _long_runs(sides, limits.groups, length=7)
    )
    found = np.zeros((*values.shape, len(RULES)), dtype=bool)
    for rule, mask in zip(
        RULES[1:],
        (
            *(outside & (sides > 0), outside & (sides < 0)),
            *(trend_up & judged, trend_down & judged),
            *(two & (sides > 0), two & (sides < 0)),
            *(shift & (sides > 0), shift & (sides < 0)),
        ),
        strict=True,
    ):
        found[..., RULES.index(rule)] = mask
    return found


def winning_rules(hits: Mask) -> Ints:
    """The index into `RULES` of the rule each point is labelled with."""
    return cast(Ints, np.argmax(hits, axis=-1))


def signals_of(
    values: Floats, rules: Ints, better: Better | Sequence[Better], *, method: Method
) -> Ints:
    """The index into `SIGNALS` of what each point means, `better` being one or one per series.

    For a band both directions are told as high or low, not judged. A point without value has no
    data; the published methods call it common cause.
    """
    each = [better] * len(values) if isinstance(better, Better) else list(better)
    meanings = np.array([[SIGNALS.index(word) for word in _MEANINGS[one]] for one in each])
    meanings = meanings.reshape(-1, 2)
    meant = np.where(_UPWARD[rules], meanings[:, :1], meanings[:, 1:])
    told = np.where(rules == 0, SIGNALS.index(Signal.NONE), meant)
    if not method.guarded:
        return told
    return np.where(np.isnan(values), SIGNALS.index(Signal.NO_DATA), told)


def _sign(difference: Floats, slack: Floats) -> Ints:
    """-1, 0 or +1; what is within `slack` of nothing, or unknown, is 0."""
    return (difference > slack).astype(np.int64) - (difference < -slack)


def _beyond(
    values: Floats, limits: LimitArrays, *, slack: Floats, method: Method
) -> tuple[Mask, Mask]:
    above, below = values - slack, values + slack
    outside = (above > limits.upper) | (below < limits.lower)
    near = ~outside & ((above > limits.near_upper) | (below < limits.near_lower))
    varies = limits.mean_range > 0 if method.guarded else np.ones_like(outside)
    return outside & varies, near & varies


def _long_runs(marks: Ints, groups: Ints, *, length: int) -> Mask:
    """Whether each point is in a run of at least `length` equal marks, none 0, in one segment."""
    starts = segment_starts(groups)
    starts[:, 1:] |= marks[:, 1:] != marks[:, :-1]
    run = np.cumsum(starts.ravel()) - 1
    lengths = np.bincount(run, minlength=1)[run].reshape(marks.shape)
    return cast(Mask, (lengths >= length) & (marks != 0))


def _trends(values: Floats, groups: Ints, *, slack: Floats, method: Method) -> tuple[Mask, Mask]:
    into = _sign(steps_of(values, groups), np.nan_to_num(slack))
    long = _long_runs(into, groups, length=6)
    members = long.copy()
    members[:, :-1] |= long[:, 1:]
    out = np.zeros_like(into)
    out[:, :-1] = into[:, 1:]
    followed = np.zeros_like(members)
    followed[:, :-1] = members[:, 1:] & ~segment_starts(groups)[:, 1:]
    if method.guarded:
        followed &= out != 0
    direction = np.where(followed, out, into)
    return members & (direction > 0), members & (direction <= 0)


def _in_two_of_three(sides: Ints, near: Mask, groups: Ints) -> Mask:
    """Whether a point is in three in a row on one side of which two are near a limit."""
    one_side = (sides[:, 2:] == sides[:, 1:-1]) & (sides[:, 1:-1] == sides[:, :-2])
    one_side &= (sides[:, 2:] != 0) & (groups[:, 2:] == groups[:, :-2])
    windows = one_side & (near[:, 2:].astype(int) + near[:, 1:-1] + near[:, :-2] >= 2)
    found = np.zeros_like(near)
    width = windows.shape[1]
    for offset in range(3 if width else 0):
        found[:, offset : offset + width] |= windows
    return found
