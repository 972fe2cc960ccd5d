"""Volume guard: where so little was counted that the figure may be shown but not judged.

Arrays are series x periods, NaN where nothing is known; a column is one period of the calendar.
"""

from collections.abc import Sequence
from math import nan
from statistics import median

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from metrics.model import Grain
from metrics.segments import Floats, Ints, Mask

_LEAST_SHARE = 0.5
_CHANCE = 3.0  # how many roots of the usual volume chance alone takes away (Poisson)
_WEEK = 7
_LOOK_BACK = {Grain.DAY: 5, Grain.WEEK: 12, Grain.MONTH: 12}
_AT_LEAST = {Grain.DAY: 4, Grain.WEEK: 8, Grain.MONTH: 8}


def look_back(grain: Grain) -> int:
    """How many periods before one its usual volume is told from, the first of them included."""
    return _LOOK_BACK[grain] * (_WEEK if grain is Grain.DAY else 1)


def usual_volumes(volumes: Floats, grain: Grain) -> Floats:
    """The median volume of the periods before each one, NaN where there are too few of them.

    Weeks and months look back over 12 periods, of which 8 must be known; a day over the same
    weekday of the 5 weeks before, of which 4 must be, so that a quiet Sunday is no collapse.
    """
    if grain is not Grain.DAY:
        return _median_before(volumes, grain)
    usual = np.full(volumes.shape, np.nan)
    for weekday in range(min(_WEEK, volumes.shape[1])):
        usual[:, weekday::_WEEK] = _median_before(volumes[:, weekday::_WEEK], grain)
    return usual


def usual_of(before: Sequence[float]) -> float:
    """The usual volume of a day, of the volumes of the same weekday before it, the last one last.

    NaN where too few of them are known. Leave out days of which nothing is known: then earlier ones
    tell what is usual, however long ago they were.
    """
    last = before[-_LOOK_BACK[Grain.DAY] :]
    return float(median(last)) if len(last) >= _AT_LEAST[Grain.DAY] else nan


def has_collapsed(volumes: Floats, usual: Floats) -> Mask:
    """Whether each volume is below half of the usual one, and chance alone would not do that.

    Chance: three roots of the usual volume, as of counts that come about independently; it
    matters only where fewer than 36 are usual.
    """
    with np.errstate(invalid="ignore"):
        halved = volumes < _LEAST_SHARE * usual
        return halved & (usual - volumes > _CHANCE * np.sqrt(usual))


def _median_before(volumes: Floats, grain: Grain) -> Floats:
    width = _LOOK_BACK[grain]
    padded = np.pad(volumes, ((0, 0), (width, 0)), constant_values=np.nan)[:, :-1]
    windows = sliding_window_view(padded, width, axis=1)
    count = np.count_nonzero(~np.isnan(windows), axis=-1)
    ordered = np.sort(windows, axis=-1)  # NaN last
    middle = (_at(ordered, np.maximum(count - 1, 0) // 2) + _at(ordered, count // 2)) / 2
    return np.where(count >= _AT_LEAST[grain], middle, np.nan)


def _at(ordered: Floats, place: Ints) -> Floats:
    return np.take_along_axis(ordered, place[..., None], axis=-1)[..., 0]
