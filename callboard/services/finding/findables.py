"""All that a reader can look for: touchpoints, metrics, both together, competitors, definitions."""

from collections import defaultdict
from collections.abc import Iterator

from callboard.access import Actor, Scope
from callboard.services.catalogue_view import places_of
from callboard.services.comparing.comparability import is_ourselves, plain_name
from callboard.services.defining.told_names import entity_on
from callboard.services.finding.matching import make_findable
from callboard.services.naming.holding import aliases_of, names_of
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope
from callboard.storage.benchmarks import read_published_entities
from callboard.storage.engine import Connection, snapshot
from callboard.storage.readings import list_pairs
from callboard.views.finding import Findable, FoundKind
from metrics.peers import COMPETITOR


def list_findable(runtime: Runtime, actor: Actor) -> tuple[Findable, ...]:
    """Return what the actor can look for, within their scope; the same until a publication."""
    scope = open_scope(runtime, actor)
    with snapshot(runtime.store) as connection:
        measured = list_pairs(connection)
        competitors = tuple(_competitors(runtime, connection, scope))
    places = {
        code: places_of(runtime, metric, scope, pairs=measured)
        for code, metric in runtime.definitions.metrics.items()
    }
    return (
        *_touchpoints(runtime, scope),
        *_metrics(runtime, places),
        *_pairs(runtime, places),
        *competitors,
        *_definitions(runtime),
    )


def _touchpoints(runtime: Runtime, scope: Scope) -> Iterator[Findable]:
    for code in sorted(scope.touchpoints):
        touchpoint = runtime.definitions.touchpoints[code]
        yield make_findable(
            FoundKind.TOUCHPOINT,
            touchpoint.name,
            page="touchpoint",
            query=[("touchpoint", code)],
            also=(code, touchpoint.description, touchpoint.owner),
        )


def _metrics(runtime: Runtime, places: dict[str, tuple[str, ...]]) -> Iterator[Findable]:
    """Metrics that are measured anywhere in the scope, each at all of its touchpoints."""
    for code, found in places.items():
        if found and not (metric := runtime.definitions.metrics[code]).is_composite:
            noun = "touchpoint" if len(found) == 1 else "touchpoints"
            yield make_findable(
                FoundKind.METRIC,
                metric.name,
                page="compare",
                query=[("metric", code)],
                note=f"{len(found)} {noun} compared",
                also=(code, *metric.synonyms),
            )


def _pairs(runtime: Runtime, places: dict[str, tuple[str, ...]]) -> Iterator[Findable]:
    definitions = runtime.definitions
    for code, found in places.items():
        for place in found:
            name = f"{definitions.metrics[code].name}, {definitions.touchpoints[place].name}"
            yield make_findable(
                FoundKind.PAIR,
                name,
                page="touchpoint",
                query=[("touchpoint", place), ("metric", code)],
                also=(code, place, *definitions.metrics[code].synonyms),
            )


def _competitors(runtime: Runtime, connection: Connection, scope: Scope) -> Iterator[Findable]:
    """Whom anything was published of that the actor may read, with what they are also called."""
    steps, allowed = aliases_of(runtime, connection), scope.touchpoints | {""}
    spelled: dict[str, str] = {}
    also: defaultdict[str, list[str]] = defaultdict(list)
    for entity, kind, touchpoint, day in sorted(read_published_entities(connection)):
        name = entity_on(steps, entity, day)
        if (
            kind == COMPETITOR
            and touchpoint in allowed
            and not is_ourselves(name, runtime.workspace)
        ):
            spelled[plain_name(name)] = name
            also[plain_name(name)].append(entity)
    for told in names_of(runtime, connection):
        also[plain_name(told.entity)].append(told.name)
    for plain, name in spelled.items():
        others = [each for each in dict.fromkeys(also[plain]) if plain_name(each) != plain]
        yield make_findable(
            FoundKind.COMPETITOR,
            name,
            page="competitors",
            query=[("competitor", name)],
            note=f"also {', '.join(others[:3])}" if others else "",
            also=others,
        )


def _definitions(runtime: Runtime) -> Iterator[Findable]:
    for code, metric in runtime.definitions.metrics.items():
        yield make_findable(
            FoundKind.DEFINITION,
            metric.name,
            page="definitions",
            query=[("metric", code)],
            note=metric.question,
            also=(
                code,
                *metric.synonyms,
                metric.question,
                metric.description,
                metric.pillar,
                metric.key,
            ),
        )
