"""Approving, withdrawing and listing breaks: each act with its audit row in one transaction."""

from datetime import date

from callboard.access import Action, Actor, Scope, require
from callboard.errors import CallboardError, NotAllowed
from callboard.services.acting import said, tell_withdrawal
from callboard.services.breaking.examining import AskedBreak, preview_break
from callboard.services.runtime import Runtime
from callboard.services.scopes import narrow, open_scope, require_metric
from callboard.storage.breaks import (
    SeriesBreak,
    add_break,
    read_breaks,
    restore_break,
    withdraw_break,
)
from callboard.storage.engine import Connection, snapshot, write
from callboard.views import BreakPreview, BreakRow
from metrics.model import Grain


def check(
    runtime: Runtime, actor: Actor, *, touchpoint: str, metric: str, day: str, grain: Grain
) -> BreakPreview:
    """Return what approving a break on an ISO day would do; nothing is stored."""
    require(actor, Action.APPROVE_BREAKS)
    asked = _asked(runtime, open_scope(runtime, actor), (touchpoint, metric), day, grain)
    with snapshot(runtime.store) as connection:
        return preview_break(runtime, connection, asked)


def approve(  # noqa: PLR0913 - what is asked, by keyword
    runtime: Runtime,
    actor: Actor,
    *,
    touchpoint: str,
    metric: str,
    day: str,
    reason: str,
    grain: Grain = Grain.WEEK,
) -> tuple[BreakRow, BreakPreview]:
    """Let limits start anew with the period that holds an ISO day; return the break, what it did.

    CallboardError without a reason, for a day to come, a period without a reading, and one that
    begins a segment already. NotAllowed for a touchpoint outside the actor's scope.
    """
    require(actor, Action.APPROVE_BREAKS)
    scope = open_scope(runtime, actor)
    asked = _asked(runtime, scope, (touchpoint, metric), day, grain)
    why = said(reason, "Say what changed: the reason stands on every chart of the metric.")
    with write(runtime.store) as connection:
        preview = preview_break(runtime, connection, asked)
        if preview.refused:
            raise CallboardError(preview.refused)
        new = SeriesBreak(
            id=0,
            touchpoint=touchpoint,
            metric=metric,
            day=asked.day,
            reason=why,
            actor=actor.id,
            at=runtime.clock.now("UTC"),
            evidence=preview.evidence,
        )
        number = add_break(connection, new)
        return _row(runtime, _find(connection, scope, number)), preview


def withdraw(runtime: Runtime, actor: Actor, *, number: int, note: str) -> BreakRow:
    """Let a break hold no more, so that limits are as if it had never been; it stays in the list.

    CallboardError without a reason and for one that is withdrawn already.
    """
    require(actor, Action.APPROVE_BREAKS)
    scope = open_scope(runtime, actor)
    why = said(note, "Say why it is withdrawn: the history keeps it beside the break.")
    at = runtime.clock.now("UTC")
    with write(runtime.store) as connection:
        _find(connection, scope, number)
        withdraw_break(connection, number, actor_id=actor.id, at=at, note=why)
        return _row(runtime, _find(connection, scope, number))


def restore(runtime: Runtime, actor: Actor, *, number: int, grain: Grain = Grain.WEEK) -> BreakRow:
    """Let a withdrawn break hold again; CallboardError where it cannot be approved any more."""
    require(actor, Action.APPROVE_BREAKS)
    scope = open_scope(runtime, actor)
    at = runtime.clock.now("UTC")
    with write(runtime.store) as connection:
        found = _find(connection, scope, number)
        place = (found.touchpoint, found.metric)
        asked = _asked(runtime, scope, place, found.day.isoformat(), grain)
        refused = "" if found.holds else preview_break(runtime, connection, asked).refused
        if refused:
            raise CallboardError(refused)
        restore_break(connection, number, actor_id=actor.id, at=at)
        return _row(runtime, _find(connection, scope, number))


def list_breaks(
    runtime: Runtime, actor: Actor, *, touchpoint: str = "", metric: str = ""
) -> tuple[BreakRow, ...]:
    """Return the breaks that hold and those withdrawn, by touchpoint, metric and day."""
    scope = open_scope(runtime, actor)
    touchpoints = narrow(scope, (touchpoint,) if touchpoint else ())
    codes = [require_metric(runtime, metric).code] if metric else None
    with snapshot(runtime.store) as connection:
        found = read_breaks(connection, scope=touchpoints, metrics=codes)
    return tuple(_row(runtime, each) for each in found)


def _asked(
    runtime: Runtime, scope: Scope, series: tuple[str, str], day: str, grain: Grain
) -> AskedBreak:
    touchpoint, metric = series
    scope.require(touchpoint)
    definition = require_metric(runtime, metric)
    try:
        return AskedBreak(
            touchpoint=touchpoint, metric=definition, day=date.fromisoformat(day), grain=grain
        )
    except ValueError as error:
        raise CallboardError(f"Found {day!r}; expected a day such as 2026-01-31.") from error


def _find(connection: Connection, scope: Scope, number: int) -> SeriesBreak:
    """A break that the actor may see; one of somebody else's reads like one that is not there."""
    found = read_breaks(connection, scope=scope.touchpoints)
    for each in found:
        if each.id == number:
            return each
    raise NotAllowed(f"There is no break {number}.")


def _row(runtime: Runtime, of: SeriesBreak) -> BreakRow:
    touchpoints, metrics = runtime.definitions.touchpoints, runtime.definitions.metrics
    place, metric = touchpoints.get(of.touchpoint), metrics.get(of.metric)
    return BreakRow(
        id=of.id,
        touchpoint=of.touchpoint,
        touchpoint_name=place.name if place else of.touchpoint,
        metric=of.metric,
        metric_name=metric.name if metric else of.metric,
        day=of.day,
        reason=of.reason,
        actor=of.actor,
        at=of.at,
        evidence=of.evidence,
        holds=of.holds,
        withdrawn="" if of.holds else tell_withdrawal(of.acts[-1]),
    )
