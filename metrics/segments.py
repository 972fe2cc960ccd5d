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
    return _added(_columns(values), groups).astype(np.float64)


def means_of(values: Floats, groups: Ints) -> Floats:
    """The mean of what is known in each group, NaN where nothing is.

    In extended precision, one value after the other, with a second pass over what is left: so R
    takes its `mean`, and whether a value is equal to it comes out the same to the last bit. What is
    beyond all doubles has no second pass.
    """
    known = ~np.isnan(values)
    count, columns = counts_of(known, groups), _columns(values)
    with np.errstate(invalid="ignore", over="ignore"):
        mean = _added(columns, groups) / count
        columns -= mean[groups.T]
        columns[~known.T] = 0
        refined = (mean + _added(columns, groups) / count).astype(np.float64)
        once = mean.astype(np.float64)
    return np.where(np.isinf(once), once, refined)


def steps_of(values: Floats, groups: Ints) -> Floats:
    """Each value less the one before, NaN at a segment's first point and beside a gap."""
    steps = np.full(values.shape, np.nan)
    steps[:, 1:] = np.diff(values, axis=1)
    steps[:, 1:][groups[:, 1:] != groups[:, :-1]] = np.nan
    return steps


def _size(groups: Ints) -> int:
    return int(groups.max(initial=-1)) + 1


def _columns(values: Floats) -> _Long:
    """The values by point, 0 where there is none."""
    columns = np.ascontiguousarray(values.T, dtype=np.longdouble)
    columns[np.isnan(values.T)] = 0
    return columns


def _added(columns: _Long, groups: Ints) -> _Long:
    """The sum of each group, one after the other: `sum` adds in pairs, which rounds differently.

    Of a column, each group has at most one value.
    """
    totals = np.zeros(_size(groups), dtype=np.longdouble)
    if len(totals) == len(groups):  # one group to a series, in their order
        for column in columns:
            totals += column
    else:
        for column, places in zip(columns, groups.T.copy(), strict=True):
            totals[places] += column
    return totals
