"""A metric's formula in plain words, made from the very definition that is computed. Pure."""

from collections.abc import Sequence

from callboard import figures
from callboard.services.defining.composite_words import composite_in_words
from metrics.model import Comparison, Condition, Form, Metric, Part, Quantity, Stock

_COMPARISONS = {
    Comparison.EQUAL: "is",
    Comparison.NOT_EQUAL: "is not",
    Comparison.IN: "is one of",
    Comparison.NOT_IN: "is none of",
    Comparison.ABOVE: "is above",
    Comparison.AT_LEAST: "is at least",
    Comparison.BELOW: "is below",
    Comparison.AT_MOST: "is at most",
    Comparison.PRESENT: "is known",
    Comparison.MISSING: "is not known",
}


def formula_in_words(metric: Metric) -> str:
    """Return the formula as a sentence without its full stop."""
    match metric.form:
        case Form.RATIO | Form.RATE:
            return f"{_fraction(metric)}, {_unit(metric)}".removesuffix(", ")
        case Form.COUNT:
            return _count(metric)
        case Form.MEAN:
            return f"mean of {_value(metric)}"
        case Form.PERCENTILE:
            still = f"; still open{_conditions(metric.open)}" if metric.open else ""
            return f"{_percentile(metric)} of {_value(metric)}{still}"
        case Form.NET_SCORE:
            return (
                f"share of {_value(metric)} at {metric.promoters_from:g} or more, "
                f"less the share at {metric.detractors_to:g} or less, in points"
            )
        case Form.COMPOSITE:
            return composite_in_words(metric)


def describe(metric: Metric) -> str:
    """Return the question and the formula, for a hover."""
    formula = formula_in_words(metric)
    return f"{metric.question} {formula[:1].upper()}{formula[1:]}."


def _fraction(metric: Metric) -> str:
    assert metric.numerator is not None
    assert metric.denominator is not None
    above = _part(metric.numerator, metric.numerator_feed)
    below = _part(metric.denominator, metric.denominator_feed)
    snapshots = " in the daily snapshots" if metric.stock is not None else ""
    return f"{above}, divided by {below}{snapshots}"


def _unit(metric: Metric) -> str:
    if metric.form is Form.RATE:
        return f"per {figures.format_count(metric.per or 1)}"
    return {"percent": "in percent", "points": "in points"}.get(metric.unit.value, "")


def _count(metric: Metric) -> str:
    assert metric.numerator is not None
    told = _part(metric.numerator, metric.numerator_feed)
    if metric.stock is Stock.MEAN:
        return f"{told} in the daily snapshot, averaged over the days of the period"
    if metric.stock is Stock.LAST:
        return f"{told} in the daily snapshot of the period's last day"
    return told


def _percentile(metric: Metric) -> str:
    return "median" if metric.percentile == 50 else f"percentile {metric.percentile:g}"


def _value(metric: Metric) -> str:
    assert metric.value is not None
    return f"{_quantity(metric.value)} over {_spoken(metric.feed)}{_conditions(metric.where)}"


def _part(part: Part, feed: str) -> str:
    rows = f"{_spoken(feed)}{_conditions(part.where)}"
    return f"sum of {_quantity(part.sum)} over {rows}" if part.sum else f"number of {rows}"


def _quantity(quantity: Quantity) -> str:
    if quantity.column is not None:
        return _spoken(quantity.column)
    assert quantity.start is not None
    assert quantity.end is not None
    unit = quantity.unit.value if quantity.unit else ""
    return f"{unit} from {_spoken(quantity.start)} to {_spoken(quantity.end)}"


def _conditions(where: Sequence[Condition]) -> str:
    told = [_condition(each) for each in where]
    return f" where {' and '.join(told)}" if told else ""


def _condition(condition: Condition) -> str:
    words = f"{_spoken(condition.column)} {_COMPARISONS[condition.comparison]}"
    if condition.other is not None:
        return f"{words} {_spoken(condition.other)}"
    if condition.value is None:
        return words
    if isinstance(condition.value, tuple):
        return f"{words} {', '.join(_scalar(each) for each in condition.value)}"
    return f"{words} {_scalar(condition.value)}"


def _scalar(value: bool | float | str) -> str:  # noqa: FBT001 - a value of a column
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else f"{value:g}"


def _spoken(code: str) -> str:
    return code.replace("_", " ")
