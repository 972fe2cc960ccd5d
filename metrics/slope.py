"""The slope of a few points that no single one of them decides, with its 90 % interval."""

import math
from dataclasses import dataclass

import numpy as np
from scipy import special  # not scipy.stats: it takes a second to load, and the page would wait

from metrics.limits import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Slope:
    """Change a step, with the interval that holds the true one in 90 of 100 cases."""

    value: float
    low: float
    high: float


def theil_sen(values: Floats, at: Floats) -> Slope:
    """The median of the slopes between all pairs of points (Theil 1950), interval after Sen 1968.

    `at` must increase; two points at least. Ties narrow the interval, as in Sen's (2.6).
    """
    later = np.triu_indices(len(at), 1)
    steps = values[later[1]] - values[later[0]]
    slopes = np.sort(steps / (at[later[1]] - at[later[0]]))
    pairs, points = len(slopes), len(values)
    ties = np.unique(values, return_counts=True)[1]
    variance = (_spread(np.array([points])) - _spread(ties[ties > 1])) / 18
    half = float(special.ndtri(0.95)) * math.sqrt(max(variance, 0.0))
    low = max(int(np.round((pairs - half) / 2)) - 1, 0)
    high = min(int(np.round((pairs + half) / 2)), pairs - 1)
    return Slope(value=float(np.median(slopes)), low=float(slopes[low]), high=float(slopes[high]))


def _spread(counts: np.typing.NDArray[np.int64]) -> float:
    return float((counts * (counts - 1) * (2 * counts + 5)).sum())
