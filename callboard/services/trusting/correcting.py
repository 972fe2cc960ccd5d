"""Saying what rows in quarantine should read: judged at once, in figures with the next refresh."""

from callboard.access import Action, Actor, require
from callboard.errors import CallboardError
from callboard.services.acting import said
from callboard.services.runtime import Runtime
from callboard.services.trusting.drafts import (
    Desk,
    Draft,
    Typed,
    breaks_of,
    draft_of,
    open_desk,
)
from callboard.services.trusting.rows import correction_of, require_row
from callboard.services.trusting.telling import tell_act
from callboard.storage.corrections import add_correction
from callboard.storage.engine import write
from callboard.storage.quarantine_acts import Act, RowAct, add_act
from callboard.views import Corrected


def correct_row(
    runtime: Runtime,
    actor: Actor,
    *,
    row: int,
    fields: Typed,
    note: str,
    seen: int | None = None,
) -> Corrected:
    """Say what a row should read; nothing is kept where it would still break its contract.

    `fields` are the columns' new texts, "" for no value; those left out or unchanged stay, as they
    came or as they were corrected before. The next refresh takes it in. CallboardError without a
    reason, without a change, for a row or a column that cannot be corrected here, and where `seen`
    is not the row's latest correction.
    """
    require(actor, Action.EDIT_QUARANTINE)
    why = said(note, "Say how you know: the reason stands beside the row.")
    with write(runtime.store) as conn:
        found = require_row(conn, runtime, actor, row)
        desk = open_desk(conn, runtime, actor, found.feed)
        if seen is not None:
            desk.require_seen(found, seen)
        draft = draft_of(desk, found, fields)
        if not draft.changed:
            raise CallboardError("Nothing is changed: the row reads like this already.")
        [messages] = breaks_of(desk, [draft])
        if messages:
            return Corrected(row_id=row, is_kept=False, messages=messages)
        keep_correction(desk, draft, note=why)
        told = f"{desk.question.contract.name}: row {row} corrected"
        act = {"feed": found.feed, "action": "row_corrected", "target": f"row {row}"}
        tell_act(conn, runtime, actor, **act, note=told)
    return Corrected(row_id=row, is_kept=True, messages=())


def keep_correction(desk: Desk, draft: Draft, *, note: str) -> None:
    """Keep what a row should read beside it; the feed stays as it is."""
    at, actor = desk.runtime.clock.now("UTC"), desk.actor
    add_correction(desk.conn, correction_of(draft.row, draft.fields, actor, at=at, note=note))
    act = RowAct(
        row_id=draft.row.id,
        act=Act.CORRECTED,
        actor=actor.id,
        at=at,
        note=note,
        fields=draft.changed,
    )
    add_act(desk.conn, act)
