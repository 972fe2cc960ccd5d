"""A target somebody thinks of: what was asked for, and whether the metric can have it at all."""

import math
from dataclasses import dataclass
from datetime import date

from callboard import figures
from callboard.access import Scope
from callboard.errors import CallboardError
from callboard.services.acting import tell_withdrawal
from callboard.services.readings.signal_words import natural_bounds
from callboard.services.readings.targets import Targets
from callboard.services.runtime import Runtime
from callboard.services.scopes import require_metric
from callboard.storage.targets import SeriesTarget
from callboard.views import TargetRow
from metrics.model import Better, Grain, Metric


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person typed: codes, a value in the metric's unit (None: no target), ISO days."""

    touchpoint: str
    metric: str
    value: float | None
    day: str
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedTarget:
    """The same, understood; `grain` is how long the periods are that it is looked at in."""

    touchpoint: str
    metric: Metric
    value: float | None
    day: date
    until: date | None
    grain: Grain

    @property
    def key(self) -> tuple[str, str]:
        """The series it is of."""
        return (self.touchpoint, self.metric.code)

    @property
    def value_text(self) -> str:
        """The value as people read it."""
        return tell_value(self.metric, self.value)

    @property
    def span(self) -> str:
        """Its days in words: `from 1 Jan 2027 on`, `1 Jan 2027 to 31 Mar 2027`."""
        return tell_days(self.day, self.until)


def understand(runtime: Runtime, scope: Scope, wish: Wish, *, grain: Grain) -> AskedTarget:
    """Return what was asked for. NotAllowed for a touchpoint outside the scope, and no metric."""
    scope.require(wish.touchpoint)
    return AskedTarget(
        touchpoint=wish.touchpoint,
        metric=require_metric(runtime, wish.metric),
        value=wish.value,
        day=parse_day(wish.day),
        until=parse_day(wish.until) if wish.until else None,
        grain=grain,
    )


def parse_day(text: str) -> date:
    """Return an ISO day; CallboardError for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CallboardError(f"Found {text!r}; expected a day such as 2026-01-31.") from error


def tell_value(metric: Metric | None, value: float | None) -> str:
    """Return `95.0 %`, or `no target`; a metric that is gone has lost its unit."""
    if value is None:
        return "no target"
    return figures.format_value(metric, value) if metric else f"{value:g}"


def tell_days(day: date, until: date | None) -> str:
    """Return `from 1 Jan 2027 on`, or the span."""
    if until is None:
        return f"from {figures.format_day(day)} on"
    return figures.format_span(day, until)


def why_not(runtime: Runtime, asked: AskedTarget) -> str:
    """Why the metric cannot have such a target there; empty where it can."""
    metric, place = asked.metric, runtime.definitions.touchpoints[asked.touchpoint]
    if metric.band is not None:
        band = figures.format_interval(metric, *metric.band)
        return f"{metric.name} keeps a band, {band}, which its definition sets; it has no target."
    if metric.better is Better.NEUTRAL:
        return (
            f"{metric.name} is neither good nor bad when it is high, so nothing can be promised "
            "of it."
        )
    if place.metrics is not None and metric.code not in place.metrics:
        return f"{metric.name} is not measured at {place.name}."
    if asked.until is not None and asked.until < asked.day:
        return (
            f"The last day, {figures.format_day(asked.until)}, comes before the first, "
            f"{figures.format_day(asked.day)}. Swap them."
        )
    return _out_of_range(metric, asked.value)


def _out_of_range(metric: Metric, value: float | None) -> str:
    if value is None:
        return ""
    low, high = natural_bounds(metric)
    if not math.isfinite(value):
        return f"Found {value}; expected a number in {figures.unit_text(metric)}."
    if (low is not None and value < low) or (high is not None and value > high):
        reach = f"{figures.format_value(metric, low)} or more"
        if low is not None and high is not None:
            reach = figures.format_interval(metric, low, high)
        return f"{metric.name} cannot be {figures.format_value(metric, value)}: expected {reach}."
    return ""


def changes_nothing(targets: Targets, asked: AskedTarget) -> bool:
    """Whether that is what is promised already on all of these days."""
    last = asked.until or date.max
    turns = targets.turns(*asked.key, asked.day, last)
    return all(targets.on(*asked.key, day) == asked.value for day in turns)


def row_of(runtime: Runtime, of: SeriesTarget) -> TargetRow:
    """An approved target as people read it."""
    touchpoints, metrics = runtime.definitions.touchpoints, runtime.definitions.metrics
    place, metric = touchpoints.get(of.touchpoint), metrics.get(of.metric)
    return TargetRow(
        id=of.id,
        touchpoint=of.touchpoint,
        touchpoint_name=place.name if place else of.touchpoint,
        metric=of.metric,
        metric_name=metric.name if metric else of.metric,
        value=of.value,
        value_text=tell_value(metric, of.value),
        unit_text=figures.unit_text(metric) if metric else "",
        day=of.day,
        until=of.until,
        reason=of.reason,
        actor=of.actor,
        at=of.at,
        evidence=of.evidence,
        holds=of.holds,
        withdrawn=tell_withdrawal(of.acts[-1]) if of.acts and not of.holds else "",
    )
