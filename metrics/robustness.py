"""How far a composite's score and rank depend on its weights: varied at random, and one left out.

After the OECD/JRC Handbook on Constructing Composite Indicators (2008), step 7, and Saisana,
Saltelli and Tarantola (JRSS A 168, 2005), who vary weights by a quarter.
"""

from functools import lru_cache
from typing import cast

import numpy as np

from metrics.composite import divisor_of, orient, scale_values, weights_of
from metrics.intervals import Interval, Z
from metrics.limits import Floats, Mask
from metrics.model import Metric

VARIED = 0.25
DRAWS = 10_000
_SEED = 2008
_ENDS = (2.5, 97.5)


@lru_cache(maxsize=64)
def varied_weights(weights: tuple[float, ...]) -> Floats:
    """Dirichlet draws around the declared weights, draws x components, each adding up to 1.

    As concentrated as lets a component of average weight lie within ±25 % of it in 95 % of draws.
    """
    shares = np.array(weights, dtype=float) / sum(weights)
    concentration = (len(shares) - 1) * (Z / VARIED) ** 2 - 1
    return np.random.default_rng(_SEED).dirichlet(concentration * shares, size=DRAWS)


def score_interval(metric: Metric, values: Floats) -> Interval | None:
    """Where 95 % of the scores lie when the weights vary; None without all components."""
    scores = _varied_scores(metric, values.reshape(-1, 1))[:, 0]
    if np.isnan(scores).any():
        return None
    low, high = np.percentile(scores, _ENDS).tolist()
    return low, high


def rank_interval(metric: Metric, values: Floats, *, of: int) -> tuple[int, int, int] | None:
    """The rank of one of several (components x units), and where 95 % of its ranks lie.

    Ranks are competition ranks, 1 the best. None where fewer than two have all components, or
    the one asked for (`of`) has not.
    """
    whole = cast(Mask, ~np.isnan(values).any(axis=0))
    if not whole[of] or np.count_nonzero(whole) < 2:
        return None
    own = int(np.count_nonzero(whole[:of]))
    scores = orient(metric) * _varied_scores(metric, values[:, whole])
    declared = orient(metric) * (weights_of(metric) @ scale_values(metric, values[:, whole]))
    ranks = 1 + (scores > scores[:, [own]] + _ties(scores[:, [own]])).sum(axis=1)
    low, high = np.percentile(ranks, _ENDS, method="nearest").tolist()
    rank = 1 + np.count_nonzero(declared > declared[own] + _ties(declared[own]))
    return int(rank), int(low), int(high)


def without_each(metric: Metric, values: Floats) -> Floats:
    """The score without each component in turn, the others taking its weight over."""
    weights, scaled = weights_of(metric), scale_values(metric, values)
    whole = weights.sum()
    factor = whole / divisor_of(metric)
    found: Floats = factor * ((weights @ scaled) - weights * scaled) / (whole - weights)
    return found


def _varied_scores(metric: Metric, values: Floats) -> Floats:
    weights = weights_of(metric)
    factor = weights.sum() / divisor_of(metric)
    found: Floats = factor * (
        varied_weights(tuple(weights.tolist())) @ scale_values(metric, values)
    )
    return found


def _ties(scores: Floats) -> Floats:
    """What rounding alone may part equal scores by."""
    found: Floats = 1e-9 * np.maximum(1.0, np.abs(scores))
    return found
