"""Writing, editing and taking back what is said of a figure: each act audited, versions kept."""

from callboard.access import Action, Actor, Scope, require
from callboard.errors import CallboardError, NotAllowed
from callboard.figures import format_day, period_label
from callboard.services.acting import said
from callboard.services.promising.asking import parse_day
from callboard.services.promising.comment_reading import rows_of
from callboard.services.runtime import Runtime
from callboard.services.scopes import narrow, open_scope, require_metric
from callboard.storage.comments import (
    Comment,
    add_comment,
    read_comments,
    standing,
    withdraw_comment,
)
from callboard.storage.engine import Connection, snapshot, write
from callboard.views import CommentRow
from metrics.calendar import calendar_for
from metrics.model import Grain

LONGEST = 600


def write_comment(  # noqa: PLR0913 - what is said, by keyword
    runtime: Runtime,
    actor: Actor,
    *,
    touchpoint: str,
    metric: str,
    grain: Grain,
    period: str,
    text: str,
    replaces: int | None = None,
) -> CommentRow:
    """Say something of the period that holds an ISO day, or something else in place of a comment.

    CallboardError for nothing said or more than 600 characters, and for a period to come.
    NotAllowed for a touchpoint outside the actor's scope.
    """
    require(actor, Action.COMMENT)
    scope = open_scope(runtime, actor)
    scope.require(touchpoint)
    code = require_metric(runtime, metric).code
    new = Comment(
        id=0,
        touchpoint=touchpoint,
        metric=code,
        grain=grain.value,
        start=calendar_for(grain).period_of(parse_day(period)).start,
        reason=_said(text),
        replaces=replaces,
        actor=actor.id,
        at=runtime.clock.now("UTC"),
    )
    _require_begun(runtime, new)
    with write(runtime.store) as connection:
        if replaces is not None:
            _require_same(_find(connection, scope, replaces), new)
        number = add_comment(connection, new)
        return _row(runtime, connection, scope, number)


def take_back(runtime: Runtime, actor: Actor, *, number: int, note: str) -> None:
    """Let a comment stand no more; its versions stay in the store, with who took it back and why.

    CallboardError without a reason; NotAllowed for one that does not stand.
    """
    require(actor, Action.COMMENT)
    scope = open_scope(runtime, actor)
    why = said(note, "Say why it is taken back: the audit trail keeps it.")
    at = runtime.clock.now("UTC")
    with write(runtime.store) as connection:
        _find(connection, scope, number)
        withdraw_comment(connection, number, actor_id=actor.id, at=at, note=why)


def list_comments(
    runtime: Runtime, actor: Actor, *, touchpoint: str = "", metric: str = ""
) -> tuple[CommentRow, ...]:
    """Return the comments that stand, the newest first, each with its earlier versions."""
    scope = open_scope(runtime, actor)
    touchpoints = narrow(scope, (touchpoint,) if touchpoint else ())
    codes = [require_metric(runtime, metric).code] if metric else None
    with snapshot(runtime.store) as connection:
        found = read_comments(connection, scope=touchpoints, metrics=codes)
    return rows_of(runtime.definitions, found)


def _said(text: str) -> str:
    plain = said(text, "Say something: an empty comment tells nobody anything.", longest=None)
    if len(plain) > LONGEST:
        raise CallboardError(
            f"Found {len(plain)} characters; a comment has {LONGEST} or fewer. Shorten it."
        )
    return plain


def _require_begun(runtime: Runtime, new: Comment) -> None:
    today = runtime.clock.today(runtime.definitions.zone(new.touchpoint))
    if new.start > today:
        label = period_label(Grain(new.grain), new.start)
        raise CallboardError(f"{label} is still to come: choose a day up to {format_day(today)}.")
    place = runtime.definitions.touchpoints[new.touchpoint]
    if place.metrics is not None and new.metric not in place.metrics:
        name = runtime.definitions.metrics[new.metric].name
        raise CallboardError(f"{name} is not measured at {place.name}.")


def _require_same(old: Comment, new: Comment) -> None:
    """An edit stays where it was written."""
    places = [(each.touchpoint, each.metric, each.grain, each.start) for each in (old, new)]
    if places[0] != places[1]:
        raise CallboardError(
            f"Comment {old.id} is of another figure or period; expected its own. Write a new one."
        )


def _find(connection: Connection, scope: Scope, number: int) -> Comment:
    """One that stands and that the actor may see; any other reads like one that is not there."""
    for each in standing(read_comments(connection, scope=scope.touchpoints)):
        if each.id == number:
            return each
    raise NotAllowed(f"There is no comment {number}; it may have been changed meanwhile.")


def _row(runtime: Runtime, connection: Connection, scope: Scope, number: int) -> CommentRow:
    rows = rows_of(runtime.definitions, read_comments(connection, scope=scope.touchpoints))
    return next(each for each in rows if each.id == number)
