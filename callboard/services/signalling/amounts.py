"""How much a signal is off what is usual, in the metric's own unit."""

from datetime import date
from typing import NamedTuple

import numpy as np

from callboard import figures
from callboard.services.readings.judging import Judged
from callboard.services.readings.signal_words import RULE_WORDS
from callboard.services.signalling.lately import Beginning
from metrics.limits import Floats
from metrics.model import Form, Grain, Metric, Unit
from metrics.rare_words import FURTHER_APART, Between, amount, tell_spacing

_OVER_BASE = (Form.RATIO, Form.RATE, Form.MEAN, Form.NET_SCORE)


class Amount(NamedTuple):
    """Level since a signal began, what is usual then, and the gap; None where gaps are judged."""

    text: str
    level: float | None = None
    usual: float | None = None
    gap: float | None = None


def amount_of(metric: Metric, judged: Judged, found: Beginning) -> Amount:
    """Return how much a signal is off the centre line, over all of its periods together.

    What is divided is taken sum over sum; of counts, percentiles and composites it is the mean of
    the periods. Where limits follow a season, so does what is usual.
    """
    if found.first is None or found.last is None:
        between = judged.rare[found.row].variation.between
        return Amount(_spacing(found, between))
    values = judged.values[found.row, found.first : found.last + 1]
    centre = judged.found.limits.centre[found.row, found.first : found.last + 1]
    weights = _weights(metric, judged, found)
    known = ~(np.isnan(values) | np.isnan(centre) | np.isnan(weights)) & (weights > 0)
    if not known.any():
        return Amount("")
    level, usual = (
        float(np.average(each[known], weights=weights[known])) for each in (values, centre)
    )
    return Amount(_text(metric, judged, found, level, usual), level, usual, level - usual)


def rules_of(found: Beginning) -> str:
    """Return the rules that caught a signal, the one that names it first."""
    if found.first is None:
        return tell_spacing(found.rules[0])
    return "; ".join(RULE_WORDS[rule] for rule in found.rules)


def _weights(metric: Metric, judged: Judged, found: Beginning) -> Floats:
    assert found.first is not None
    assert found.last is not None
    periods = found.last - found.first + 1
    if metric.form not in _OVER_BASE or metric.is_composite:
        return np.ones(periods)
    past = judged.values.shape[1] - 1 - found.last
    end = int(judged.ends[found.row]) - past + 1
    return judged.table.denominator[found.row, end - periods : end]


def _text(metric: Metric, judged: Judged, found: Beginning, level: float, usual: float) -> str:
    assert found.first is not None
    assert found.last is not None
    periods, noun = found.last - found.first + 1, judged.table.grain.value
    over = f" over {periods} {noun}s" if periods > 1 else ""
    told = f"{figures.format_value(metric, level)}{over}"
    return f"{told}, usually {figures.format_short(metric, usual)}: {_gap(metric, level - usual)}"


def _gap(metric: Metric, gap: float) -> str:
    """`2.3 pts lower`; a long unit is not said again."""
    ways = ("more", "fewer") if metric.form is Form.COUNT else ("higher", "lower")
    unit = "" if metric.unit is Unit.PER else figures.gap_unit(metric)
    size = figures.format_number(abs(gap), figures.gap_decimals(metric))
    return f"{size} {unit}".rstrip() + f" {ways[gap < 0]}"


def _spacing(found: Beginning, between: Between | None) -> str:
    told = tell_spacing(found.rules[0])
    words = f"{told[:1].upper()}{told[1:]}"
    if between is None or between.usual is None:
        return words
    usual = f"usually {amount(between.chart, between.usual)} apart"
    is_long = found.until is None and between.is_long and found.rules[0] in FURTHER_APART
    if is_long and between.running is not None:
        return f"{amount(between.chart, between.running)} since the last, {usual}"
    return f"{words}, {usual}"


def when_of(found: Beginning, judged: Judged, *, near: date) -> str:
    """Return `since 5 Oct`, or `5 to 18 Oct 2026` of one that is over.

    The year is left out of the first where it is that of `near`.
    """
    if found.until is not None:
        return figures.format_span(found.since, found.until)
    if found.first is None or judged.table.grain is not Grain.MONTH:
        return f"since {figures.format_day(found.since, near=near)}"
    return f"since {figures.period_label(Grain.MONTH, found.since)}"
