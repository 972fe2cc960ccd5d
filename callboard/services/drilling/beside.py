"""The metric at another touchpoint, and how far the two lie apart in the period that is told."""

from datetime import date
from functools import partial

from callboard import figures
from callboard.access import Actor
from callboard.services.drilling.trend import read_control_chart
from callboard.services.readings.coverage import Coverages
from callboard.services.readings.series import Wanted, read_table
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope, require_metric
from callboard.services.tiles.comparisons import UNCLEAR, Reading, difference_interval
from callboard.services.tiles.past import Past
from callboard.storage.engine import snapshot
from callboard.storage.readings import list_pairs
from callboard.storage.runs import read_feed_states
from callboard.storage.series_table import SeriesKey
from callboard.views import Beside, ControlChart
from metrics.calendar import Period, calendar_for
from metrics.model import Grain, Metric
from metrics.touchpoint import Touchpoint


def list_beside(
    runtime: Runtime, actor: Actor, *, metric: str, touchpoint: str
) -> tuple[tuple[str, str], ...]:
    """Return the other touchpoints of the actor's that have the metric, as code and name."""
    scope = open_scope(runtime, actor)
    scope.require(touchpoint)
    require_metric(runtime, metric)
    with snapshot(runtime.store) as connection:
        pairs = list_pairs(connection)
    touchpoints = runtime.definitions.touchpoints
    found = [
        (code, touchpoints[code].name)
        for code in scope.touchpoints
        if code != touchpoint and (code, metric) in pairs and _measures(touchpoints[code], metric)
    ]
    return tuple(sorted(found, key=lambda each: each[1]))


def _measures(touchpoint: Touchpoint, metric: str) -> bool:
    """Whether it is told of the metric there; readings of it may have been kept all the same."""
    return touchpoint.metrics is None or metric in touchpoint.metrics


def read_beside(  # noqa: PLR0913 - the question of the page, by keyword
    runtime: Runtime,
    actor: Actor,
    *,
    metric: str,
    touchpoint: str,
    other: str,
    grain: Grain,
    period: str | None = None,
    periods: int | None = None,
    in_season: bool = True,
) -> Beside:
    """Return the metric at two touchpoints up to the same period.

    NotAllowed for a touchpoint outside the actor's scope, and for a metric there is not.
    """
    open_scope(runtime, actor).require(other)
    definition = require_metric(runtime, metric)
    chart_at = partial(
        read_control_chart,
        runtime,
        actor,
        metric=metric,
        grain=grain,
        periods=periods,
        in_season=in_season,
    )
    ours = chart_at(touchpoint=touchpoint, period=period)
    theirs = chart_at(touchpoint=other, period=ours.period)
    told = calendar_for(grain).period_of(date.fromisoformat(ours.period))
    sentence = _difference(definition, _readings(runtime, definition, (ours, theirs), told), told)
    sentence = sentence.format(ours=ours.touchpoint_name, other=theirs.touchpoint_name)
    alt = f"{ours.metric_name} at {theirs.touchpoint_name}: {theirs.verdict}. {sentence}"
    return Beside(ours=ours, other=theirs, sentence=sentence, alt=alt)


def _readings(
    runtime: Runtime, metric: Metric, charts: tuple[ControlChart, ControlChart], told: Period
) -> tuple[Reading, Reading]:
    wanted = Wanted(
        touchpoints=frozenset(chart.touchpoint for chart in charts),
        metrics=[metric.code],
        grain=told.grain,
        first=told.start,
        last=told.start,
    )
    with snapshot(runtime.store) as connection:
        coverages = Coverages(runtime, read_feed_states(connection))
        past = Past(tables=[read_table(runtime, connection, wanted, coverages)])
    keys = [SeriesKey(chart.touchpoint, metric.code, "") for chart in charts]
    return past.reading(keys[0], told), past.reading(keys[1], told)


def _difference(metric: Metric, both: tuple[Reading, Reading], told: Period) -> str:
    ours, other = both
    label = calendar_for(told.grain).label(told)
    if not (ours.is_sound and other.is_sound) or ours.value is None or other.value is None:
        return f"{label}: one of the two has no value, so they are not compared."
    values = [figures.format_value(metric, each.value) for each in both]
    gap = figures.format_gap(metric, ours.value - other.value)
    interval = difference_interval(metric, ours, other)
    if interval is None:
        doubt = "; how much of that chance makes is not known"
    else:
        within = figures.format_gap_interval(metric, *interval)
        doubt = UNCLEAR if interval[0] <= 0 <= interval[1] else "more than chance"
        doubt = f" (95 % interval {within}), {doubt}"
    return f"{label}: {{ours}} {values[0]}, {{other}} {values[1]}. Difference {gap}{doubt}."
