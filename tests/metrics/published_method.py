"""Making Data Count's rules by the letter: one segment, plain loops, no value is None.

Written from the published algorithm alone and shares nothing with the product: windows instead of
runs, three-valued logic where a value is missing (`None` is "not known", and flags nothing), and a
mean in extended precision in two passes, one addition after the other, as R takes it.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np


@dataclass(frozen=True)
class Row:
    centre: float | None
    lower: float | None
    upper: float | None
    near_lower: float | None
    near_upper: float | None
    rule: str
    trial: bool


def judge(values, breaks, *, screens=True, baseline=None):
    """One row per value; `breaks` holds 1 on the first row of a new segment."""
    rows, segment = [], []
    for value, begins in zip(values, breaks, strict=True):
        if begins and segment:
            rows += _segment(segment, screens, baseline)
            segment = []
        segment.append(value)
    return rows + _segment(segment, screens, baseline)


def assurance(rows, *, target, better):
    """The word of the icon: the last row's limits, both sides strict."""
    if target is None or better == "neutral":
        return ""
    upper, lower = rows[-1].upper, rows[-1].lower
    if upper is not None and target > upper:
        return "never" if better == "higher" else "always"
    if lower is not None and target < lower:
        return "always" if better == "higher" else "never"
    return "sometimes"


def signal(rule, better):
    if rule == "none":
        return "none"
    upward = rule.endswith(("above", "up"))
    if better == "neutral":
        return "high" if upward else "low"
    return "improvement" if upward == (better == "higher") else "concern"


def _segment(y, screens, baseline):
    fixed = [each if baseline is None or at < baseline else None for at, each in enumerate(y)]
    centre = _mean(fixed)
    spread = _spread(fixed, screens)
    lines = [None] * 4
    if spread is not None:
        close = 2 * (2.66 / 3)
        lines = [
            *(centre - 2.66 * spread, centre + 2.66 * spread),
            *(centre - close * spread, centre + close * spread),
        ]
    rules = _rules(y, centre, lines)
    return [Row(centre, *lines, rule, len(y) < 13) for rule in rules]


def _mean(numbers):
    known = [np.longdouble(each) for each in numbers if each is not None]
    if not known:
        return None
    total = np.longdouble(0)
    for each in known:
        total += each
    mean = total / len(known)
    if not np.isfinite(float(mean)):
        return float(mean)
    rest = np.longdouble(0)
    for each in known:
        rest += each - mean
    return float(mean + rest / len(known))


def _spread(fixed, screens):
    ranges = [
        abs(later - earlier)
        for earlier, later in pairwise(fixed)
        if earlier is not None and later is not None
    ]
    mean = _mean(ranges)
    if mean is None or not screens:
        return mean
    return _mean([each for each in ranges if each < 3.267 * mean])


def _rules(y, centre, lines):
    lower, upper, near_lower, near_upper = lines
    n = len(y)
    side = [None if each is None or centre is None else _sign(each - centre) for each in y]
    outside = [
        None if each is None or upper is None else each > upper or each < lower for each in y
    ]
    near = [
        None if out is None else not out and (each < near_lower or each > near_upper)
        for each, out in zip(y, outside, strict=True)
    ]
    rising = [False] * n
    for end in range(6, n):
        steps = [_step(y, at) for at in range(end - 5, end + 1)]
        if all(step == 1 for step in steps) or all(step == -1 for step in steps):
            rising[end - 6 : end + 1] = [True] * 7
    shifted = [False] * n
    for end in range(6, n):
        window = side[end - 6 : end + 1]
        if window[0] in (1, -1) and all(each == window[0] for each in window):
            shifted[end - 6 : end + 1] = [True] * 7
    paired = [False] * n
    for first in range(n - 2):
        three = range(first, first + 3)
        if any(side[at] is None or near[at] is None for at in three):
            continue
        if abs(sum(side[at] for at in three)) == 3 and sum(near[at] for at in three) >= 2:
            for at in three:
                paired[at] = paired[at] or near[at]
    trends = [_trend(y, at, rising) for at in range(n)]
    marks = zip(side, outside, trends, paired, shifted, strict=True)
    return [_label(*each) for each in marks]


def _trend(y, at, rising):
    if not rising[at]:
        return ""
    goes_on = at + 1 < len(y) and rising[at + 1]
    return "trend_up" if _step(y, at + 1 if goes_on else at) == 1 else "trend_down"


def _label(side, is_outside, trend, is_paired, is_shifted):
    ending = "above" if side == 1 else "below"
    if is_outside:
        return f"outside_{ending}"
    if trend:
        return trend
    if is_paired:
        return f"two_of_three_{ending}"
    return f"shift_{ending}" if is_shifted else "none"


def _step(y, at):
    if at == 0 or y[at] is None or y[at - 1] is None:
        return None
    return _sign(y[at] - y[at - 1])


def _sign(number):
    return (number > 0) - (number < 0)
