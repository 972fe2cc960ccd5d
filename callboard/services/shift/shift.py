"""A shift at some touchpoints: each with what signals, its today, its data and its notes."""

from collections.abc import Sequence

from callboard.access import Actor
from callboard.services.runtime import Runtime
from callboard.services.scopes import narrow, open_scope
from callboard.services.shift.notes import SHOWN, tell_note
from callboard.services.shift.rows import Places, read_places, tell_feeds, tell_rows
from callboard.services.shift.words import shift_sentence
from callboard.services.signalling.assigned import read_assigned
from callboard.services.tiles.board import Asked, Board, read_board
from callboard.services.tiles.touchpoint import NO_READINGS_HERE, tell_place
from callboard.storage.engine import snapshot
from callboard.storage.hand_overs import HandOver, read_hand_overs
from callboard.views import Shift, ShiftBlock
from callboard.views.signalling import Assignment


def read_shift(runtime: Runtime, actor: Actor, *, touchpoints: tuple[str, ...]) -> Shift:
    """Return what needs somebody at these touchpoints, what needs nobody last.

    All that the actor may read where none is named; NotAllowed for one outside his scope.
    """
    scope = open_scope(runtime, actor)
    chosen = narrow(scope, touchpoints)
    asked = Asked(
        grain=runtime.workspace.calendar.grain,
        period=None,
        scope=scope,
        touchpoints=chosen,
        metrics=tuple(runtime.definitions.metrics),
    )
    assigned = read_assigned(runtime, actor, touchpoints=tuple(sorted(chosen)))
    with snapshot(runtime.store) as connection:
        board = read_board(runtime, connection, asked)
        places = read_places(board)
        notes = read_hand_overs(connection, scope=chosen, most=SHOWN)
        found = [
            _block(board, places, code, notes=notes.get(code, ()), assigned=assigned)
            for code in _by_concern(board, places, sorted(chosen))
        ]
    blocks = tuple(sorted(found, key=lambda block: block.is_quiet))
    return Shift(
        headline=shift_sentence(blocks),
        blocks=blocks,
        told_at=runtime.clock.now(runtime.workspace.time_zone),
    )


def _block(
    board: Board,
    places: Places,
    touchpoint: str,
    *,
    notes: Sequence[HandOver],
    assigned: Sequence[Assignment],
) -> ShiftBlock:
    definition = board.runtime.definitions.touchpoints[touchpoint]
    told = _headline(places, touchpoint)
    return ShiftBlock(
        touchpoint=touchpoint,
        name=definition.name,
        owner=definition.owner,
        headline=told,
        has_readings=told != NO_READINGS_HERE,
        rows=tell_rows(board, places, touchpoint),
        feeds=tell_feeds(board, places, touchpoint),
        notes=tuple(tell_note(board.runtime, each) for each in notes),
        assigned=tuple(each for each in assigned if each.touchpoint == touchpoint),
    )


def _headline(places: Places, touchpoint: str) -> str:
    """The sentence that the touchpoint's own page begins with."""
    rows = places.rows.get(touchpoint)
    if not rows or rows[0] not in places.tiles:
        return NO_READINGS_HERE
    return tell_place(rows, places.tiles, places.fates)


def _by_concern(board: Board, places: Places, touchpoints: Sequence[str]) -> list[str]:
    """What is of most concern comes first, what has no readings last; equals stand by name."""
    known = board.runtime.definitions.touchpoints

    def place(code: str) -> tuple[float, str]:
        rows = places.rows.get(code)
        worst = board.concern(rows[0], places.fates[rows[0]]) if rows else -1.0
        return (-worst, known[code].name)

    return sorted(touchpoints, key=place)
