"""A composite index: weighted components on fixed scales, and what each adds to the score.

score = Σ w·s·f(x) / Σ|w|, after Bowen and Headley's Airline Quality Rating and the OECD/JRC
Handbook on Constructing Composite Indicators (2008). Arrays are components x anything, NaN for no
value.
"""

from dataclasses import dataclass

import numpy as np

from metrics.components import Component, Transform, WhenMissing
from metrics.limits import Floats
from metrics.model import Better, Metric

MOST_MISSING = 0.2  # of the weight; beyond it the rest is another index
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Scores with all that they were made of; the contributions of a score add up to it.

    `scaled` and `contributions` are components x scores; a missing component contributes 0 to a
    score that was reweighted. `left_out` is the share of the weight without a value.
    """

    scores: Floats
    contributions: Floats
    scaled: Floats
    left_out: Floats


def score(metric: Metric, values: Floats) -> Scores:
    """Return the scores of a composite from the values of its components, in their order."""
    scaled = scale_values(metric, values)
    known = ~np.isnan(scaled)
    weights = weights_of(metric).reshape(-1, *[1] * (values.ndim - 1))
    left_out = np.where(known, 0.0, weights).sum(axis=0) / weights.sum()
    counts = left_out <= (MOST_MISSING if reweights(metric) else 0.0) + _ROUNDING
    divisor = np.where(counts, divisor_of(metric) * (1.0 - left_out), np.nan)
    contributions = np.where(known, weights * scaled, 0.0) / divisor
    return Scores(
        scores=contributions.sum(axis=0),
        contributions=contributions,
        scaled=scaled,
        left_out=left_out,
    )


def scale_values(metric: Metric, values: Floats) -> Floats:
    """Each component on the composite's scale, so that more of it counts for the composite."""
    components = metric.components or ()
    return np.array([_scale(metric, *pair) for pair in zip(components, values, strict=True)])


def weights_of(metric: Metric) -> Floats:
    """The declared weights, in the order of the components."""
    return np.array([each.weight for each in metric.components or ()], dtype=float)


def divisor_of(metric: Metric) -> float:
    """What the weighted sum is divided by: the declared divisor, else the sum of the weights."""
    return metric.divisor or float(weights_of(metric).sum())


def reweights(metric: Metric) -> bool:
    """Whether the other components stand in for one without a value."""
    return metric.missing is WhenMissing.REWEIGHT


def is_against(metric: Metric, component: Component) -> bool:
    """Whether more of the component makes the composite worse."""
    return component.better is not metric.better


def _scale(metric: Metric, component: Component, values: Floats) -> Floats:
    """Raw units and deviations count against by their sign, scales from 0 to 100 by their ends."""
    against = is_against(metric, component)
    match component.transform:
        case Transform.IDENTITY:
            assert component.scale is not None
            return values * component.scale * (-1.0 if against else 1.0)
        case Transform.Z:
            assert component.reference is not None
            reference = component.reference
            return (values - reference.mean) / reference.sd * (-1.0 if against else 1.0)
        case Transform.MIN_MAX:
            assert component.range is not None
            low, high = component.range
            return 100.0 * ((high - values if against else values - low) / (high - low))
        case Transform.PERCENTILE:
            share = _percentile(component, values)
            return 100.0 - share if against else share


def _percentile(component: Component, values: Floats) -> Floats:
    """The share of the reference that lies below, between its quantiles by a straight line."""
    points = np.array(component.quantiles, dtype=float)
    found: Floats = np.interp(values, points, np.linspace(0.0, 100.0, len(points)))
    return np.where(np.isnan(values), np.nan, found)


def is_beyond(component: Component, value: float) -> bool:
    """Whether a value lies beyond the fixed range or the quantiles of its component."""
    ends = component.range or component.quantiles
    return ends is not None and not ends[0] <= value <= ends[-1]


def orient(metric: Metric) -> float:
    """1 where a higher score is better, -1 where a lower one is."""
    return 1.0 if metric.better is Better.HIGHER else -1.0
