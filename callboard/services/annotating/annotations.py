"""Writing, editing, withdrawing and listing annotations, each act audited in one transaction."""

from collections.abc import Sequence
from datetime import date, timedelta

from callboard.access import Action, Actor, Scope, require
from callboard.errors import CallboardError, NotAllowed
from callboard.services.acting import said, tell_withdrawal
from callboard.services.runtime import Runtime
from callboard.services.scopes import narrow, open_scope, require_metric
from callboard.storage.annotations import (
    EVERY,
    Annotation,
    add_annotation,
    read_annotations,
    replace_annotation,
    restore_annotation,
    withdraw_annotation,
)
from callboard.storage.engine import Connection, snapshot, write
from callboard.views import AnnotationRow, AnnotationTag, WrittenAnnotation

LONGEST = 280
_AHEAD = timedelta(days=366)


def add(runtime: Runtime, actor: Actor, written: WrittenAnnotation) -> AnnotationRow:
    """Let an annotation stand on the charts it is about; return it.

    CallboardError for a text that is empty or too long, for days that are none and for an unknown
    tag. NotAllowed for a touchpoint outside the actor's scope.
    """
    require(actor, Action.ANNOTATE)
    scope = open_scope(runtime, actor)
    new = _annotation(runtime, actor, scope, written)
    with write(runtime.store) as connection:
        number = add_annotation(connection, new)
        return _read_row(runtime, connection, scope, number)


def edit(
    runtime: Runtime, actor: Actor, *, number: int, written: WrittenAnnotation
) -> AnnotationRow:
    """Let a new version stand in an annotation's place; the old one stays in the history."""
    require(actor, Action.ANNOTATE)
    scope = open_scope(runtime, actor)
    new = _annotation(runtime, actor, scope, written, replaces=number)
    with write(runtime.store) as connection:
        _require_own(actor, _find(connection, scope, number))
        version = replace_annotation(connection, number, new)
        return _read_row(runtime, connection, scope, version)


def read_written(runtime: Runtime, actor: Actor, *, number: int) -> WrittenAnnotation:
    """Return an annotation as it was typed, to be edited; NotAllowed where there is none."""
    scope = open_scope(runtime, actor)
    with snapshot(runtime.store) as connection:
        found = _find(connection, scope, number)
    return WrittenAnnotation(
        touchpoint=found.touchpoint,
        metric=found.metric,
        first=found.first.isoformat(),
        last=found.last.isoformat() if found.last > found.first else "",
        text=found.reason,
        tag=found.tag,
    )


def withdraw(runtime: Runtime, actor: Actor, *, number: int, note: str) -> AnnotationRow:
    """Take an annotation off the charts; it stays in the list, and can be brought back.

    CallboardError without a reason and for one that is withdrawn already.
    """
    require(actor, Action.ANNOTATE)
    scope = open_scope(runtime, actor)
    why = said(note, "Say why it is withdrawn: the history keeps it beside the annotation.")
    at = runtime.clock.now("UTC")
    with write(runtime.store) as connection:
        _require_own(actor, _find(connection, scope, number))
        withdraw_annotation(connection, number, actor_id=actor.id, at=at, note=why)
        return _read_row(runtime, connection, scope, number)


def restore(runtime: Runtime, actor: Actor, *, number: int) -> AnnotationRow:
    """Let a withdrawn annotation stand again; CallboardError where a newer version stands."""
    require(actor, Action.ANNOTATE)
    scope = open_scope(runtime, actor)
    at = runtime.clock.now("UTC")
    with write(runtime.store) as connection:
        _require_own(actor, _find(connection, scope, number))
        _require_no_newer(runtime, connection, scope, number)
        restore_annotation(connection, number, actor_id=actor.id, at=at)
        return _read_row(runtime, connection, scope, number)


def list_annotations(
    runtime: Runtime, actor: Actor, *, touchpoint: str = "", metric: str = ""
) -> tuple[AnnotationRow, ...]:
    """Return the annotations that stand and those withdrawn, by day.

    Of a touchpoint or a metric: with those that are about every one of them.
    """
    scope = open_scope(runtime, actor)
    touchpoints = narrow(scope, (touchpoint,) if touchpoint else ())
    code = require_metric(runtime, metric).code if metric else None
    with snapshot(runtime.store) as connection:
        found = read_annotations(connection, scope=touchpoints, metric=code)
    return tuple(_row(runtime, each, found) for each in found)


def _annotation(
    runtime: Runtime,
    actor: Actor,
    scope: Scope,
    written: WrittenAnnotation,
    *,
    replaces: int | None = None,
) -> Annotation:
    if written.touchpoint:
        scope.require(written.touchpoint)
    if written.metric:
        require_metric(runtime, written.metric)
    first = _day(written.first)
    new = Annotation(
        id=0,
        touchpoint=written.touchpoint or EVERY,
        metric=written.metric or EVERY,
        first=first,
        last=_day(written.last) if written.last else first,
        tag=_tag(written.tag).value,
        reason=_text(written.text),
        actor=actor.id,
        at=runtime.clock.now("UTC"),
        replaces=replaces,
    )
    _require_own(actor, new)
    if new.last < new.first:
        raise CallboardError(
            f"Found the days {new.first} to {new.last}; expected a last day that is not before "
            "the first."
        )
    if new.last > runtime.clock.today(runtime.workspace.time_zone) + _AHEAD:
        raise CallboardError(f"Found the day {new.last}; expected one within a year from now.")
    return new


def _require_own(actor: Actor, of: Annotation) -> None:
    """Who may see some touchpoints only does not write on the charts of all of them."""
    if of.touchpoint == EVERY and actor.touchpoints is not None:
        raise NotAllowed(f"{actor.name} may annotate single touchpoints only.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        found = repr(text) if text else "no day"
        raise CallboardError(f"Found {found}; expected a day such as 2026-01-31.") from error


def _tag(text: str) -> AnnotationTag:
    try:
        return AnnotationTag(text)
    except ValueError as error:
        known = ", ".join(AnnotationTag)
        raise CallboardError(f"Found the tag {text!r}; expected one of {known}.") from error


def _text(text: str) -> str:
    """What was typed, whole or not at all: half a sentence can say the opposite."""
    letters = len(" ".join(text.split()))
    if letters > LONGEST:
        raise CallboardError(
            f"The text has {letters} letters; expected {LONGEST} at most. Nothing was kept."
        )
    return said(text, "Say what happened: the text stands on every chart.", longest=LONGEST)


def _find(connection: Connection, scope: Scope, number: int) -> Annotation:
    """One that the actor may see; one of somebody else's reads like one that is not there."""
    for each in read_annotations(connection, scope=scope.touchpoints):
        if each.id == number:
            return each
    raise NotAllowed(f"There is no annotation {number}.")


def _require_no_newer(runtime: Runtime, connection: Connection, scope: Scope, number: int) -> None:
    """CallboardError where a newer version stands, at whichever touchpoint.

    Its number is told to who may see it only.
    """
    found = read_annotations(connection, scope=runtime.definitions.touchpoints)
    newer = _standing_version(found, number)
    if newer is None:
        return
    place = next(each.touchpoint for each in found if each.id == newer)
    if place == EVERY or place in scope.touchpoints:
        told = f"Annotation {newer} is a newer version of {number} and stands. Withdraw it first."
    else:
        told = f"A newer version of {number} stands at a touchpoint that is not yours."
    raise CallboardError(f"{told} Nothing was changed.")


def _standing_version(found: Sequence[Annotation], number: int) -> int | None:
    """The version of an annotation that stands in its place, however often it was edited."""
    newer = [each for each in found if each.replaces == number]
    for each in newer:
        standing = each.id if each.holds else _standing_version(found, each.id)
        if standing:
            return standing
    return None


def _read_row(runtime: Runtime, connection: Connection, scope: Scope, number: int) -> AnnotationRow:
    found = read_annotations(connection, scope=scope.touchpoints)
    return _row(runtime, next(each for each in found if each.id == number), found)


def _row(runtime: Runtime, of: Annotation, found: Sequence[Annotation]) -> AnnotationRow:
    newer = [each for each in found if each.replaces == of.id]
    gone = "" if of.holds else tell_withdrawal(of.acts[-1])
    if gone and newer and of.acts[-1].at <= newer[-1].at:
        gone = f"edited by {newer[-1].actor}: now annotation {newer[-1].id}"
    return AnnotationRow(
        id=of.id,
        touchpoint=of.touchpoint,
        metric=of.metric,
        about=_about(runtime, of),
        first=of.first,
        last=of.last,
        tag=AnnotationTag(of.tag),
        text=of.reason,
        actor=of.actor,
        at=of.at,
        holds=of.holds,
        withdrawn=gone,
    )


def _about(runtime: Runtime, of: Annotation) -> str:
    place = runtime.definitions.touchpoints.get(of.touchpoint)
    metric = runtime.definitions.metrics.get(of.metric)
    where = (place.name if place else of.touchpoint) or "every touchpoint"
    return f"{(metric.name if metric else of.metric) or 'all metrics'}, {where}"
