"""What lies between rare events, in words: how long usually, how long since the last one."""

from dataclasses import dataclass

from metrics.limits import Chart
from metrics.signals import Rule, Signal

FURTHER_APART = frozenset(
    {Rule.OUTSIDE_ABOVE, Rule.TREND_UP, Rule.TWO_OF_THREE_ABOVE, Rule.SHIFT_ABOVE}
)
_WORDS = {
    Signal.IMPROVEMENT: "Better than usual",
    Signal.CONCERN: "Worse than usual",
    Signal.HIGH: "More than usual",
    Signal.LOW: "Fewer than usual",
}
_OFTEN = {Chart.T: "usually", Chart.G: "on average"}  # the centre of a t-chart is no mean
_WHOLE = 10  # from so many on, halves are not told


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """What lies between events, in days (chart `t`) or cases without one (chart `g`).

    `usual` is the centre, None before there are limits; `running` the gap since the last event,
    None where days since are not known. `is_long`: that gap exceeds the upper limit already.
    """

    chart: Chart
    usual: float | None
    running: float | None
    is_long: bool = False


def tell_between(between: Between, *, signal: Signal, rule: Rule, began: str) -> str:
    """The verdict on rare events; `began` is the day of the event with which the signal began."""
    usual, running = between.usual or 0.0, between.running
    chart, often = between.chart, _OFTEN[between.chart]
    if signal not in _WORDS:
        since = "" if running is None else f", {_so_far(chart, running)} since the last"
        return f"Steady: {often} {amount(chart, usual)} apart{since}"
    if between.is_long and running is not None:
        since = f"{amount(chart, running)} since the last"
        return f"{_WORDS[signal]}: {since}, {often} {number(chart, usual)}"
    return f"{_WORDS[signal]} since {began}: {tell_spacing(rule)}"


def tell_spacing(rule: Rule) -> str:
    """Which way the gaps went."""
    return "events are further apart" if rule in FURTHER_APART else "events come closer together"


def amount(chart: Chart, length: float) -> str:
    """A gap with its unit: `12 days`, `1 day`, `240 cases`."""
    noun = "day" if chart is Chart.T else "case"
    told = number(chart, length)
    return f"{told} {noun}{'s' * (told != '1')}"


def number(chart: Chart, length: float) -> str:
    """A gap without its unit; tenths of days are told below ten."""
    is_whole = chart is Chart.G or length >= _WHOLE
    return f"{length:,.0f}" if is_whole else f"{length:.1f}".removesuffix(".0")


def _so_far(chart: Chart, running: float) -> str:
    if chart is Chart.T and running < 1:
        return "less than a day"
    return amount(chart, running)
