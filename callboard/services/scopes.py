"""Who may read what: every service begins here."""

from collections.abc import Collection

from callboard.access import Action, Actor, Scope, require, resolve_scope
from callboard.errors import NotAllowed
from callboard.services.runtime import Runtime
from definition_files import nearest
from metrics.model import Metric


def open_scope(runtime: Runtime, actor: Actor) -> Scope:
    """The touchpoints of the workspace that `actor` may read; NotAllowed for one without rights."""
    require(actor, Action.READ_FIGURES)
    return resolve_scope(actor, frozenset(runtime.definitions.touchpoints))


def require_all_rows(actor: Actor) -> None:
    """NotAllowed for one who may not read rows, or those of some touchpoints only."""
    require(actor, Action.READ_ROWS)
    if actor.touchpoints is not None:
        raise NotAllowed(f"{actor.name} may read rows of single touchpoints only.")


def narrow(scope: Scope, touchpoints: Collection[str]) -> frozenset[str]:
    """The touchpoints asked for, all of the scope where none is; NotAllowed for one outside it."""
    for touchpoint in touchpoints:
        scope.require(touchpoint)
    return frozenset(touchpoints) or scope.touchpoints


def require_metric(runtime: Runtime, metric: str) -> Metric:
    """The metric with this code; NotAllowed, worded like a missing record, where it is not on."""
    definitions = runtime.definitions
    if metric in definitions.off:
        raise NotAllowed(f"There is no metric {metric!r}: it is off, {definitions.off[metric]}.")
    if metric not in definitions.metrics:
        hint = nearest(metric, definitions.metrics)
        raise NotAllowed(f"There is no metric {metric!r}. {hint}".rstrip())
    return definitions.metrics[metric]
