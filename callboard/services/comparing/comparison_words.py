"""What a comparison of units says: its sentence, what it stands on, and each unit's finding."""

from collections.abc import Sequence

from callboard import figures
from callboard.views import ComparedUnit, Picture
from metrics.funnel import LEAST_UNITS, Funnel, Outside
from metrics.model import Better, Form, Metric
from metrics.signals import Signal

FALSE_SIGNALS = 0.002
MIXED = "Each has its own mix of touchpoints: choose one to compare like with like."
_MOST_NAMED = 3
_OUTSIDE = {
    Outside.NONE: "within the limits",
    Outside.ABOVE_95: "above the 95 % limit only",
    Outside.BELOW_95: "below the 95 % limit only",
    Outside.ABOVE_998: "above the 99.8 % limit",
    Outside.BELOW_998: "below the 99.8 % limit",
}
_MEANINGS = {
    Signal.CONCERN: "worse than the rest",
    Signal.IMPROVEMENT: "better than the rest",
    Signal.HIGH: "unusually high",
    Signal.LOW: "unusually low",
}
_NOT_EVENTS = {
    Form.MEAN: "a mean",
    Form.PERCENTILE: "a percentile",
    Form.NET_SCORE: "a net score",
}


def finding(outside: Outside, signal: Signal) -> str:
    """Return where a unit lies, and what that means where it means something."""
    meaning = _MEANINGS.get(signal)
    return f"{_OUTSIDE[outside]}: {meaning}" if meaning else _OUTSIDE[outside]


def headline(metric: Metric, units: Sequence[ComparedUnit], picture: Picture, *, noun: str) -> str:
    """Return the sentence of the page: who stands apart, or that nobody does."""
    count = f"{len(units)} {noun}"
    match picture:
        case Picture.NONE:
            only = f"only {units[0].name} has" if units else f"no {noun} have"
            return f"{metric.name}: {only} a value in these days, so there is nothing to compare."
        case Picture.SYSTEMATIC:
            return (
                f"{metric.name}: the differences between {count} are systematic; "
                "a funnel tells nothing here."
            )
        case Picture.FUNNEL:
            apart = [part for part in (_apart(each, units) for each in _MEANINGS) if part]
            return f"{metric.name}: {_told(apart, count)}"
        case _:
            return f"{metric.name}: {count}, {_range(units)}."


def _told(apart: Sequence[str], count: str) -> str:
    if not apart:
        return f"none of {count} stands apart from the rest."
    return f"of {count}, {'; '.join(apart)}."


def _apart(signal: Signal, units: Sequence[ComparedUnit]) -> str:
    names = [unit.name for unit in units if unit.signal is signal]
    if not names:
        return ""
    verb = "is" if len(names) == 1 else "are"
    return f"{len(names)} {verb} {_MEANINGS[signal]} ({_listed(names)})"


def _listed(names: Sequence[str]) -> str:
    shown, more = names[:_MOST_NAMED], len(names) - _MOST_NAMED
    return f"{', '.join(shown)} and {more} more" if more > 0 else ", ".join(shown)


def _range(units: Sequence[ComparedUnit]) -> str:
    low, high = min(units, key=lambda each: each.value), max(units, key=lambda each: each.value)
    if low.value_text == high.value_text:
        return f"all at {low.value_text}"
    return f"from {low.value_text} ({low.name}) to {high.value_text} ({high.name})"


def lead(
    metric: Metric,
    units: Sequence[ComparedUnit],
    picture: Picture,
    *,
    noun: str,
    together: str,
    funnel: Funnel | None,
) -> str:
    """Return what the comparison stands on: `together` tells the whole and its days."""
    match picture:
        case Picture.FUNNEL if funnel is not None:
            return f"{together}. {_basis(metric, funnel, noun)}"
        case Picture.SYSTEMATIC if funnel is not None:
            return (
                f"{together}; {_range(units)}. They vary {funnel.phi:,.0f} times as much as chance "
                "alone would make them, so limits would only repeat that. Below: each value with "
                "chance's part taken out, and how sure its rank is."
            )
        case Picture.DOTS:
            has_line = any(unit.low is not None for unit in units)
            line = (
                " A line is the 95 % interval: how far sampling error alone could carry the value."
                if has_line
                else " What is divided here is no count of events, so no interval can be told."
            )
            return f"{together}. {_why_no_funnel(metric, units, noun)}{line}"
        case Picture.RUNS:
            return (
                f"{together}. Counts have no common size to be held against, so each is shown "
                "beside its own past and not judged against the rest."
            )
        case _:
            return f"{together}."


def _why_no_funnel(metric: Metric, units: Sequence[ComparedUnit], noun: str) -> str:
    if metric.form in _NOT_EVENTS:
        return f"No funnel: that needs events to count, and this is {_NOT_EVENTS[metric.form]}."
    if len(units) < LEAST_UNITS:
        return (
            f"No funnel: {len(units)} {noun} are fewer than {LEAST_UNITS}, and would be judged by "
            "a target that they make themselves."
        )
    return "No funnel: that needs cases of cases, or events in an exposure."


def _basis(metric: Metric, funnel: Funnel, noun: str) -> str:
    if funnel.is_adjusted:
        spread = figures.format_gap(metric, metric.scale * funnel.spread).lstrip("+±")
        return (
            f"They vary {funnel.phi:.1f} times as much as chance alone would make them; the "
            f"limits allow for that usual spread between {noun}, {spread}."
        )
    if funnel.phi > 1:
        return (
            f"They vary {funnel.phi:.1f} times as much as chance alone would make them. The "
            f"limits are those of chance alone: it takes ten {noun} to tell what spread is usual."
        )
    return "Most differ no more than chance alone would make them: the limits are those of chance."


def chance_line(count: int, noun: str) -> str:
    """Return how many units chance alone would put outside."""
    return f"Of {count} {noun} about {FALSE_SIGNALS * count:.1g} would be outside by chance alone."


_FIRST = {Signal.CONCERN: 0, Signal.HIGH: 1, Signal.LOW: 1, Signal.IMPROVEMENT: 3}


def by_concern(metric: Metric, unit: ComparedUnit, score: float) -> tuple[float, float, str]:
    """Return where a unit stands in the order: what needs a look first, then the worst first.

    `score` is how far above the rest a unit lies.
    """
    worse = {
        Better.HIGHER: score,
        Better.LOWER: -score,
        Better.NEUTRAL: -abs(score),
        Better.BAND: -abs(score),
    }
    return _FIRST.get(unit.signal, 2), worse[metric.better], unit.name
