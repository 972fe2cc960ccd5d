"""How long cases stay open, in sentences that count those that still are. Pure."""

from callboard import figures
from callboard.services.drilling.cases_begun import CasesBegun, unit_in
from metrics.model import Metric
from metrics.survival import Quantile, Within

NOT_COUNTED = "What is still open is not counted yet; the feed's next refresh counts it."


def too_few(metric: Metric, found: CasesBegun) -> str:
    """Return that nothing is told of so few cases."""
    return (
        f"Too few cases to say how long they take: {figures.format_count(found.count)} of at "
        f"least {metric.min_n}."
    )


def settled_sentence(
    metric: Metric,
    found: CasesBegun,
    *,
    halfway: Quantile,
    most: float | None,
    promised: Within | None,
) -> str:
    """Return how soon half and nine in ten are settled, and how many of the old enough in time."""
    told = f"{_counting(found)} {_halfway(metric, halfway)}"
    if halfway.age is not None:
        told += (
            f", nine in ten within {figures.format_value(metric, most)}"
            if most is not None
            else ", nine in ten after longer than could be seen so far"
        )
    if promised is None:
        return f"{told}."
    days = _days(metric, promised.age)
    share = figures.format_number(100 * promised.closed / promised.count, 1)
    low, high = (figures.format_number(100 * each, 1) for each in promised.interval)
    return (
        f"{told}. Of the {figures.format_count(promised.count)} opened at least {days} before, "
        f"{share} % ({low} to {high} %) were settled within {days}."
    )


def _counting(found: CasesBegun) -> str:
    if not found.still_open:
        return f"None of the {figures.format_count(found.count)} is still open:"
    return f"Counting the {figures.format_count(found.still_open)} still open,"


def _halfway(metric: Metric, halfway: Quantile) -> str:
    if halfway.age is None:
        return "fewer than half were settled in the time that could be seen"
    told = f"half are settled within {figures.format_value(metric, halfway.age)}"
    low = figures.format_number(halfway.low or 0.0, metric.decimals)
    if halfway.high is None:
        return f"{told} ({low} or more)"
    high = figures.format_number(halfway.high, metric.decimals)
    return f"{told} ({low} to {high})"


def note(found: CasesBegun, zone: str) -> str:
    """Return which cases are meant, as of when, and how exactly."""
    return (
        f"{figures.format_count(found.count)} cases opened "
        f"{figures.format_span(found.first, found.last)}, as of "
        f"{figures.format_moment(found.as_of, zone)}. A day's cases are followed from the end of "
        "that day."
    )


def alt_text(metric: Metric, touchpoint: str, sentence: str) -> str:
    """Return the curve in words for who cannot see it."""
    return f"{metric.name}, {touchpoint}: share of cases still open by age. {sentence}"


def age_text(metric: Metric, age: float) -> str:
    """Return an age as people say it: `8 h`, `3 days`; between such ages in the metric's unit."""
    days = age / unit_in(metric, 1)
    if days >= 1 and abs(days - round(days)) < 1e-9:
        return _days(metric, age)
    hours = days * 24
    if abs(hours - round(hours)) < 1e-9:
        return f"{figures.format_count(round(hours))} h"
    return figures.format_value(metric, age)


def _days(metric: Metric, age: float) -> str:
    days = round(age / unit_in(metric, 1))
    return f"{figures.format_count(days)} day{'s' * (days != 1)}"
