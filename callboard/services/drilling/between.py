"""What lies between rare events, as a chart of its own: points, limits, and why they signal."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

from callboard import figures
from callboard.services.readings.rare import RareSeries
from callboard.views import EventGap, EventGaps
from metrics.limits import Chart, Footing, Limits
from metrics.model import Metric
from metrics.rare_words import amount
from metrics.signals import Rule, Signal

_RULES = {
    Rule.OUTSIDE_ABOVE: "longer than the upper limit",
    Rule.OUTSIDE_BELOW: "shorter than the lower limit",
    Rule.TREND_UP: "one of 7 or more in a row, each longer",
    Rule.TREND_DOWN: "one of 7 or more in a row, each shorter",
    Rule.TWO_OF_THREE_ABOVE: "2 of 3 in a row near the upper limit",
    Rule.TWO_OF_THREE_BELOW: "2 of 3 in a row near the lower limit",
    Rule.SHIFT_ABOVE: "one of 7 or more in a row longer than usual",
    Rule.SHIFT_BELOW: "one of 7 or more in a row shorter than usual",
}
_NOUNS = {Chart.T: "days", Chart.G: "cases"}


def make_gaps(metric: Metric, rare: RareSeries) -> EventGaps:
    """Return the gaps of a series of rare events."""
    limits = rare.found.limits
    events = metric.counts or "events"
    noun = _NOUNS[limits.chart]
    gaps = _gaps(rare)
    sentence = _sentence(limits, events)
    return EventGaps(
        noun=noun,
        events=events,
        gaps=gaps,
        limits=limits,
        sentence=sentence,
        why=_why(rare, events),
        alt=f"{noun.capitalize()} between {events}: {len(rare.found.gaps.starts)} events "
        f"to {figures.format_day(rare.until)}, the last ones drawn. {sentence}",
    )


def _gaps(rare: RareSeries) -> tuple[EventGap, ...]:
    found, starts = rare.found, rare.found.gaps.starts
    told = [
        _gap(rare, (start, end), length, rule, signal)
        for (start, end), length, rule, signal in zip(
            pairwise(starts), found.gaps.lengths, found.rules, found.signals, strict=True
        )
    ]
    return (*told, _running(rare)) if starts else ()


def _running(rare: RareSeries) -> EventGap:
    """The gap since the last event: a signal only where it is longer than the upper limit."""
    found, start = rare.found, rare.found.gaps.starts[-1]
    is_long = found.running_is_long
    rule = Rule.OUTSIDE_ABOVE if is_long else Rule.NONE
    signal = rare.variation.signal if is_long else Signal.NONE
    gap = _gap(rare, (start, rare.until), found.gaps.running, rule, signal)
    told = gap.rule_text if is_long else "running: no event since"
    return replace(gap, rule_text=told, is_running=True)


def _gap(
    rare: RareSeries,
    span: tuple[date, date],
    length: float | None,
    rule: Rule,
    signal: Signal,
) -> EventGap:
    start, end = span
    known = "" if length is not None else "not known: days without data lie between"
    return EventGap(
        start=start,
        end=end,
        start_label=figures.format_day(start),
        label=figures.format_day(end),
        length=length,
        length_text=_length(rare.found.limits.chart, length),
        rule=rule,
        rule_text=known or _RULES.get(rule, ""),
        signal=signal,
    )


def _length(chart: Chart, length: float | None) -> str:
    if length is None:
        return figures.NO_VALUE
    is_same_day = chart is Chart.T and length < 1
    return "less than a day" if is_same_day else amount(chart, length)


def _sentence(limits: Limits, events: str) -> str:
    """What is usual, and how far chance goes."""
    if limits.centre is None:
        return f"Limits need 8 gaps between {events}; there are {limits.points} so far."
    often = "On average" if limits.chart is Chart.G else "Usually"
    usual = f"{often} {_length(limits.chart, limits.centre)} between {events}"
    upper = limits.upper
    by_chance = f"; by chance up to {amount(limits.chart, upper)}" if upper is not None else ""
    return f"{usual}{by_chance}. A longer gap means fewer of them."


_TELLINGS = {
    Rule.NONE: "Neither the last gap between {events} nor the one since then is unusual.",
    Rule.OUTSIDE_ABOVE: "The newest gap is longer than {upper}, the most that chance brings about.",
    Rule.OUTSIDE_BELOW: "The newest gap is under {lower}, the least that chance brings about.",
    Rule.TREND_UP: "7 gaps or more in a row, each longer than the one before.",
    Rule.TREND_DOWN: "7 gaps or more in a row, each shorter than the one before.",
    Rule.TWO_OF_THREE_ABOVE: "2 of the last 3 gaps are close to the limit of {upper}.",
    Rule.TWO_OF_THREE_BELOW: "2 of the last 3 gaps are close to the limit of {lower}.",
    Rule.SHIFT_ABOVE: "7 gaps or more in a row longer than the usual {usual}.",
    Rule.SHIFT_BELOW: "7 gaps or more in a row shorter than the usual {usual}.",
}
_OVER = "The gap since the last one is longer than before, so the run of short ones is over."
_STILL = "{running} since the last is more than {upper}, the most that chance alone brings about."


def _why(rare: RareSeries, events: str) -> str:
    """Why the verdict is what it is, in one or two sentences."""
    variation, limits = rare.variation, rare.found.limits
    if limits.centre is None or variation.between is None:
        return _sentence(limits, events)
    telling = _STILL if variation.between.is_long else _TELLINGS[variation.rule]
    if variation.rule is Rule.NONE and rare.found.rules[-1] is not Rule.NONE:
        telling = _OVER
    told = telling.format(
        events=events,
        usual=_length(limits.chart, limits.centre),
        lower=_length(limits.chart, limits.lower),
        upper=_length(limits.chart, limits.upper),
        running=_length(limits.chart, variation.between.running),
    )
    is_trial = limits.footing is Footing.TRIAL
    return told + is_trial * f" The limits are on trial: they stand on {limits.points} gaps."
