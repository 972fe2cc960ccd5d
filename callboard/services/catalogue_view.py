"""Every metric that is on, in plain words, with the formula and the SQL that compute it."""

from callboard import figures
from callboard.access import Actor, Scope
from callboard.services.defining.composite_words import (
    missing_in_words,
    scale_in_words,
    share_in_words,
)
from callboard.services.defining.formulas import formula_in_words
from callboard.services.refreshing.question import ask_about
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope
from callboard.services.tiles.tile_making import target_text
from callboard.storage.engine import snapshot
from callboard.storage.feeds.definition_sql import metric_sql
from callboard.storage.feeds.question import is_told_apart
from callboard.storage.readings import list_pairs
from callboard.views import Definition
from metrics.changes import DefinitionChange, changes_of
from metrics.model import Better, Form, Metric
from metrics.touchpoint import Touchpoint

_BETTER = {
    Better.HIGHER: "higher is better",
    Better.LOWER: "lower is better",
    Better.NEUTRAL: "neither high nor low is good in itself",
    Better.BAND: "inside the band is good",
}


def read_definitions(runtime: Runtime, actor: Actor) -> tuple[Definition, ...]:
    """Return the metrics that are on, by name, with the actor's touchpoints that measure them."""
    scope = open_scope(runtime, actor)
    with snapshot(runtime.store) as connection:
        pairs = list_pairs(connection)
    found = (
        _definition(runtime, metric, scope, pairs)
        for metric in runtime.definitions.metrics.values()
    )
    return tuple(sorted(found, key=lambda each: each.name))


def _definition(
    runtime: Runtime, metric: Metric, scope: Scope, pairs: frozenset[tuple[str, str]]
) -> Definition:
    definitions = runtime.definitions
    return Definition(
        metric=metric.code,
        name=metric.name,
        question=metric.question,
        description=metric.description,
        formula=_sentence(formula_in_words(metric)),
        sql=_sql(runtime, metric),
        pillar=metric.pillar,
        key=metric.key,
        better=_BETTER[metric.better],
        unit_text=figures.unit_text(metric),
        feeds=tuple(definitions.contracts[feed].name for feed in sorted(metric.feeds)),
        dimensions=dimensions_of(runtime, metric),
        target=target_text(metric, metric.target),
        version=metric.version,
        shown_from=_shown_from(metric),
        file=definitions.files.get(f"metric:{metric.code}", ""),
        touchpoints=_touchpoints(runtime, metric, scope, pairs),
        rationale=metric.rationale or "",
        missing=missing_in_words(metric) if metric.is_composite else "",
        components=_components(metric),
        changes=tuple(_told(each) for each in changes_of(metric)),
    )


def _told(change: DefinitionChange) -> str:
    return f"from {figures.format_day(change.day)}, {change.metric}: {change.what}"


def _touchpoints(
    runtime: Runtime, metric: Metric, scope: Scope, pairs: frozenset[tuple[str, str]]
) -> tuple[str, ...]:
    touchpoints = runtime.definitions.touchpoints
    return tuple(touchpoints[code].name for code in places_of(runtime, metric, scope, pairs=pairs))


def places_of(
    runtime: Runtime, metric: Metric, scope: Scope, *, pairs: frozenset[tuple[str, str]]
) -> tuple[str, ...]:
    """The touchpoints of the scope that show a metric, of all `pairs` that have readings."""
    touchpoints = runtime.definitions.touchpoints
    return tuple(
        code
        for code in sorted(scope.touchpoints)
        if _is_measured(metric, code, pairs) and _is_listed(touchpoints[code], metric)
    )


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _components(metric: Metric) -> tuple[tuple[str, str, str], ...]:
    """Name, share of the weight and scale of what a composite is made of."""
    return tuple(
        (part.name, share_in_words(metric, each), scale_in_words(metric, each, part))
        for each, part in zip(metric.components or (), metric.component_metrics, strict=True)
    )


def _is_measured(metric: Metric, touchpoint: str, pairs: frozenset[tuple[str, str]]) -> bool:
    """Whether there are readings; of a composite, of everything it is made of."""
    parts = metric.component_metrics or (metric,)
    return all(
        _is_measured(part, touchpoint, pairs)
        if part.is_composite
        else (touchpoint, part.code) in pairs
        for part in parts
    )


def _shown_from(metric: Metric) -> str:
    if metric.is_composite:
        return "where all of its components may be"
    return "always" if metric.form is Form.COUNT else f"from n = {metric.min_n} on"


def _is_listed(touchpoint: Touchpoint, metric: Metric) -> bool:
    """Whether a touchpoint shows a metric; one that lists none shows all it measures."""
    return touchpoint.metrics is None or metric.code in touchpoint.metrics


def _sql(runtime: Runtime, metric: Metric) -> str:
    """What a refresh asks of each feed of the metric, as text; of a composite it asks nothing."""
    definitions, now = runtime.definitions, runtime.clock.now()
    feeds = [] if metric.is_composite else sorted(metric.feeds)
    return "\n\n".join(
        metric_sql(
            metric,
            ask_about(definitions, feed, now),
            url=definitions.databases[definitions.contracts[feed].server],
        )
        for feed in feeds
    )


def dimensions_of(runtime: Runtime, metric: Metric) -> tuple[str, ...]:
    """The dimensions by which readings of a metric are kept."""
    if metric.is_composite:
        return ()
    names = runtime.definitions.contracts[metric.feed].dimensions
    return tuple(name for name in names if is_told_apart(metric, name))
