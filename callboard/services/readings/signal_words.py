"""Rules and limits in words: what caught a point, and why a signal is one. Pure."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from callboard import figures
from metrics.limits import Footing, Limits
from metrics.model import Form, Metric, Unit
from metrics.signals import Rule, Signal
from metrics.verdict import Variation

_ENOUGH = 8
RULE_WORDS = {
    Rule.OUTSIDE_ABOVE: "above the upper limit",
    Rule.OUTSIDE_BELOW: "below the lower limit",
    Rule.TREND_UP: "one of 7 or more rising in a row",
    Rule.TREND_DOWN: "one of 7 or more falling in a row",
    Rule.TWO_OF_THREE_ABOVE: "2 of 3 in a row near the upper limit",
    Rule.TWO_OF_THREE_BELOW: "2 of 3 in a row near the lower limit",
    Rule.SHIFT_ABOVE: "one of 7 or more in a row above usual",
    Rule.SHIFT_BELOW: "one of 7 or more in a row below usual",
}


class Newest(NamedTuple):
    """What is told of: the newest value with its unit, the periods' noun, and all values shown."""

    text: str
    noun: str
    values: Sequence[float | None] = ()


def rules_in_words(rules: Sequence[Rule]) -> str:
    """Return all rules that caught a point, the one that names it first."""
    return "; ".join(RULE_WORDS[rule] for rule in rules)


def why_signal(metric: Metric, variation: Variation, limits: Limits, newest: Newest) -> str:
    """Return why the newest point is a signal, or why it is none, in one or two sentences."""
    noun = newest.noun
    if limits.footing is Footing.NONE and limits.points >= _ENOUGH:
        return (
            f"Most {noun}s have fewer than 5 events, and single days too few cases to tell what "
            "lies between them. So this is a plain run of values without limits."
        )
    if limits.footing is Footing.NONE:
        return f"Limits need 8 {noun}s with a value; there are {limits.points} so far."
    if limits.footing is Footing.GAPS:
        return f"More than a fifth of the {noun}s have no value, so nothing is concluded."
    trial = f" The limits are on trial: they stand on {limits.points} {noun}s."
    told = _why(metric, variation, limits, newest)
    return told + (trial if limits.footing is Footing.TRIAL else "")


def chance_sentence(tiles: int, expected: float) -> str:
    """Return how many of a page's tiles chance alone would make signal."""
    counted = "1 tile" if tiles == 1 else f"{tiles} tiles"
    how_many = f"about {expected:.1f}" if expected >= 0.05 else "fewer than 0.1"
    return f"Of {counted} {how_many} would signal by chance alone."


_TELLINGS = {
    Rule.OUTSIDE_ABOVE: "{latest} is above {upper}, the most that chance alone brings about.",
    Rule.OUTSIDE_BELOW: "{latest} is below {lower}, the least that chance alone brings about.",
    Rule.TREND_UP: "7 {noun}s or more in a row, each higher than the one before.",
    Rule.TREND_DOWN: "7 {noun}s or more in a row, each lower than the one before.",
    Rule.TWO_OF_THREE_ABOVE: "2 of the last 3 {noun}s are close to the limit of {upper}.",
    Rule.TWO_OF_THREE_BELOW: "2 of the last 3 {noun}s are close to the limit of {lower}.",
    Rule.SHIFT_ABOVE: "7 {noun}s or more in a row above the usual {usual}.",
    Rule.SHIFT_BELOW: "7 {noun}s or more in a row below the usual {usual}.",
    Rule.NONE: "{latest} is within what chance alone brings about: {span}.",
}


def _why(metric: Metric, variation: Variation, limits: Limits, newest: Newest) -> str:
    if variation.signal is Signal.NO_DATA:
        return f"The newest {newest.noun} has no value to judge."
    return _TELLINGS[variation.rule].format(
        latest=newest.text,
        noun=newest.noun,
        lower=figures.format_value(metric, limits.lower),
        upper=figures.format_value(metric, limits.upper),
        usual=figures.format_value(metric, limits.centre),
        span=usual_span(metric, limits, newest.values),
    )


def usual_span(metric: Metric, limits: Limits, values: Iterable[float | None] = ()) -> str:
    """What chance alone brings about, as far as the metric can go: `88.3 to 100.0 %`."""
    if limits.lower is None or limits.upper is None:
        return figures.NO_VALUE
    low, high = natural_bounds(metric, values)
    return figures.format_interval(
        metric,
        limits.lower if low is None else max(limits.lower, low),
        limits.upper if high is None else min(limits.upper, high),
    )


def natural_bounds(
    metric: Metric, values: Iterable[float | None] = ()
) -> tuple[float | None, float | None]:
    """The values that the metric cannot go beyond, for drawing limits; None where there is none.

    Zero is no floor of what was below it: the mean delay of flights that came early is negative.
    """
    if metric.form is Form.NET_SCORE:
        return -metric.scale, metric.scale
    if metric.form is Form.RATIO and metric.unit is Unit.PERCENT:
        return 0.0, 100.0
    if metric.unit in (Unit.SCORE, Unit.INDEX, Unit.POINTS):
        return None, None
    return (None if any(value is not None and value < 0 for value in values) else 0.0), None
