"""Which touchpoints somebody looks after: those he is limited to, else those he picked."""

from collections.abc import Collection

from callboard.access import Actor
from callboard.errors import CallboardError
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope
from callboard.storage.engine import snapshot, write
from callboard.storage.own_touchpoints import keep_own_touchpoints, read_own_touchpoints


def read_own(runtime: Runtime, actor: Actor) -> tuple[str, ...]:
    """Return the actor's touchpoints in the workspace's order; none before the first choice."""
    scope = open_scope(runtime, actor)
    if actor.touchpoints is not None:
        return _in_order(runtime, scope.touchpoints)
    with snapshot(runtime.store) as connection:
        picked = read_own_touchpoints(connection, actor.id)
    return _in_order(runtime, picked & scope.touchpoints)


def keep_own(runtime: Runtime, actor: Actor, *, touchpoints: Collection[str]) -> None:
    """Remember which touchpoints are the actor's; nobody else sees a difference.

    CallboardError for one who is limited to some; NotAllowed for a touchpoint outside the scope.
    """
    scope = open_scope(runtime, actor)
    if actor.touchpoints is not None:
        raise CallboardError(
            "Your touchpoints are those you may read. Ask an administrator for others."
        )
    for touchpoint in touchpoints:
        scope.require(touchpoint)
    with write(runtime.store) as connection:
        at = runtime.clock.now("UTC")
        keep_own_touchpoints(connection, actor.id, frozenset(touchpoints), at=at)


def _in_order(runtime: Runtime, codes: Collection[str]) -> tuple[str, ...]:
    return tuple(code for code in runtime.definitions.touchpoints if code in codes)
