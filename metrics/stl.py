"""Trend and fixed seasonal effects of many series at once, outliers notwithstanding.

STL with a periodic season (Cleveland, Cleveland, McRae, Terpenning, Journal of Official Statistics
6, 1990): there the season is one effect for each place in the cycle, and the low-pass filter of a
periodic series is its mean, so that centring the effects is all that is left of it. Missing values
have the weight 0, which the original does not know.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metrics.limits import Floats, Ints

Mask = NDArray[np.bool_]

_TURNS = 16  # of robust weights, each after two passes; five passes without them, as statsmodels


@dataclass(frozen=True, slots=True, kw_only=True)
class Decomposition:
    """`trend` and `weights` (of robustness, 0 to 1) are series x points, `effects` series x places.

    The effects are centred: their sum, weighted by how many values each place has, is 0.
    """

    trend: Floats
    effects: Floats
    weights: Floats


def decompose(
    values: Floats, places: Ints, *, length: int, is_robust: bool = True
) -> Decomposition:
    """Take series x points apart; `places` (same shape) says where in its cycle each point is."""
    known = ~np.isnan(values)
    y, member = np.where(known, values, 0.0), places[..., None] == np.arange(length)
    kernel = _kernel(values.shape[1], _trend_width(length))
    weights, trend = known.astype(float), np.zeros_like(y)
    effects = np.zeros((len(y), length))
    turns, passes = (_TURNS, 2) if is_robust else (1, 5)
    for turn in range(turns):
        for _ in range(passes):
            effects = place_means(y - trend, weights, member, known)
            season = np.take_along_axis(effects, places, axis=1)
            trend = _smooth(y - season, weights, kernel)
        if turn < turns - 1:
            weights = _robustness(y - season - trend, known)
    return Decomposition(trend=trend, effects=effects, weights=weights)


def place_means(values: Floats, weights: Floats, member: Mask, known: Mask) -> Floats:
    """The weighted mean of each place in the cycle, centred; plain where all weights are 0.

    `member` (series x points x places) says which place a point has. 0 for a place without values.
    """
    counts = np.einsum("sn,snp->sp", known.astype(float), member)
    total = np.einsum("sn,snp->sp", weights, member)
    sums = np.einsum("sn,snp->sp", weights * values, member)
    plain = np.einsum("sn,snp->sp", np.where(known, values, 0.0), member)
    means = np.where(
        total > 0, sums / np.where(total > 0, total, 1.0), plain / np.maximum(counts, 1.0)
    )
    every = np.maximum(counts.sum(axis=1, keepdims=True), 1.0)
    return np.where(counts > 0, means - (means * counts).sum(axis=1, keepdims=True) / every, 0.0)


def _trend_width(length: int) -> int:
    """The smallest odd number of at least one and a half cycles."""
    width = -(-3 * length // 2)
    return width + 1 - width % 2


def _kernel(points: int, width: int) -> Floats:
    """The tricube weights of each point (column) in the local fit at each point (row)."""
    at = np.arange(points)
    left = np.clip(at - width // 2, 0, max(points - width, 0))
    right = np.minimum(left + width, points) - 1
    reach = np.maximum(at - left, right - at) + max(width - points, 0) // 2
    apart = np.abs(at[:, None] - at[None, :])
    tricube = (1 - np.minimum(apart / reach[:, None], 1.0) ** 3) ** 3
    inside = (at[None, :] >= left[:, None]) & (at[None, :] <= right[:, None])
    return np.where(inside & (apart <= 0.999 * reach[:, None]), tricube, 0.0)


def _smooth(values: Floats, weights: Floats, kernel: Floats) -> Floats:
    """The locally linear fit of each series at each point; the local mean where no line is."""
    at = np.arange(values.shape[1])
    away = kernel * (at[None, :] - at[:, None])
    square = away * (at[None, :] - at[:, None])
    weighted = weights * values
    s0, s1, s2 = (weights @ each.T for each in (kernel, away, square))
    y0, y1 = weighted @ kernel.T, weighted @ away.T
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = s2 / s0 - (s1 / s0) ** 2
        is_line = np.sqrt(np.maximum(spread, 0.0)) > 0.001 * (values.shape[1] - 1)
        fit = np.where(is_line, (s2 * y0 - s1 * y1) / (s0 * s2 - s1**2), y0 / s0)
    return np.nan_to_num(fit)


def _robustness(rest: Floats, known: Mask) -> Floats:
    """Bisquare weights: what is six times as far off as the median counts nothing."""
    size = np.where(known, np.abs(rest), np.inf)
    ordered, count = np.sort(size, axis=1), known.sum(axis=1)
    row = np.arange(len(size))
    low, high = (np.maximum(count - 1, 0) // 2, np.minimum(count // 2, size.shape[1] - 1))
    far = 3.0 * (ordered[row, low] + ordered[row, high])[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(far > 0, size / far, 0.0)
    weights = np.where(share <= 0.001, 1.0, (1 - np.minimum(share, 1.0) ** 2) ** 2)
    return np.where(known & (share <= 0.999), weights, 0.0)
