"""How much more or less than normal since a signal began, as a sentence and as numbers. Pure."""

import math
from datetime import date

from callboard import figures
from callboard.services.drilling.counted import Counted, counted_by, round_step, rounded
from callboard.views import OutlookItem
from metrics.calendar import Period, calendar_for
from metrics.excess import Excess
from metrics.model import Form, Grain, Metric

TOPIC = "Since the signal"


def tell_excess(
    metric: Metric, excess: Excess, *, since: date, period: Period
) -> OutlookItem | None:
    """Return what the signal amounts to up to `period`; None where chance could have done it.

    `excess` is of misses where the definition names them (see `counted_by`).
    """
    told = counted_by(metric, excess.cases)
    if told is None or not excess.is_clear:
        return None
    step = round_step((excess.high - excess.low) / 2 * told.factor)
    if min(abs(excess.low), abs(excess.high)) * told.factor < step:
        return None  # rounded outward, the range would reach to nothing
    more = told.more(rounded(excess.cases * told.factor, step))
    whole = "" if told.words else f", of {figures.format_count(excess.base)} {metric.base}"
    return OutlookItem(
        topic=TOPIC,
        sentence=f"About {more} than normal{whole.rstrip()} {_since(since, period)} "
        f"({_span(excess, told, step)}).",
        numbers=_numbers(metric, excess, told, period=period),
    )


def _span(excess: Excess, told: Counted, step: float) -> str:
    """The range, its ends rounded outward: `95 % range 900 to 1,600`."""
    low, high = sorted(abs(each) * told.factor for each in (excess.low, excess.high))
    least = figures.format_count(math.floor(low / step) * step)
    return f"95 % range {least} to {told.amount(math.ceil(high / step) * step)}"


def _since(since: date, period: Period) -> str:
    """When it began: a day for days and weeks, a month for months; `in` where it is one period."""
    calendar = calendar_for(period.grain)
    began = calendar.period_of(since)
    label = calendar.label(began, near=period)
    if began == period:
        return f"on {label}" if period.grain is Grain.DAY else f"in {label}"
    if period.grain is Grain.MONTH:
        return f"since {label}"
    return f"since {figures.format_day(since, near=period.start)}"


def _numbers(
    metric: Metric, excess: Excess, told: Counted, *, period: Period
) -> tuple[tuple[str, str], ...]:
    noun = period.grain.value
    what = told.words or "counted"
    base = "days" if metric.form is Form.COUNT else metric.base or "cases"
    return (
        (f"{_begun(what)} since the signal began", told.amount(excess.counted * told.factor)),
        (_begun(base), figures.format_count(excess.base)),
        ("Normal for that many", told.amount((excess.counted - excess.cases) * told.factor)),
        ("Normal", _normal(metric, excess, told)),
        ("Normal is taken from", f"the {excess.before} {noun}s before it, taken together"),
        (f"{_begun(noun)}s since it began", str(excess.points)),
    )


def _normal(metric: Metric, excess: Excess, told: Counted) -> str:
    if metric.form is Form.COUNT:
        return f"{figures.format_number(excess.normal, 2)} a day"
    value = figures.format_value(metric, metric.scale * excess.normal)
    return f"{value} {told.words}" if told.are_misses else value


def _begun(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
