"""A composite index in plain words: what it weighs, on which scale, which way each part counts."""

from callboard import figures
from metrics.components import Component, Transform, WhenMissing
from metrics.composite import MOST_MISSING, divisor_of, is_against, weights_of
from metrics.model import Metric


def composite_in_words(metric: Metric) -> str:
    """Return the formula as a sentence without its full stop."""
    terms = [
        f"{_sign(metric, component)} {_plain(component.weight)} × {part.name} "
        f"({scale_in_words(metric, component, part)})"
        for component, part in zip(metric.components or (), metric.component_metrics, strict=True)
    ]
    told = " ".join(terms).removeprefix("+ ")
    return f"{told}; all of it divided by {_plain(divisor_of(metric))}"


def scale_in_words(metric: Metric, component: Component, part: Metric) -> str:
    """Return how a component's value is brought onto the composite's scale."""
    unit = figures.unit_text(part) or "the number"
    match component.transform:
        case Transform.IDENTITY:
            assert component.scale is not None
            return unit if component.scale == 1 else f"{unit} × {_plain(component.scale)}"
        case Transform.Z:
            assert component.reference is not None
            mean, sd = component.reference.mean, component.reference.sd
            of = f"{_plain(mean)} {unit} in {component.reference.period}"
            return f"distance from {of}, in standard deviations of {_plain(sd)}"
        case Transform.MIN_MAX:
            assert component.range is not None
            low, high = component.range
            worst, best = (high, low) if is_against(metric, component) else (low, high)
            return f"0 at {_plain(worst)}, 100 at {_plain(best)} {unit}"
        case Transform.PERCENTILE:
            assert component.quantiles is not None
            low, high = component.quantiles[0], component.quantiles[-1]
            return f"percentile among fixed values from {_plain(low)} to {_plain(high)} {unit}"


def share_in_words(metric: Metric, component: Component) -> str:
    """Return a component's share of the weight: `40 %`."""
    share = 100 * component.weight / float(weights_of(metric).sum())
    return f"{figures.format_number(share, 0 if share == round(share) else 1)} %"


def missing_in_words(metric: Metric) -> str:
    """Return what becomes of the score where a component has no value."""
    if metric.missing is WhenMissing.REWEIGHT:
        return (
            "the others take over the weight of a component without a value, up to "
            f"{figures.format_number(100 * MOST_MISSING, 0)} % of all weight, and the score says so"
        )
    return "no score where a component has no value"


def _sign(metric: Metric, component: Component) -> str:
    """Only raw units and deviations count by their sign; the other scales are turned round."""
    signed = component.transform in (Transform.IDENTITY, Transform.Z)
    return "−" if signed and is_against(metric, component) else "+"


def _plain(number: float) -> str:
    return f"{number:,g}".replace("-", "−")
