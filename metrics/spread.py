"""How far single periods of a process scatter, for the range of what several of them add up to."""

import numpy as np
from scipy import special

from metrics.limits import Floats, mean_ranges
from metrics.profiles import Profile, method_of
from metrics.segments import group_numbers

_D2 = 1.128  # the mean range of two normal values, in sigma
_ENOUGH = 8


def process_sigma(values: Floats) -> float | None:
    """Sigma of one series (NaN for no value), from the moving ranges that make its limits.

    None below 8 values, or where no two neighbours have one.
    """
    if np.count_nonzero(~np.isnan(values)) < _ENOUGH:
        return None
    series = values[None, :]
    groups = group_numbers(series.shape, None)
    spread = float(mean_ranges(series, groups, method=method_of(Profile.CALLBOARD))[0]) / _D2
    return None if np.isnan(spread) else spread


def reach(points: int) -> float:
    """How many sigma a 95 % range goes either way, sigma being estimated from so many points.

    Student's t with 0.605 degrees of freedom a point, which is what a mean moving range is worth
    (Cryer and Ryan, Journal of Quality Technology 22, 1990).
    """
    return float(special.stdtrit(0.605 * max(points, _ENOUGH), 0.975))
