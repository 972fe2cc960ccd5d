"""What can be compared: the metrics there are readings of, and by what each can be told apart."""

from collections import Counter
from datetime import date

from callboard.access import Actor, Scope
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope, require_metric
from callboard.storage.engine import Connection, snapshot
from callboard.storage.readings import list_pairs, list_segments
from callboard.views import CompareWays
from metrics.funnel import LEAST_UNITS
from metrics.model import Form, Metric

_COUNTED = frozenset({Form.RATIO, Form.RATE})


def list_comparable(runtime: Runtime, actor: Actor) -> tuple[tuple[str, str], ...]:
    """Return code and name of the metrics with readings the actor may read.

    First the one of events that most touchpoints have, which is where to begin; the rest by name.
    """
    scope = open_scope(runtime, actor)
    with snapshot(runtime.store) as connection:
        places = Counter(metric for _, metric in pairs_of(runtime, connection, scope))
    known = runtime.definitions.metrics
    today = runtime.clock.today(runtime.workspace.time_zone)
    shown = [known[code] for code in places if not _is_retired(known[code], today)]
    by_name = sorted(shown, key=lambda metric: metric.name)
    first = max(by_name, key=lambda each: (each.form in _COUNTED, places[each.code]), default=None)
    rest = [each for each in by_name if each is not first]
    return tuple((each.code, each.name) for each in ([first] if first else []) + rest)


def list_ways(runtime: Runtime, actor: Actor, *, metric: str) -> CompareWays:
    """Return by what a metric can be compared, and the touchpoints whose segments there are."""
    scope = open_scope(runtime, actor)
    require_metric(runtime, metric)
    touchpoints = runtime.definitions.touchpoints
    with snapshot(runtime.store) as connection:
        pairs = pairs_of(runtime, connection, scope)
        places = sorted(
            (code for code, each in pairs if each == metric),
            key=lambda code: touchpoints[code].name,
        )
        segments: dict[str, set[str]] = {}
        for place in places:
            for dimension, found in list_segments(
                connection, metric=metric, touchpoint=place
            ).items():
                segments.setdefault(dimension, set()).update(found)
    sizes = {"": len(places)} | {name: len(segments[name]) for name in sorted(segments)}
    enough = [key for key, size in sizes.items() if size >= LEAST_UNITS]
    words = {key: _label(key) for key, size in sizes.items() if size > 1 or not key}
    return CompareWays(
        ways=tuple(words.items()),
        usual=next(iter(enough), ""),
        touchpoints=tuple((code, touchpoints[code].name) for code in places),
    )


def noun_of(dimension: str) -> str:
    """Return what the units of a dimension are called, more than one of them: `carriers`."""
    word = dimension or "touchpoint"
    if "_" in word:
        return "segments"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return word if word.endswith("s") else f"{word}s"


def _label(dimension: str) -> str:
    return (dimension.replace("_", " ") or "touchpoint").capitalize()


def pairs_of(runtime: Runtime, connection: Connection, scope: Scope) -> list[tuple[str, str]]:
    """Return touchpoints and metrics with readings that are on, listed, and within the scope."""
    definitions = runtime.definitions
    return [
        (touchpoint, metric)
        for touchpoint, metric in sorted(list_pairs(connection))
        if touchpoint in scope.touchpoints
        and metric in definitions.metrics
        and _is_listed(definitions.touchpoints[touchpoint].metrics, metric)
    ]


def _is_listed(metrics: tuple[str, ...] | None, metric: str) -> bool:
    return metrics is None or metric in metrics


def _is_retired(metric: Metric, today: date) -> bool:
    return metric.retired is not None and metric.retired <= today
