"""Rows in quarantine that somebody may see: found by number, masked, with what may be done."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from callboard.access import Action, Actor, is_allowed
from callboard.errors import NotAllowed
from callboard.services.masking import MASK, hidden_columns
from callboard.services.refreshing.corrections import OF_SEVERAL_ROWS
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope
from callboard.services.trusting.places import place_in_words
from callboard.storage.corrections import Correction
from callboard.storage.engine import Connection
from callboard.storage.quarantine import QuarantineStatus, StoredRow, find_row, text_hash
from callboard.storage.quarantine_acts import Act, RowAct
from callboard.views import QuarantinedRow
from callboard.views.trust import RowDeed
from data_contracts.model import Check, Contract

Fields = Mapping[str, object]
_SAID = {
    Act.CORRECTED: "corrected",
    Act.WAIVED: "waived",
    Act.REOPENED: "reopened",
    Act.ASKED_AGAIN: "asked to be read again",
    Act.TAKEN_IN: "read again",
    Act.JUDGED: "read again in a run that was withheld",
}
_WAITS = {
    Act.CORRECTED: "Corrected: the next refresh takes it in.",
    Act.REOPENED: "Reopened: the next refresh reads it again.",
    Act.ASKED_AGAIN: "The next refresh reads it again.",
    Act.JUDGED: "Taken in once a run of the feed is published.",
}


def touchpoints_of(runtime: Runtime, actor: Actor) -> frozenset[str] | None:
    """The touchpoints whose rows somebody may see; None for all, unknown ones among them."""
    scope = open_scope(runtime, actor)
    return None if actor.touchpoints is None else scope.touchpoints


def contract_of(runtime: Runtime, feed: str) -> Contract:
    """The contract of a feed; NotAllowed, worded like a missing record, where there is none."""
    contract = runtime.definitions.contracts.get(feed)
    if contract is None:
        raise NotAllowed(f"There is no feed {feed!r}.")
    return contract


def require_row(conn: Connection, runtime: Runtime, actor: Actor, number: int) -> StoredRow:
    """A row that somebody may see; another one's reads like one that is not there."""
    row = find_row(conn, number)
    seen = touchpoints_of(runtime, actor)
    is_hidden = row is not None and seen is not None and row.touchpoint not in seen
    if row is None or is_hidden or row.feed not in runtime.definitions.contracts:
        raise NotAllowed(f"There is no row {number} in quarantine.")
    return row


def is_corrected(row: StoredRow) -> bool:
    """Whether a row is in use as somebody corrected it."""
    return row.status is QuarantineStatus.FIXED and bool(row.resolved_by)


def may_correct(contract: Contract, column: str) -> bool:
    """Whether a column can be corrected here: it is neither personal nor part of the key."""
    return column not in hidden_columns(contract) and column not in contract.key


def why_not(contract: Contract, row: StoredRow) -> str:
    """Why a row cannot be corrected here; "" where it can."""
    if row.status is not QuarantineStatus.OPEN and not is_corrected(row):
        return f"It is {row.status.value}."
    if row.day is None:
        return f"Its day cannot be told from {contract.time}: mend it in the source, or waive it."
    checks = {each.rule_id: each for each in contract.checks}
    broken = [checks[rule] for rule in row.rule_ids if rule in checks]
    for check in broken:
        if told := _beyond(contract, check):
            return f"{told}: mend it in the source, or waive it."
    return ""


def _beyond(contract: Contract, check: Check) -> str:
    if check.kind in OF_SEVERAL_ROWS:
        return "It breaks a rule about several rows, which only the source can keep"
    if check.column in hidden_columns(contract):
        return f"{check.column} is personal"
    return f"{check.column} is part of the key" if check.column in contract.key else ""


def came_of(row: StoredRow) -> dict[str, object]:
    """The values of a row as they came."""
    came = json.loads(row.raw)
    return came if isinstance(came, dict) else {}


def shown_texts(contract: Contract, row: StoredRow, corrected: Fields) -> dict[str, str]:
    """The values of a row as texts by the contract's names, as corrected; personal ones masked."""
    hidden = hidden_columns(contract)
    said = {name: value for name, value in corrected.items() if name not in hidden}
    now = _masked_row(contract, row) | said
    return {each.name: text_of(now.get(each.name)) for each in contract.columns}


def shown_hash(contract: Contract, row: StoredRow) -> str:
    """By what a row is known outside: of what is shown alone, for a hash tells a good guess."""
    return text_hash(_shown_raw(contract, row))


def _shown_raw(contract: Contract, row: StoredRow) -> str:
    return json.dumps(_masked_row(contract, row), ensure_ascii=False)


def _masked_row(contract: Contract, row: StoredRow) -> dict[str, object]:
    hidden = hidden_columns(contract)
    return {name: _masked(name in hidden, value) for name, value in came_of(row).items()}


def _tells_hidden(contract: Contract) -> bool:
    """Whether the key of a row tells of a personal value; without a key it is a hash of all."""
    hidden = hidden_columns(contract)
    return bool(hidden & set(contract.key)) if contract.key else bool(hidden)


def shown_row(
    runtime: Runtime,
    actor: Actor,
    row: StoredRow,
    *,
    acts: Sequence[RowAct],
    corrected: Correction | None,
) -> QuarantinedRow:
    """A row as `actor` may see it; `corrected` is the latest correction of it."""
    contract = runtime.definitions.contracts[row.feed]
    hidden = hidden_columns(contract)
    raw = _shown_raw(contract, row)
    cannot = why_not(contract, row)
    return QuarantinedRow(
        id=row.id,
        feed=row.feed,
        row_key=MASK if _tells_hidden(contract) else row.row_key,
        reasons=row.messages,
        raw=raw,
        first_seen=row.first_seen,
        status=row.status.value,
        suggestion=row.suggestion,
        fields=shown_texts(contract, row, corrected.fields if corrected else {}),
        touchpoint=row.touchpoint,
        place=place_in_words(runtime, row.touchpoint) if row.touchpoint else "",
        day=row.day,
        resolved_by=row.resolved_by,
        resolved_at=row.resolved_at,
        note=row.note,
        can_correct=not cannot and is_allowed(actor, Action.EDIT_QUARANTINE),
        cannot=cannot,
        waits=_WAITS.get(acts[-1].act, "") if acts else "",
        row_hash=text_hash(raw),
        correction=corrected.id if corrected else 0,
        deeds=tuple(_deed(each, hidden) for each in acts),
    )


def correction_of(
    row: StoredRow, fields: Fields, actor: Actor, *, at: datetime, note: str
) -> Correction:
    """What `actor` says that a row should read; without fields, that it is as it came."""
    return Correction(
        feed=row.feed,
        row_key=row.row_key,
        row_hash=row.row_hash,
        day=row.day,
        fields=fields,
        actor=actor.id,
        at=at,
        note=note,
    )


def text_of(value: object) -> str:
    """A value of a row as people type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _masked(is_hidden: bool, value: object) -> object:  # noqa: FBT001 - beside its value
    return MASK if is_hidden and value is not None else value


def _deed(act: RowAct, hidden: frozenset[str]) -> RowDeed:
    values = ", ".join(
        f"{name} = {text_of(_masked(name in hidden, value)) or 'nothing'}"
        for name, value in act.fields.items()
    )
    told = f"{_SAID[act.act]}{f' ({values})' if values else ''}"
    return RowDeed(at=act.at, actor=act.actor, sentence=f"{told}: {act.note}" if act.note else told)
