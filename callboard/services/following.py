"""Metrics that a person follows: their own alone, so no publication tells of them."""

from callboard.access import Actor
from callboard.errors import CallboardError
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope, require_metric
from callboard.storage import personal
from callboard.storage.engine import snapshot, write
from callboard.views.personal import Followed

MOST = 200


def list_followed(runtime: Runtime, actor: Actor) -> tuple[Followed, ...]:
    """Return what the actor follows, by name; not what is off or out of their scope by now."""
    scope, definitions = open_scope(runtime, actor), runtime.definitions
    with snapshot(runtime.store) as conn:
        follows = personal.list_follows(conn, actor.id)
    found = (
        Followed(
            touchpoint=touchpoint,
            touchpoint_name=definitions.touchpoints[touchpoint].name,
            metric=metric,
            metric_name=definitions.metrics[metric].name,
        )
        for touchpoint, metric in follows
        if touchpoint in scope.touchpoints and metric in definitions.metrics
    )
    return tuple(sorted(found, key=lambda each: (each.metric_name, each.touchpoint_name)))


def is_followed(runtime: Runtime, actor: Actor, *, touchpoint: str, metric: str) -> bool:
    """Return whether the actor follows a metric at a touchpoint."""
    open_scope(runtime, actor).require(touchpoint)
    with snapshot(runtime.store) as conn:
        return (touchpoint, metric) in personal.list_follows(conn, actor.id)


def follow(runtime: Runtime, actor: Actor, *, touchpoint: str, metric: str) -> None:
    """Follow a metric at a touchpoint. CallboardError where too many are followed already."""
    open_scope(runtime, actor).require(touchpoint)
    require_metric(runtime, metric)
    with write(runtime.store) as conn:
        if personal.count_follows(conn, actor.id) >= MOST:
            raise CallboardError(f"You follow {MOST} metrics, as many as can be. Drop one first.")
        personal.add_follow(
            conn, actor.id, touchpoint=touchpoint, metric=metric, at=runtime.clock.now()
        )


def unfollow(runtime: Runtime, actor: Actor, *, touchpoint: str, metric: str) -> None:
    """Follow a metric at a touchpoint no more; one that was not followed stays so."""
    open_scope(runtime, actor).require(touchpoint)
    with write(runtime.store) as conn:
        personal.delete_follow(conn, actor.id, touchpoint=touchpoint, metric=metric)
