"""Whether a point resembles the one before it, and what that does to the rules for runs."""

from typing import cast

import numpy as np

from metrics.segments import Floats, Ints, Mask, means_of

NOTICEABLE, STRONG = 0.3, 0.6
FALSE_SIGNALS = 0.017  # at the last point of a process that does not change (statistics.md 6.10)
_LEAST, _FEW = 12, 0.2


def lag_one(values: Floats, centre: Floats, groups: Ints, *, outside: Mask) -> Floats:
    """The lag-1 autocorrelation of each series about its centre line, NaN below 12 points.

    The sum of products of neighbours over the sum of squares (Box and Jenkins), within segments;
    a gap has no neighbours, so gaps make the figure smaller, never larger. The line may vary. Where
    hardly any is left without the points `outside` the limits, and these are few, they alone made
    it and have a cause of their own: then it is told without them.
    """
    rest = values - centre
    inside = np.where(outside, np.nan, rest)
    inside = inside - means_of(inside, groups)[groups]  # the outsiders moved the centre too
    every, others = _correlation(rest, groups), _correlation(inside, groups)
    are_few = outside.sum(axis=1) <= _FEW * (~np.isnan(values)).sum(axis=1)
    return np.where(are_few & (others < NOTICEABLE / 2), others, every)


def _correlation(rest: Floats, groups: Ints) -> Floats:
    known = ~np.isnan(rest)
    rest = np.where(known, rest, 0.0)
    together = groups[:, 1:] == groups[:, :-1]
    products = (rest[:, 1:] * rest[:, :-1] * together).sum(axis=1)
    squares = (rest**2).sum(axis=1)
    told = (known.sum(axis=1) >= _LEAST) & (squares > 0)
    return cast(Floats, np.where(told, products / np.where(told, squares, 1.0), np.nan))


def are_runs_unreliable(correlation: float) -> bool:
    """Whether neighbours are so alike that runs, trends and shifts come about by chance often."""
    return correlation > NOTICEABLE


def expected_false_signals(correlations: Floats) -> float:
    """How many of some judged series chance alone makes signal; NaN counts as independent.

    Three times as often from a lag-1 correlation of 0.3 on, eleven times from 0.6 on: simulated
    for AR(1) processes of 24 points (statistics.md 1.10, 6.10).
    """
    known = np.nan_to_num(correlations)
    times = np.where(known >= STRONG, 11.0, np.where(known >= NOTICEABLE, 3.0, 1.0))
    return float(FALSE_SIGNALS * times.sum())
