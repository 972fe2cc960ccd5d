"""Sums within segments: the arithmetic under limits and signals, over many series at once.

Arrays are series x points, NaN where there is no value. Groups number the segments over all series.
"""

from typing import cast

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
_Long = NDArray[np.longdouble]


def group_numbers(shape: tuple[int, ...], segments: Ints | None) -> Ints:
    """A number for every segment of every series; `segments` counts within each series."""
    within = np.broadcast_to(0 if segments is None else segments, shape)
    per_series = int(within.max(initial=0)) + 1
    return cast(Ints, within + per_series * np.arange(shape[0])[:, None])


def segment_starts(groups: Ints) -> Mask:
    """Whether each point is the first of its segment."""
    first = np.ones(groups.shape, dtype=bool)
    first[:, 1:] = groups[:, 1:] != groups[:, :-1]
    return first


def counts_of(chosen: Mask, groups: Ints) -> Ints:
    """How many points of each group are chosen."""
    return np.bincount(groups[chosen], minlength=_size(groups))


def sums_of(values: Floats, groups: Ints) -> Floats:
    """The sum of what is known in each group; 0 where nothing is."""
    return _long_sums(values.astype(np.longdouble), groups).astype(np.float64)


def means_of(values: Floats, groups: Ints) -> Floats:
    """The mean of what is known in each group, NaN where nothing is.

    In extended precision, one value after the other, with a second pass over what is left: so R
    takes its `mean`, and whether a value is equal to it comes out the same to the last bit.
    """
    count = counts_of(~np.isnan(values), groups)
    long = values.astype(np.longdouble)
    with np.errstate(invalid="ignore", over="ignore"):
        mean = _long_sums(long, groups) / count
        rest = _long_sums(long - mean[groups], groups) / count
        return (mean + rest).astype(np.float64)


def steps_of(values: Floats, groups: Ints) -> Floats:
    """Each value less the one before, NaN at a segment's first point and beside a gap."""
    steps = np.full(values.shape, np.nan)
    steps[:, 1:] = np.diff(values, axis=1)
    steps[:, 1:][groups[:, 1:] != groups[:, :-1]] = np.nan
    return steps


def _size(groups: Ints) -> int:
    return int(groups.max(initial=-1)) + 1


def _long_sums(values: _Long, groups: Ints) -> _Long:
    """Column by column, in which a group stands at most once; so each is summed in its order."""
    totals = np.zeros(_size(groups), dtype=np.longdouble)
    known = np.where(np.isnan(values), 0, values)
    for column, places in zip(known.T.copy(), groups.T.copy(), strict=True):
        totals[places] += column
    return totals
