"""Saying what rows in quarantine should read: judged at once, in figures with the next refresh."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from callboard.access import Action, Actor, require
from callboard.errors import CallboardError
from callboard.services.acting import said
from callboard.services.masking import MASK
from callboard.services.refreshing.corrections import judge_values
from callboard.services.refreshing.quarantine import message_of
from callboard.services.refreshing.question import ask_about
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope
from callboard.services.trusting.rows import (
    correction_of,
    may_correct,
    require_row,
    text_of,
    why_not,
)
from callboard.services.trusting.telling import tell_act
from callboard.storage.corrections import add_correction
from callboard.storage.engine import Connection, write
from callboard.storage.feeds.corrected_rows import day_of_row, plain_row
from callboard.storage.feeds.question import FeedQuestion
from callboard.storage.feeds.watch import FIRST_YEAR, LAST_YEAR
from callboard.storage.quarantine import StoredRow
from callboard.storage.quarantine_acts import Act, RowAct, add_act
from callboard.views import Corrected
from data_contracts.model import ColumnType
from definition_files import nearest

Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a row is to read, and what that would still break; `fields` are those that change."""

    row: StoredRow
    fields: Mapping[str, object]
    messages: tuple[str, ...]


def correct_row(runtime: Runtime, actor: Actor, *, row: int, fields: Typed, note: str) -> Corrected:
    """Say what a row should read; nothing is kept where it would still break its contract.

    `fields` are the columns' new texts, "" for no value; those left out or unchanged stay. The
    next refresh takes it in. CallboardError without a reason, without a change, and for a row or a
    column that cannot be corrected here.
    """
    require(actor, Action.EDIT_QUARANTINE)
    why = said(note, "Say how you know: the reason stands beside the row.")
    with write(runtime.store) as conn:
        proposal = propose(conn, runtime, actor, row=row, fields=fields)
        if not proposal.fields:
            raise CallboardError("Nothing is changed: the row reads like this already.")
        if proposal.messages:
            return Corrected(row_id=row, is_kept=False, messages=proposal.messages)
        keep_correction(conn, runtime, actor, proposal, note=why)
        contract = runtime.definitions.contracts[proposal.row.feed]
        told = f"{contract.name}: row {row} corrected"
        feed = proposal.row.feed
        tell_act(
            conn, runtime, actor, feed=feed, action="row_corrected", target=f"row {row}", note=told
        )
    return Corrected(row_id=row, is_kept=True, messages=())


def propose(
    conn: Connection, runtime: Runtime, actor: Actor, *, row: int, fields: Typed
) -> Proposal:
    """What a row would read and still break; CallboardError where it cannot be corrected here."""
    found = require_row(conn, runtime, actor, row)
    contract = runtime.definitions.contracts[found.feed]
    if told := why_not(contract, found):
        raise CallboardError(f"Row {row} cannot be corrected here. {told}")
    now = runtime.clock.now(runtime.workspace.time_zone)
    question = ask_about(runtime.definitions, found.feed, now)
    changed = _changed(question, found, fields)
    if not changed:
        return Proposal(row=found, fields={}, messages=())
    values = plain_row(contract, {**json.loads(found.raw), **changed})
    return Proposal(row=found, fields=changed, messages=_breaks(runtime, actor, question, values))


def keep_correction(
    conn: Connection, runtime: Runtime, actor: Actor, proposal: Proposal, *, note: str
) -> None:
    """Keep what a row should read beside it; the feed stays as it is."""
    at = runtime.clock.now("UTC")
    row, fields = proposal.row, proposal.fields
    add_correction(conn, correction_of(row, fields, actor, at=at, note=note))
    act = Act.CORRECTED
    add_act(conn, RowAct(row_id=row.id, act=act, actor=actor.id, at=at, note=note, fields=fields))


def _changed(question: FeedQuestion, row: StoredRow, fields: Typed) -> dict[str, object]:
    """The fields that do not read as they came, in plain forms."""
    contract = question.contract
    names = {each.name for each in contract.columns}
    came = json.loads(row.raw)
    before = plain_row(contract, came)
    changed: dict[str, object] = {}
    for name, text in fields.items():
        if name not in names:
            raise CallboardError(
                f"{contract.name} has no column {name!r}. {nearest(name, names)}".rstrip()
            )
        if text == MASK or text == text_of(came.get(name)):
            continue
        value = _typed(question, name, text)
        if value == before[name]:
            continue
        if not may_correct(contract, name):
            raise CallboardError(
                f"{name} cannot be corrected here: it is personal or says which row it is. "
                "Mend it in the source."
            )
        changed[name] = value
    return changed


def _typed(question: FeedQuestion, name: str, text: str) -> object:
    """A typed text as the column's type has it; what is none stays, and breaks the contract."""
    kind = question.contract.column(name).type
    plain = text if kind is ColumnType.STRING else text.strip()
    if not plain.strip():
        return None
    return plain_row(question.contract, {name: plain})[name]


def _breaks(
    runtime: Runtime, actor: Actor, question: FeedQuestion, values: Mapping[str, object]
) -> tuple[str, ...]:
    contract = question.contract
    [checks] = judge_values(question, [values])
    messages = [message_of(contract, each, values) for each in checks]
    place = question.touchpoints.get(str(values.get(contract.touchpoint)))
    if place is None and not any(each.column == contract.touchpoint for each in checks):
        messages.append(f"{contract.touchpoint} names no touchpoint of this workspace.")
    if place is not None:
        open_scope(runtime, actor).require(place)
    if day_of_row(question, values) is None and not messages:
        messages.append(
            f"Its day cannot be told from {contract.time}: expected a time from {FIRST_YEAR} to "
            f"{LAST_YEAR}."
        )
    return tuple(messages)
