"""How far chance alone carries a count: exact binomial and Poisson tails, and limits from them.

The limits are those of Spiegelhalter (Statistics in Medicine 24, 2005), appendix A.1: quantiles of
the count, interpolated so that a curve and no staircase is drawn.
"""

from enum import StrEnum
from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy import special  # not scipy.stats: it takes a second to load, and every page would wait

Floats = NDArray[np.float64]


class Kind(StrEnum):
    """What is counted: cases of cases (binomial), or events in an exposure (Poisson)."""

    PROPORTION = "proportion"
    RATE = "rate"


def exact_limits(
    kind: Kind, denominator: Floats, target: float, *, share: float
) -> tuple[Floats, Floats]:
    """The limits between which chance alone keeps a value in `share` of the cases."""
    if target <= 0 or (kind is Kind.PROPORTION and target >= 1):
        level = np.full(denominator.shape, target)
        return level, level
    tail = (1 - share) / 2
    most = 1.0 if kind is Kind.PROPORTION else np.inf
    lower, upper = (
        np.clip(_quantile(kind, p, denominator, target) / denominator, 0, most)
        for p in (tail, 1 - tail)
    )
    return lower, upper


def lower_tail(kind: Kind, count: Floats, denominator: Floats, target: float) -> Floats:
    """The probability of a count as low as this one, or lower, where the target is the truth."""
    return _cumulated(kind, count, denominator, target)


def upper_tail(kind: Kind, count: Floats, denominator: Floats, target: float) -> Floats:
    """The probability of a count as high as this one, or higher.

    Not 1 less the other tail, which would round it off.
    """
    if kind is Kind.RATE:
        found = special.gammainc(np.maximum(count, 0), denominator * target)
        return cast(Floats, np.where(count <= 0, 1.0, found))
    above = np.where(count <= 0, 1.0, count)
    found = special.betainc(above, np.maximum(denominator - above, 0) + 1, target)
    return cast(Floats, np.where(count <= 0, 1.0, found))


def _quantile(kind: Kind, p: float, denominator: Floats, target: float) -> Floats:
    """Interpolate: r - (F(r) - p) / (F(r) - F(r - 1)), r the first count with F(r) above p."""
    first = _first_above(kind, p, denominator, target)
    reached = _cumulated(kind, first, denominator, target)
    before = _cumulated(kind, first - 1, denominator, target)
    return first - (reached - p) / (reached - before)


def _first_above(kind: Kind, p: float, denominator: Floats, target: float) -> Floats:
    """By halving the span in which it must lie."""
    expected = denominator * target
    below = np.full(denominator.shape, -1.0)
    high = np.ceil(expected + 10 * np.sqrt(expected) + 20)
    if kind is Kind.PROPORTION:
        high = np.minimum(high, np.ceil(denominator))
    while np.any(high - below > 1):
        middle = np.floor((below + high) / 2)
        is_above = _cumulated(kind, middle, denominator, target) > p
        high, below = np.where(is_above, middle, high), np.where(is_above, below, middle)
    return cast(Floats, high)


def _cumulated(kind: Kind, count: Floats, denominator: Floats, target: float) -> Floats:
    """The probability of at most `count`.

    By the incomplete beta and gamma functions, which also know fractions of cases: a mean of daily
    snapshots is one.
    """
    if kind is Kind.RATE:
        found = special.gammaincc(np.maximum(count, 0) + 1, denominator * target)
        return cast(Floats, np.where(count < 0, 0.0, found))
    rest, whole = denominator - count, count >= denominator
    found = special.betainc(np.where(whole, 1.0, rest), np.maximum(count, 0) + 1, 1 - target)
    return cast(Floats, np.where(whole, 1.0, np.where(count < 0, 0.0, found)))
