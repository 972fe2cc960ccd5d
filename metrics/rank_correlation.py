"""Spearman's rank correlation of time series: its interval, and what chance alone would make of it.

Neighbouring points repeat each other, so they count for less than their number (Bartlett 1946), and
chance is what remains when one series is cut into blocks that are put together in another order.
"""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import special

from metrics.limits import Floats

PERMUTATIONS = 4_999
_SEED = 20_261_122
_CLOSEST = 1 - 1e-12


def ranks(values: Floats) -> Floats:
    """The ranks of some numbers, from 1; equal ones share the mean of their places."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts - 1) / 2)[place]


def centred_ranks(values: Floats) -> Floats:
    """The ranks less their mean, 0 where there is no value."""
    known = ~np.isnan(values)
    found = np.zeros(len(values))
    if known.any():
        found[known] = ranks(values[known]) - (known.sum() + 1) / 2
    return found


def spearman(x: Floats, y: Floats) -> float:
    """Spearman's rho of pairs without gaps; 0 where one of the two never changes."""
    one, other = centred_ranks(x), centred_ranks(y)
    size = math.sqrt(float(one @ one) * float(other @ other))
    return float(one @ other) / size if size else 0.0


def effective_share(x: Floats, y: Floats) -> float:
    """What share of their number pairs of two series count for, at most all of it.

    1 / (1 + 2 sum (1 - k/n) r_x(k) r_y(k)) over the autocorrelations of both (Bartlett 1946).
    """
    one, other = centred_ranks(x), centred_ranks(y)
    n = int(min(np.count_nonzero(~np.isnan(x)), np.count_nonzero(~np.isnan(y))))
    most = min(int(10 * math.log10(max(n, 1))), n - 1)
    total = sum(
        (1 - lag / n) * _autocorrelation(one, lag) * _autocorrelation(other, lag)
        for lag in range(1, most + 1)
    )
    return 1 / max(1 + 2 * total, 1.0)


def _autocorrelation(centred: Floats, lag: int) -> float:
    size = float(centred @ centred)
    return float(centred[lag:] @ centred[:-lag]) / size if size else 0.0


def interval(rho: float, effective: float, *, among: int = 1) -> tuple[float, float]:
    """The 95 % interval of a rank correlation, for `among` of them all together.

    On Fisher's scale with variance (1 + rho^2 / 2) / (n - 3) (Bonett and Wright 2000).
    """
    if effective <= 3:
        return -1.0, 1.0
    z = float(special.ndtri(1 - 0.025 / among))
    middle = math.atanh(max(-_CLOSEST, min(_CLOSEST, rho)))
    half = z * math.sqrt((1 + rho**2 / 2) / (effective - 3))
    return math.tanh(middle - half), math.tanh(middle + half)


def chance(
    leading: Floats, following: Floats, *, lags: int, permutations: int = PERMUTATIONS
) -> Floats:
    """How often chance alone brings about a correlation as large, series x lags from 0 on.

    `leading` (series x periods) is set against `following` with its periods turned in a circle and
    cut into blocks in random order, always the same. The ranks are those of the whole series.
    """
    n = len(following)
    y = centred_ranks(following)
    shifted = np.zeros((n, len(leading), lags))
    for number, series in enumerate(leading):
        x = centred_ranks(series)
        for lag in range(lags):
            shifted[lag:, number, lag] = x[: n - lag]
    against = shifted.reshape(n, -1)
    known = (~np.isnan(following)).astype(float)
    orders = _orders(n, permutations)
    has_gaps = not known.all()
    found = _sizes(y, known if has_gaps else None, against)
    by_chance = _sizes(y[orders], known[orders] if has_gaps else None, against)
    as_large = np.count_nonzero(by_chance >= found * (1 - 1e-12), axis=0)
    p: Floats = (1 + as_large) / (permutations + 1)
    return p.reshape(len(leading), lags)


def _sizes(y: Floats, known: Floats | None, against: Floats) -> Floats:
    """How large the products are; where `y` has gaps, beside the values they leave of the other."""
    products = np.abs(y @ against)
    if known is None:
        return products
    left = np.sqrt(known @ against**2)
    return np.divide(products, left, out=np.zeros_like(products), where=left > 0)


@lru_cache(maxsize=8)
def _orders(n: int, permutations: int) -> NDArray[np.intp]:
    """Orders of `n` periods, each a row: turned in a circle, then cut into sixths and shuffled.

    Blocks of a sixth are long beside the memory of differenced series; shorter ones, which cut more
    neighbours apart, let too many false findings through in simulations.
    """
    draw = np.random.default_rng([_SEED, n])
    length = max(5, round(n / 6))
    count = -(-n // length)
    places = np.full(count * length, -1, dtype=np.intp)
    places[:n] = np.arange(n)
    blocks = places.reshape(count, length)
    order = np.argsort(draw.random((permutations, count)), axis=1)
    laid = blocks[order].reshape(permutations, -1)
    kept = laid[laid >= 0].reshape(permutations, n)
    turned: NDArray[np.intp] = (kept + draw.integers(0, n, size=(permutations, 1))) % n
    return turned
