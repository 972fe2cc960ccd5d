"""Several questions asked at once: p-values that say what chance does among all of them."""

import numpy as np

from metrics.limits import Floats


def holm(p: Floats) -> Floats:
    """The p-values with the chance of any false finding under control (Holm 1979)."""
    order = np.argsort(p, kind="stable")
    left = len(p) - np.arange(len(p))
    return _back(np.maximum.accumulate(left * p[order]), order)


def benjamini_hochberg(p: Floats) -> Floats:
    """The p-values with the share of false findings under control (Benjamini, Hochberg 1995)."""
    order = np.argsort(p, kind="stable")
    scaled = p[order] * len(p) / np.arange(1, len(p) + 1)
    return _back(np.minimum.accumulate(scaled[::-1])[::-1], order)


def _back(adjusted: Floats, order: np.ndarray) -> Floats:
    found = np.empty_like(adjusted)
    found[order] = np.minimum(adjusted, 1.0)
    return found
