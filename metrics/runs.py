"""Runs about the centre after Anhøj: too long a run, or too few crossings, for so many points.

J. Anhøj and A. V. Olesen, "Run charts revisited", *PLoS ONE* 9 (2014): both bounds grow with the
number of points, so a long chart does not cry wolf more often than a short one.
"""

import numpy as np
from scipy.special import bdtr

from metrics.segments import Ints, Mask


def uneven_runs(sides: Ints, groups: Ints) -> Mask:
    """Which points make a segment's runs uneven; `sides` is -1, 0 (on the line, no value) or +1.

    Points on the line are dropped: n counts the others, and a run goes on past them. The segment
    signals when its longest run has more than round(log2 n) + 3 points, or when the centre is
    crossed fewer times than the 5 % quantile of a binomial of n - 1 and one half. Every run that
    is too long is marked. Too few crossings tell of the segment and not of a point: they mark its
    longest run, the latest one of equals.
    """
    useful = sides != 0
    side, group = sides[useful], groups[useful]
    marked = np.zeros(sides.shape, dtype=bool)
    if not len(side):
        return marked
    starts = np.ones(len(side), dtype=bool)
    starts[1:] = (side[1:] != side[:-1]) | (group[1:] != group[:-1])
    run = np.cumsum(starts) - 1
    lengths, group_of_run = np.bincount(run), group[starts]
    points = np.bincount(group)
    crossings = np.bincount(group_of_run, minlength=len(points)) - 1
    longest = np.zeros(len(points), dtype=np.int64)
    np.maximum.at(longest, group_of_run, lengths)
    is_longest = lengths == longest[group_of_run]
    latest = np.zeros(len(points), dtype=np.int64)
    latest[group_of_run[is_longest]] = np.flatnonzero(is_longest)
    is_marked = lengths > _longest_run(points)[group_of_run]
    few = (points > 0) & (crossings < _fewest_crossings(points))
    is_marked[latest[few]] = True
    marked[useful] = is_marked[run]
    return marked


def _longest_run(points: Ints) -> Ints:
    """The most points that a run may have, of so many in all."""
    return np.rint(np.log2(np.maximum(points, 1))).astype(np.int64) + 3


def _fewest_crossings(points: Ints) -> Ints:
    """The fewest times that chance crosses the centre: the 5 % quantile of a fair coin's heads."""
    fewest = np.zeros(len(points), dtype=np.int64)
    for many in np.unique(points[points > 1]).tolist():
        below = bdtr(np.arange(many), many - 1, 0.5)
        fewest[points == many] = np.searchsorted(below, 0.05)
    return fewest
