"""Which hours of the week differ from the others by more than chance.

Each hour against all others, by its own count; the process may vary more than sampling error, which
is measured within each hour, from week to week.
"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import binom, norm, poisson

from metrics.limits import Floats, Ints
from metrics.model import Form, Metric
from metrics.multiplicity import holm
from metrics.suppression import Mask

CELLS = 7 * 24
_COUNTED = (Form.RATE, Form.COUNT)
_AVERAGED = (Form.MEAN, Form.NET_SCORE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """What was counted in single hours of single days, flat; `cell` is weekday x 24 + hour.

    `weight` is the denominator; of a sum it is 1 for every hour that has a reading.
    """

    cell: Ints
    counted: Floats
    weight: Floats
    sumsq: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedCells:
    """The chance of each cell's distance from the others, adjusted for how many were looked at.

    NaN where a cell was not judged. `phi` is how much more than sampling error the same hour varies
    from week to week (1: no more).
    """

    p: Floats
    phi: float


def judge_cells(metric: Metric, seen: Observed, shown: Mask) -> JudgedCells:
    """Return how far chance goes for the cells that are `shown`; of what counts no cases, nothing.

    Exact binomial and Poisson tails for shares, rates and sums, the normal one for means and
    scores; widened by phi and by the error of the others, and adjusted by Holm's method.
    """
    found = np.full(CELLS, np.nan)
    if not _is_judged(metric, seen):
        return JudgedCells(p=found, phi=1.0)
    counted, weight, sumsq = (
        np.bincount(seen.cell, each, minlength=CELLS).astype(float)
        for each in (seen.counted, seen.weight, seen.sumsq)
    )
    rest = weight.sum() - weight
    usable = shown & (weight > 0) & (rest > 0)
    if not usable.any():
        return JudgedCells(p=found, phi=1.0)
    phi = _dispersion(metric, seen, counted, weight, sumsq)
    with np.errstate(divide="ignore", invalid="ignore"):
        others = (counted.sum() - counted) / rest
        z = _distances(metric, counted, weight, others, sumsq.sum() / weight.sum())
        z = z / np.sqrt(phi * (1 + weight / rest))
    tested = usable & ~np.isnan(z)
    found[tested] = holm(2 * norm.sf(np.abs(z[tested])))
    return JudgedCells(p=found, phi=phi)


def _is_judged(metric: Metric, seen: Observed) -> bool:
    """Whether cases are counted: not in stocks, in amounts that are summed, and in percentiles."""
    adds_amounts = metric.numerator is not None and metric.numerator.sum is not None
    if metric.stock is not None or not len(seen.cell) or np.isnan(seen.counted).any():
        return False
    match metric.form:
        case Form.RATIO:
            return bool(((seen.counted >= 0) & (seen.counted <= seen.weight)).all())
        case Form.RATE | Form.COUNT:
            return not adds_amounts and bool((seen.counted >= 0).all())
        case Form.MEAN | Form.NET_SCORE:
            return not np.isnan(seen.sumsq).any()
        case _:
            return False


def _distances(
    metric: Metric, counted: Floats, weight: Floats, others: Floats, mean_square: float
) -> Floats:
    """How many standard errors each cell lies from the others."""
    if metric.form in _AVERAGED:
        spread = np.sqrt(np.maximum(mean_square - others**2, 0.0) / weight)
        return np.asarray(np.where(spread > 0, (counted / weight - others) / spread, np.nan))
    model = (
        poisson(others * weight)
        if metric.form in _COUNTED
        else binom(np.round(weight), np.clip(others, 0.0, 1.0))
    )
    tail = np.minimum(model.cdf(counted), model.sf(np.ceil(counted) - 1))
    return np.asarray(norm.isf(np.minimum(tail, 0.5)), dtype=float)


def _dispersion(
    metric: Metric, seen: Observed, counted: Floats, weight: Floats, sumsq: Floats
) -> float:
    """The mean squared distance of an hour from its own cell, in sampling variances; 1 or more."""
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = counted / weight
        match metric.form:
            case Form.RATIO:
                variance = rate * (1 - rate)
            case Form.RATE | Form.COUNT:
                variance = rate
            case _:
                variance = np.maximum(sumsq / weight - rate**2, 0.0)
        expected = seen.weight * rate[seen.cell]
        squares = (seen.counted - expected) ** 2 / (seen.weight * variance[seen.cell])
    usable = (seen.weight > 0) & (variance[seen.cell] > 0)
    cells = len(np.unique(seen.cell[usable]))
    left = int(usable.sum()) - cells
    return max(1.0, float(squares[usable].sum()) / left) if left > 0 else 1.0
