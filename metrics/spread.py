"""How far the periods of a process scatter, for the range of what several of them add up to."""

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from metrics.limits import Floats, mean_ranges
from metrics.profiles import Profile, method_of
from metrics.segments import group_numbers

_D2 = 1.128  # the mean range of two normal values, in sigma
_ENOUGH = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How far counted / base scatters from period to period.

    `sigma` is that of every period, whatever its base; or, where it `follows_base`, that of a base
    of 1, which falls with the root of the base as the limits of p'- and u'-charts do.
    """

    sigma: float
    follows_base: bool = False

    def of_sum(self, base: Floats) -> float:
        """By how much one sigma carries what periods of these bases count together."""
        square = base if self.follows_base else base**2
        return self.sigma * math.sqrt(float(square.sum()))

    def of_mean(self, base: Floats) -> float:
        """By how much one sigma carries the mean of periods, each with the weight of its base."""
        return self.of_sum(base) / float(base.sum())


def spread_of(counted: Floats, base: Floats, *, follows_base: bool) -> Spread | None:
    """The spread of one series from its moving ranges, NaN or a base of 0 where there is no value.

    `follows_base` as its chart does: of p' and u' charts the ranges are those of the values' scores
    (Laney 2002), here times what chance does to a base of 1. None as for `process_sigma`.
    """
    known = ~np.isnan(counted) & (base > 0)
    over = np.where(known, base, 1.0)
    values = np.where(known, counted / over, np.nan)
    if follows_base and known.any():
        usual = float(counted[known].sum() / base[known].sum())
        values = (values - usual) * np.sqrt(over)
    sigma = process_sigma(values)
    return None if sigma is None else Spread(sigma=sigma, follows_base=follows_base)


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
