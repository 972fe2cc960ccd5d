"""Laying down, withdrawing and listing baselines: each act with its audit row, one transaction."""

from dataclasses import replace
from datetime import date

from callboard.access import Action, Actor, Scope, require
from callboard.errors import CallboardError, NotAllowed
from callboard.services.acting import said, tell_withdrawal
from callboard.services.breaking.laying import AskedBaseline, preview_baseline, thought_of
from callboard.services.runtime import Runtime
from callboard.services.scopes import narrow, open_scope, require_metric
from callboard.storage.baselines import (
    SeriesBaseline,
    add_baseline,
    read_baselines,
    restore_baseline,
    withdraw_baseline,
)
from callboard.storage.engine import Connection, snapshot, write
from callboard.views import BaselinePreview, BaselineRow
from metrics.chosen import BaselineUse
from metrics.model import Grain


def check_baseline(  # noqa: PLR0913 - what is asked, by keyword
    runtime: Runtime,
    actor: Actor,
    *,
    touchpoint: str,
    metric: str,
    first: str,
    last: str,
    use: BaselineUse,
    grain: Grain = Grain.WEEK,
) -> BaselinePreview:
    """Return what a baseline of some ISO days would do; nothing is stored."""
    require(actor, Action.APPROVE_BREAKS)
    scope = open_scope(runtime, actor)
    asked = _asked(runtime, scope, (touchpoint, metric), (first, last), use=use, grain=grain)
    with snapshot(runtime.store) as connection:
        return preview_baseline(runtime, connection, asked)


def lay_baseline(  # noqa: PLR0913 - what is asked, by keyword
    runtime: Runtime,
    actor: Actor,
    *,
    touchpoint: str,
    metric: str,
    first: str,
    last: str,
    use: BaselineUse,
    reason: str,
    grain: Grain = Grain.WEEK,
) -> tuple[BaselineRow, BaselinePreview]:
    """Let only the periods within two ISO days make limits, or all but those; what it did.

    CallboardError without a reason, and for days whose preview is refused. NotAllowed for a
    touchpoint outside the actor's scope.
    """
    require(actor, Action.APPROVE_BREAKS)
    scope = open_scope(runtime, actor)
    asked = _asked(runtime, scope, (touchpoint, metric), (first, last), use=use, grain=grain)
    why = said(reason, "Say why: the reason stands beside the limits.")
    with write(runtime.store) as connection:
        preview = preview_baseline(runtime, connection, asked)
        if preview.refused:
            raise CallboardError(preview.refused)
        new = replace(
            thought_of(runtime, asked), reason=why, actor=actor.id, evidence=preview.evidence
        )
        number = add_baseline(connection, new)
        return _row(runtime, _find(connection, scope, number)), preview


def withdraw(runtime: Runtime, actor: Actor, *, number: int, note: str) -> BaselineRow:
    """Let a baseline hold no more, so that limits are as if it had never been; it stays listed.

    CallboardError without a reason and for one that is withdrawn already.
    """
    require(actor, Action.APPROVE_BREAKS)
    scope = open_scope(runtime, actor)
    why = said(note, "Say why it is withdrawn: the history keeps it beside the baseline.")
    at = runtime.clock.now("UTC")
    with write(runtime.store) as connection:
        _find(connection, scope, number)
        withdraw_baseline(connection, number, actor_id=actor.id, at=at, note=why)
        return _row(runtime, _find(connection, scope, number))


def restore(
    runtime: Runtime, actor: Actor, *, number: int, grain: Grain = Grain.WEEK
) -> BaselineRow:
    """Let a withdrawn baseline hold again; CallboardError where it cannot be laid down any more."""
    require(actor, Action.APPROVE_BREAKS)
    scope = open_scope(runtime, actor)
    at = runtime.clock.now("UTC")
    with write(runtime.store) as connection:
        found = _find(connection, scope, number)
        place = (found.touchpoint, found.metric)
        days = (found.first.isoformat(), found.last.isoformat())
        asked = _asked(runtime, scope, place, days, use=found.use, grain=grain)
        refused = "" if found.holds else preview_baseline(runtime, connection, asked).refused
        if refused:
            raise CallboardError(refused)
        restore_baseline(connection, number, actor_id=actor.id, at=at)
        return _row(runtime, _find(connection, scope, number))


def list_baselines(
    runtime: Runtime, actor: Actor, *, touchpoint: str = "", metric: str = ""
) -> tuple[BaselineRow, ...]:
    """Return the baselines that hold and those withdrawn, by touchpoint, metric and first day."""
    scope = open_scope(runtime, actor)
    touchpoints = narrow(scope, (touchpoint,) if touchpoint else ())
    codes = [require_metric(runtime, metric).code] if metric else None
    with snapshot(runtime.store) as connection:
        found = read_baselines(connection, scope=touchpoints, metrics=codes)
    return tuple(_row(runtime, each) for each in found)


def _asked(
    runtime: Runtime,
    scope: Scope,
    series: tuple[str, str],
    days: tuple[str, str],
    *,
    use: BaselineUse,
    grain: Grain,
) -> AskedBaseline:
    touchpoint, metric = series
    scope.require(touchpoint)
    first, last = (_day(each) for each in days)
    return AskedBaseline(
        touchpoint=touchpoint,
        metric=require_metric(runtime, metric),
        first=first,
        last=last,
        use=use,
        grain=grain,
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CallboardError(f"Found {text!r}; expected a day such as 2026-01-31.") from error


def _find(connection: Connection, scope: Scope, number: int) -> SeriesBaseline:
    """A baseline the actor may see; one of somebody else's reads like one that is not there."""
    for each in read_baselines(connection, scope=scope.touchpoints):
        if each.id == number:
            return each
    raise NotAllowed(f"There is no baseline {number}.")


def _row(runtime: Runtime, of: SeriesBaseline) -> BaselineRow:
    touchpoints, metrics = runtime.definitions.touchpoints, runtime.definitions.metrics
    place, metric = touchpoints.get(of.touchpoint), metrics.get(of.metric)
    return BaselineRow(
        id=of.id,
        touchpoint=of.touchpoint,
        touchpoint_name=place.name if place else of.touchpoint,
        metric=of.metric,
        metric_name=metric.name if metric else of.metric,
        use=of.use,
        first=of.first,
        last=of.last,
        reason=of.reason,
        actor=of.actor,
        at=of.at,
        evidence=of.evidence,
        holds=of.holds,
        withdrawn="" if of.holds else tell_withdrawal(of.acts[-1]),
    )
