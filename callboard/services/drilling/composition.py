"""What a composite is made of in a period: contributions that add up, and what they hang on."""

from datetime import date

import numpy as np

from callboard import figures
from callboard.access import Actor
from callboard.errors import CallboardError
from callboard.services.drilling.composition_words import (
    Place,
    composition_notes,
    composition_sentence,
)
from callboard.services.drilling.contributions import Apart, contributions_of
from callboard.services.drilling.score_spans import Several, take_as_one
from callboard.services.readings.composites import expand
from callboard.services.readings.coverage import Coverages
from callboard.services.readings.period_choice import choose_period
from callboard.services.readings.seasons import history_of
from callboard.services.readings.series import OK, ReadingTable, Wanted, read_table
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope, require_metric
from callboard.services.tiles.comparisons import why_not
from callboard.services.tiles.past import Past
from callboard.storage.engine import snapshot
from callboard.storage.runs import read_feed_states
from callboard.storage.series_table import SeriesKey
from callboard.views import Composition
from metrics.calendar import Period, calendar_for
from metrics.model import Grain, Metric
from metrics.robustness import rank_interval


def read_composition(  # noqa: PLR0913 - the question of the page, by keyword
    runtime: Runtime,
    actor: Actor,
    *,
    metric: str,
    touchpoint: str,
    grain: Grain,
    period: str | None = None,
    periods: int | None = None,
) -> Composition:
    """Return what a composite is made of in a period (None: the latest complete one).

    The `periods` up to it are also taken as one. NotAllowed for a touchpoint outside the actor's
    scope, and for a metric there is not; CallboardError for one that is no composite.
    """
    scope = open_scope(runtime, actor)
    scope.require(touchpoint)
    definition = require_metric(runtime, metric)
    if not definition.is_composite:
        raise CallboardError(f"{definition.name} is not made of other metrics.")
    with snapshot(runtime.store) as connection:
        coverages = Coverages(runtime, read_feed_states(connection))
        latest = calendar_for(grain).last_complete(coverages.of(definition, touchpoint).last)
        told = choose_period(period, latest)
        wanted = Wanted(
            touchpoints=scope.touchpoints,
            metrics=expand(runtime.definitions.metrics, [metric]),
            grain=grain,
            first=_first(told, periods or history_of(grain)),
            last=told.end,
        )
        table = read_table(runtime, connection, wanted, coverages)
    return _composition(
        _take_apart(table, definition, touchpoint, period=told),
        runtime.definitions.touchpoints[touchpoint].name,
        several=take_as_one(table, definition, touchpoint, coverages=coverages),
        place=_place(table, definition, touchpoint),
        sees_all=scope.touchpoints == frozenset(runtime.definitions.touchpoints),
    )


def _first(period: Period, periods: int) -> date:
    first = period
    for _ in range(max(periods, 2) - 1):
        first = calendar_for(period.grain).previous(first)
    return first.start


def _take_apart(table: ReadingTable, metric: Metric, touchpoint: str, *, period: Period) -> Apart:
    past, previous = Past(tables=[table]), calendar_for(period.grain).previous(period)
    whole = SeriesKey(touchpoint, metric.code, "")
    parts = [SeriesKey(touchpoint, part.code, "") for part in metric.component_metrics]
    return Apart(
        metric=metric,
        period=period,
        now=past.reading(whole, period),
        before=past.reading(whole, previous),
        parts_now=tuple(past.reading(part, period) for part in parts),
        parts_before=tuple(past.reading(part, previous) for part in parts),
    )


def _place(table: ReadingTable, metric: Metric, touchpoint: str) -> Place | None:
    """Where the score stands among the touchpoints that have one in the newest period."""
    rows = {key: row for row, key in enumerate(table.keys)}
    places = [
        key.touchpoint
        for key, row in rows.items()
        if key.metric == metric.code and table.status[row, -1] == OK
        if not table.is_reweighted[row, -1]
    ]
    if touchpoint not in places:
        return None
    values = np.array(
        [
            [table.values[rows[SeriesKey(place, part.code, "")], -1] for place in places]
            for part in metric.component_metrics
        ]
    )
    found = rank_interval(metric, values, of=places.index(touchpoint))
    return Place(*found, len(places)) if found else None


def _composition(
    apart: Apart, name: str, *, several: Several | None, place: Place | None, sees_all: bool
) -> Composition:
    metric, period = apart.metric, apart.period
    label = calendar_for(period.grain).label(period)
    shown = apart.now.value if apart.now.is_sound else None
    text = figures.format_value(metric, shown) if shown is not None else ""
    parts, changes = contributions_of(apart), apart.changes()
    change = None if changes is None else float(changes.sum())
    told = text or why_not(metric, apart.now, label)
    return Composition(
        metric=metric.code,
        metric_name=metric.name,
        touchpoint_name=name,
        unit_text=figures.unit_text(metric),
        period=period.start.isoformat(),
        period_label=label,
        label_before=apart.label_before,
        score=shown,
        score_text=told,
        change=change,
        change_text="" if change is None else figures.format_gap(metric, change),
        parts=parts,
        sentence=composition_sentence(apart, parts, score_text=told),
        notes=composition_notes(apart, several=several, place=place, sees_all=sees_all),
        rationale=metric.rationale or "",
    )
