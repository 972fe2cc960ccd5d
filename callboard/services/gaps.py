"""Our value less a published one: with its interval where both have one, and what it means."""

import math
from dataclasses import dataclass

from callboard import figures
from callboard.services.comparability import Published
from callboard.services.comparisons import meaning_of
from callboard.services.own_values import OwnValue
from callboard.views import Meaning
from metrics.intervals import Interval
from metrics.model import Metric


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """The difference in the metric's unit, as text, and what it means for us."""

    value: float | None
    text: str
    meaning: Meaning


NO_GAP = Gap(value=None, text="", meaning=Meaning.NONE)


def gap_to(metric: Metric, own: OwnValue, published: Published) -> Gap:
    """Return our gap to a published value; none where the two may not be compared."""
    if own.value is None or published.value is None or not published.is_comparable:
        return NO_GAP
    difference = own.value - published.value
    interval = interval_of_difference(own, published)
    text = figures.format_gap(metric, difference)
    if interval is None:
        meaning = meaning_of(metric, own.value, published.value)
        return Gap(value=difference, text=text, meaning=meaning)
    low, high = (figures.format_gap(metric, each) for each in interval)
    if interval[0] <= 0 <= interval[1]:
        told = f"no clear difference ({low} to {high})"
        return Gap(value=difference, text=told, meaning=Meaning.NEUTRAL)
    return Gap(
        value=difference,
        text=f"{text} ({low} to {high})",
        meaning=meaning_of(metric, own.value, published.value),
    )


def interval_of_difference(own: OwnValue, published: Published) -> Interval | None:
    """Return the 95 % interval of the difference from the intervals of its two sides.

    The square-and-add rule of Newcombe's method 10, which for two shares is exactly that method;
    Zou and Donner (Statistics in Medicine 27, 2008) for the others. None where n is unknown.
    """
    if own.value is None or published.value is None:
        return None
    if own.interval is None or published.interval is None:
        return None
    (low, high), (their_low, their_high) = own.interval, published.interval
    difference = own.value - published.value
    return (
        difference - math.hypot(own.value - low, their_high - published.value),
        difference + math.hypot(high - own.value, published.value - their_low),
    )
