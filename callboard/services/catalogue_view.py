"""Every metric that is on, in plain words, with the formula and the SQL that compute it."""

from callboard import figures
from callboard.access import Actor, Scope
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
from metrics.model import Better, Metric
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
    formula = formula_in_words(metric)
    return Definition(
        metric=metric.code,
        name=metric.name,
        question=metric.question,
        description=metric.description,
        formula=f"{formula[:1].upper()}{formula[1:]}.",
        sql=_sql(runtime, metric),
        pillar=metric.pillar,
        key=metric.key,
        better=_BETTER[metric.better],
        unit_text=figures.unit_text(metric),
        feeds=tuple(definitions.contracts[feed].name for feed in sorted(metric.feeds)),
        dimensions=dimensions_of(runtime, metric),
        target=target_text(metric, metric.target),
        version=metric.version,
        min_n=metric.min_n,
        file=definitions.files.get(f"metric:{metric.code}", ""),
        touchpoints=tuple(
            definitions.touchpoints[code].name
            for code in sorted(scope.touchpoints)
            if (code, metric.code) in pairs and _is_listed(definitions.touchpoints[code], metric)
        ),
    )


def _is_listed(touchpoint: Touchpoint, metric: Metric) -> bool:
    """Whether a touchpoint shows a metric; one that lists none shows all it measures."""
    return touchpoint.metrics is None or metric.code in touchpoint.metrics


def _sql(runtime: Runtime, metric: Metric) -> str:
    """What a refresh asks of each feed of the metric, as text."""
    definitions, now = runtime.definitions, runtime.clock.now()
    feeds = sorted(metric.feeds)
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
    names = runtime.definitions.contracts[metric.feed].dimensions
    return tuple(name for name in names if is_told_apart(metric, name))
