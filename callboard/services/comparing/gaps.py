"""Our value less a published one: with its interval where both have one, and what it means."""

from dataclasses import dataclass

from callboard import figures
from callboard.services.comparing.comparability import Published
from callboard.services.comparing.own_values import OwnValue
from callboard.services.readings.meaning import meaning_of
from callboard.views import Meaning
from metrics.differences import Estimate, interval_of_difference
from metrics.model import Metric


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """The difference in the metric's unit, as text, and what it means for us."""

    value: float | None
    text: str
    meaning: Meaning


_SIDE = {Meaning.GOOD: "ahead", Meaning.BAD: "behind"}
NO_GAP = Gap(value=None, text="", meaning=Meaning.NONE)


def gap_to(metric: Metric, own: OwnValue, published: Published) -> Gap:
    """Return our gap to a published value; none where the two may not be compared.

    Good or bad is only what more than sampling error makes, as in the gaps to the benchmarks.
    """
    if own.value is None or published.value is None or not published.is_fair:
        return NO_GAP
    difference = own.value - published.value
    interval = interval_of_difference(
        Estimate(own.value, own.interval), Estimate(published.value, published.interval)
    )
    text = figures.format_gap(metric, difference)
    if interval is None:
        side = _SIDE.get(meaning_of(metric, own.value, published.value), "")
        return _without_interval(difference, f"{text}, {side}" if side else text)
    low, high = (figures.format_signed(each, figures.gap_decimals(metric)) for each in interval)
    if interval[0] <= 0 <= interval[1]:
        told = f"no clear difference ({low} to {high})"
        return Gap(value=difference, text=told, meaning=Meaning.NEUTRAL)
    return Gap(
        value=difference,
        text=f"{text} ({low} to {high})",
        meaning=meaning_of(metric, own.value, published.value),
    )


def _without_interval(difference: float, told: str) -> Gap:
    """The side that the values alone are on: whether chance makes it is not known."""
    return Gap(value=difference, text=f"{told}; interval unknown", meaning=Meaning.NONE)
