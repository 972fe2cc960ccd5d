"""Notes from one shift to the next: written, listed, marked as seen, and that taken back."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from callboard.access import Action, Actor, require
from callboard.errors import CallboardError, NotAllowed
from callboard.services.runtime import Runtime
from callboard.services.scopes import narrow, open_scope
from callboard.storage.engine import Connection, snapshot, write
from callboard.storage.hand_overs import (
    By,
    HandOver,
    add_hand_over,
    mark_seen,
    read_hand_over,
    read_hand_overs,
    take_seen_back,
)
from callboard.views import HandOverNote

LONGEST = 1000
SHOWN = 6  # the newest note, and the five before it
_MOST = 1000


def hand_over(runtime: Runtime, actor: Actor, *, touchpoint: str, note: str) -> HandOverNote:
    """Keep a note to the next shift at a touchpoint, for good, and return it.

    CallboardError for an empty note and one of more than 1,000 characters; NotAllowed for a
    touchpoint outside the actor's scope.
    """
    require(actor, Action.HAND_OVER)
    open_scope(runtime, actor).require(touchpoint)
    text = _cleaned(note)
    with write(runtime.store) as connection:
        by = _by(runtime, actor)
        number = add_hand_over(connection, touchpoint=touchpoint, note=text, by=by)
        return tell_note(runtime, read_hand_over(connection, number))


def mark_note_seen(runtime: Runtime, actor: Actor, *, number: int) -> HandOverNote:
    """Say that the actor has seen a note. CallboardError where somebody has said so already."""
    require(actor, Action.HAND_OVER)
    return _act(runtime, actor, number, lambda conn, by: mark_seen(conn, number, by=by))


def take_note_seen_back(runtime: Runtime, actor: Actor, *, number: int) -> HandOverNote:
    """Let a note count as not seen. CallboardError where nobody has said that he saw it."""
    require(actor, Action.HAND_OVER)
    return _act(runtime, actor, number, lambda conn, by: take_seen_back(conn, number, by=by))


def list_notes(
    runtime: Runtime, actor: Actor, *, touchpoint: str = "", most: int = _MOST
) -> tuple[HandOverNote, ...]:
    """Return the notes of a touchpoint, or of all the actor may read, newest first.

    At most so many of each touchpoint. NotAllowed for one outside the actor's scope.
    """
    scope = narrow(open_scope(runtime, actor), (touchpoint,) if touchpoint else ())
    with snapshot(runtime.store) as connection:
        found = read_hand_overs(connection, scope=scope, most=most)
    notes = [each for kept in found.values() for each in kept]
    newest_first = sorted(notes, key=lambda each: each.id, reverse=True)
    return tuple(tell_note(runtime, each) for each in newest_first)


def note_of_today(runtime: Runtime, actor: Actor, *, touchpoint: str) -> HandOverNote | None:
    """Return the newest note of a touchpoint if it was written today, by the clock there."""
    newest = list_notes(runtime, actor, touchpoint=touchpoint, most=1)
    zone = runtime.definitions.zone(touchpoint)
    today = runtime.clock.today(zone)
    told = [each for each in newest if each.at.astimezone(ZoneInfo(zone)).date() == today]
    return told[0] if told else None


def tell_note(runtime: Runtime, kept: HandOver) -> HandOverNote:
    """Return a note as it is shown; a touchpoint that is no more keeps its code."""
    place = runtime.definitions.touchpoints.get(kept.touchpoint)
    return HandOverNote(
        id=kept.id,
        touchpoint=kept.touchpoint,
        touchpoint_name=place.name if place else kept.touchpoint,
        note=kept.note,
        author=kept.by.author,
        at=kept.by.at,
        seen_by=kept.seen.author if kept.seen else "",
        seen_at=kept.seen.at if kept.seen else None,
    )


def _act(
    runtime: Runtime, actor: Actor, number: int, act: Callable[[Connection, By], None]
) -> HandOverNote:
    """A note of a touchpoint that the actor may not read is as one that is not there."""
    scope = open_scope(runtime, actor)
    with write(runtime.store) as connection:
        if read_hand_over(connection, number).touchpoint not in scope.touchpoints:
            raise NotAllowed(f"There is no note {number}.")
        act(connection, _by(runtime, actor))
        return tell_note(runtime, read_hand_over(connection, number))


def _by(runtime: Runtime, actor: Actor) -> By:
    return By(actor=actor.id, author=actor.name, at=runtime.clock.now("UTC"))


def _cleaned(note: str) -> str:
    """What a person typed, in its lines, without what a database or a terminal cannot keep."""
    plain = note.encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\t", " ")
    kept = "".join(each for each in plain if each == "\n" or each.isprintable()).strip()
    if not kept:
        raise CallboardError("Found an empty note; expected what the next shift should know.")
    if len(kept) > LONGEST:
        raise CallboardError(
            f"A note has at most {LONGEST:,} characters; found {len(kept):,}. Make it shorter, or "
            "hand over two."
        )
    return kept
