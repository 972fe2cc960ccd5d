"""Setting, withdrawing and listing targets: each act with its audit row in one transaction."""

from dataclasses import replace

from callboard.access import Action, Actor, Scope, require
from callboard.errors import CallboardError, NotAllowed
from callboard.services.acting import said
from callboard.services.promising.asking import AskedTarget, Wish, row_of, understand
from callboard.services.promising.examining import preview_target, tell_again, thought_of
from callboard.services.runtime import Runtime
from callboard.services.scopes import narrow, open_scope, require_metric
from callboard.storage.engine import Connection, snapshot, write
from callboard.storage.targets import (
    SeriesTarget,
    add_target,
    read_targets,
    restore_target,
    withdraw_target,
)
from callboard.views import TargetPreview, TargetRow
from metrics.model import Grain

WHY = "Say why: the reason stands beside the target."


def check(  # noqa: PLR0913 - what is asked, by keyword
    runtime: Runtime,
    actor: Actor,
    *,
    touchpoint: str,
    metric: str,
    value: float | None,
    day: str,
    until: str = "",
    grain: Grain = Grain.WEEK,
) -> TargetPreview:
    """Return what a target from an ISO day on would do; nothing is stored."""
    require(actor, Action.SET_TARGETS)
    wish = Wish(touchpoint=touchpoint, metric=metric, value=value, day=day, until=until)
    asked = understand(runtime, open_scope(runtime, actor), wish, grain=grain)
    with snapshot(runtime.store) as connection:
        return preview_target(runtime, connection, asked)


def set_target(  # noqa: PLR0913 - what is asked, by keyword
    runtime: Runtime,
    actor: Actor,
    *,
    touchpoint: str,
    metric: str,
    value: float | None,
    day: str,
    until: str = "",
    reason: str,
    is_anew: bool = False,
    grain: Grain = Grain.WEEK,
) -> tuple[TargetRow, TargetPreview]:
    """Promise a value (None: nothing any more) from an ISO day on; the target, what it did.

    CallboardError without a reason, for what the metric cannot have, and where periods that are
    over would be judged anew unless `is_anew` says so. NotAllowed outside the actor's scope.
    """
    require(actor, Action.SET_TARGETS)
    scope = open_scope(runtime, actor)
    wish = Wish(touchpoint=touchpoint, metric=metric, value=value, day=day, until=until)
    asked = understand(runtime, scope, wish, grain=grain)
    why = said(reason, WHY)
    with write(runtime.store) as connection:
        preview = preview_target(runtime, connection, asked)
        if preview.refused:
            raise CallboardError(preview.refused)
        if preview.again and not is_anew:
            raise CallboardError(
                f"{preview.again} Say that this is meant, or let the target begin later."
            )
        new = replace(
            thought_of(runtime, asked), reason=why, actor=actor.id, evidence=preview.evidence
        )
        number = add_target(connection, new)
        return row_of(runtime, _find(connection, scope, number)), preview


def check_act(runtime: Runtime, actor: Actor, *, number: int, grain: Grain = Grain.WEEK) -> str:
    """Which periods that are over withdrawing a target, or bringing it back, judges anew.

    Empty for a target of a metric that is switched off: nothing of it is judged.
    """
    require(actor, Action.SET_TARGETS)
    scope = open_scope(runtime, actor)
    with snapshot(runtime.store) as connection:
        found = _find(connection, scope, number)
        if found.metric not in runtime.definitions.metrics:
            return ""
        return _anew(runtime, connection, found, _asked(runtime, scope, found, grain))


def withdraw(runtime: Runtime, actor: Actor, *, number: int, note: str) -> TargetRow:
    """Let a target hold no more, so that all is judged as if it had never been; it stays listed.

    CallboardError without a reason and for one that is withdrawn already.
    """
    require(actor, Action.SET_TARGETS)
    scope = open_scope(runtime, actor)
    why = said(note, "Say why it is withdrawn: the history keeps it beside the target.")
    at = runtime.clock.now("UTC")
    with write(runtime.store) as connection:
        _find(connection, scope, number)
        withdraw_target(connection, number, actor_id=actor.id, at=at, note=why)
        return row_of(runtime, _find(connection, scope, number))


def restore(runtime: Runtime, actor: Actor, *, number: int) -> TargetRow:
    """Let a withdrawn target hold again, in its old place among the others."""
    require(actor, Action.SET_TARGETS)
    scope = open_scope(runtime, actor)
    at = runtime.clock.now("UTC")
    with write(runtime.store) as connection:
        _find(connection, scope, number)
        restore_target(connection, number, actor_id=actor.id, at=at)
        return row_of(runtime, _find(connection, scope, number))


def list_targets(
    runtime: Runtime, actor: Actor, *, touchpoint: str = "", metric: str = ""
) -> tuple[TargetRow, ...]:
    """Return the targets that hold and those withdrawn, in the order of approval."""
    scope = open_scope(runtime, actor)
    touchpoints = narrow(scope, (touchpoint,) if touchpoint else ())
    codes = [require_metric(runtime, metric).code] if metric else None
    with snapshot(runtime.store) as connection:
        found = read_targets(connection, scope=touchpoints, metrics=codes)
    return tuple(row_of(runtime, each) for each in found)


def _find(connection: Connection, scope: Scope, number: int) -> SeriesTarget:
    """A target that the actor may see; one of somebody else's reads like one that is not there."""
    for each in read_targets(connection, scope=scope.touchpoints):
        if each.id == number:
            return each
    raise NotAllowed(f"There is no target {number}.")


def _asked(runtime: Runtime, scope: Scope, of: SeriesTarget, grain: Grain) -> AskedTarget:
    wish = Wish(
        touchpoint=of.touchpoint,
        metric=of.metric,
        value=of.value,
        day=of.day.isoformat(),
        until=of.until.isoformat() if of.until else "",
    )
    return understand(runtime, scope, wish, grain=grain)


def _anew(runtime: Runtime, connection: Connection, found: SeriesTarget, asked: AskedTarget) -> str:
    def change(held: tuple[SeriesTarget, ...]) -> tuple[SeriesTarget, ...]:
        others = [each for each in held if each.id != found.id]
        after = others if found.holds else [*others, found]
        return tuple(sorted(after, key=lambda each: each.id, reverse=True))

    return tell_again(runtime, connection, asked, change)
