"""The journey with the verdict of every step: stages in front, the services behind them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from callboard.access import Actor, Scope
from callboard.services.journeys.current import (
    Current,
    file_of,
    find_current,
    newer_file,
    read_current,
    told,
)
from callboard.services.journeys.journey_words import headline
from callboard.services.journeys.onward import Onward, read_onward
from callboard.services.journeys.steps import Steps, Told, read_steps
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope
from callboard.storage.engine import snapshot
from callboard.storage.publications import latest_publication
from callboard.views import JourneyMap, JourneyNode, JourneyPart
from callboard.views.journeys import Origin
from metrics.journey import Journey, JourneyStage
from metrics.model import Grain

MOST_FIGURES, MOST_BEHIND = 4, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawing:
    """What nodes are made of. `behind` has the key of each service's node."""

    runtime: Runtime
    scope: Scope
    steps: Steps
    behind: Mapping[str, str]
    onward: Onward


def read_journey(
    runtime: Runtime, actor: Actor, *, grain: Grain, period: str | None = None, journey: str = ""
) -> JourneyMap | None:
    """Return a journey (the first one for "") as a period left it; None without any touchpoint.

    Touchpoints outside the actor's scope are not on it. NotAllowed for a journey there is not.
    """
    scope = open_scope(runtime, actor)
    with snapshot(runtime.store) as connection:
        found = read_current(runtime, connection)
        if not found and not journey:
            return None
        current = find_current(found, journey)
        services = _services(runtime, scope, current.journey)
        steps = read_steps(
            runtime,
            connection,
            scope,
            touchpoints=frozenset((*current.journey.touchpoints, *services)) & scope.touchpoints,
            grain=grain,
            period=period,
            wanted=_wanted(current.journey, services),
        )
        front = frozenset(current.journey.touchpoints) & scope.touchpoints
        onward = read_onward(runtime, connection, steps.period, front)
        publication = latest_publication(connection)
    drawing = _Drawing(
        runtime=runtime,
        scope=scope,
        steps=steps,
        behind={code: f"b{at}" for at, code in enumerate(services)},
        onward=onward,
    )
    return _map(drawing, current, publication=publication)


def _map(drawing: _Drawing, current: Current, *, publication: int) -> JourneyMap:
    parts = [
        _part(drawing, stage, at=at, first=_first_here(current.journey, at))
        for at, stage in enumerate(current.journey.stages)
        if _is_shown(current.origin, drawing.scope, stage)
    ]
    behind = tuple(
        _node(drawing, key, code, most=MOST_BEHIND) for code, key in drawing.behind.items()
    )
    journey, runtime = current.journey, drawing.runtime
    return JourneyMap(
        journey=journey.code,
        name=journey.name,
        customer=journey.customer,
        headline=headline(parts, behind, drawing.steps, publication=publication),
        period_label=drawing.steps.period_label,
        parts=tuple(parts),
        behind=behind,
        origin=current.origin,
        file=file_of(runtime, current),
        told=told(runtime, current),
        newer_file=newer_file(runtime, current),
        gone=_gone(runtime, journey.touchpoints),
        publication=publication,
        onward_told=drawing.onward.told,
    )


def _gone(runtime: Runtime, touchpoints: Sequence[str]) -> tuple[str, ...]:
    """Those that were drawn and are not in the workspace any more."""
    return tuple(code for code in touchpoints if code not in runtime.definitions.touchpoints)


def _services(runtime: Runtime, scope: Scope, journey: Journey) -> tuple[str, ...]:
    """The services that stand behind the way, each about where it is first stood upon."""
    places: dict[str, list[int]] = {}
    known = runtime.definitions.touchpoints
    for at, stage in enumerate(journey.stages):
        for code in stage.touchpoints:
            for service in known[code].depends_on if code in scope.touchpoints else ():
                if service in scope.touchpoints and service not in journey.touchpoints:
                    places.setdefault(service, []).append(at)
    return tuple(sorted(places, key=lambda code: (sum(places[code]) / len(places[code]), code)))


def _wanted(
    journey: Journey, services: Collection[str]
) -> list[tuple[str, tuple[str, ...] | None, int]]:
    """Touchpoint, metrics and how many of them: whatever some node will tell."""
    front = [
        (code, stage.metrics.get(code), MOST_FIGURES)
        for stage in journey.stages
        for code in stage.touchpoints
    ]
    return [*front, *((code, None, MOST_BEHIND) for code in services)]


def _is_shown(origin: Origin, scope: Scope, stage: JourneyStage) -> bool:
    """A proposed stage is named after its touchpoint, so that it is there for who sees that."""
    if origin is not Origin.PROPOSED:
        return True
    return any(code in scope.touchpoints for code in stage.touchpoints)


def _first_here(journey: Journey, at: int) -> frozenset[str]:
    """The touchpoints that stand in a stage and in none before it."""
    before = {code for stage in journey.stages[:at] for code in stage.touchpoints}
    return frozenset(journey.stages[at].touchpoints) - before


def _part(drawing: _Drawing, stage: JourneyStage, *, at: int, first: frozenset[str]) -> JourneyPart:
    onward = drawing.onward.by_origin
    nodes = tuple(
        replace(
            _node(drawing, f"f{at}-{place}", code, metrics=stage.metrics.get(code)),
            onward=onward.get(code, ()) if code in first else (),
            hides_onward=code in first & drawing.onward.hiding,
        )
        for place, code in enumerate(stage.touchpoints)
        if code in drawing.scope.touchpoints
    )
    return JourneyPart(
        code=stage.code,
        name=stage.name,
        question=stage.question,
        nodes=nodes,
        is_hurting=any(each.is_hurting for each in nodes),
        gone=_gone(drawing.runtime, stage.touchpoints),
    )


def _node(
    drawing: _Drawing,
    key: str,
    code: str,
    *,
    metrics: Sequence[str] | None = None,
    most: int = MOST_FIGURES,
) -> JourneyNode:
    touchpoint = drawing.runtime.definitions.touchpoints[code]
    found: tuple[Told, ...] = drawing.steps.of(code, metrics)
    return JourneyNode(
        key=key,
        touchpoint=code,
        name=touchpoint.name,
        figures=tuple(drawing.steps.figure(each) for each in found[:most]),
        more=max(len(found) - most, 0),
        is_hurting=bool(found) and found[0].is_at_risk,
        services=tuple(
            drawing.behind[each] for each in touchpoint.depends_on if each in drawing.behind
        ),
    )
