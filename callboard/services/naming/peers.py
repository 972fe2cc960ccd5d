"""Peer sets: listed, edited, withdrawn, brought back; each act with its audit row."""

from collections.abc import Iterable

from callboard.access import Action, Actor, require
from callboard.errors import CallboardError
from callboard.services.acting import said
from callboard.services.naming.holding import peer_set_key, peer_sets_of, set_as_json
from callboard.services.naming.standings import standing_in_file, standing_of_edit
from callboard.services.runtime import Runtime
from callboard.storage.engine import Connection, snapshot, write
from callboard.storage.peer_set_edits import (
    PeerSetEdit,
    add_peer_set_edit,
    read_peer_set_edit,
    read_peer_set_edits,
    restore_peer_set_edit,
    withdraw_peer_set_edit,
)
from callboard.views.upkeep import PeerSetRow
from callboard.workspace import PeerSet
from data_contracts.parsing.headers import plain


def list_peer_sets(runtime: Runtime, actor: Actor) -> tuple[PeerSetRow, ...]:
    """Return the peer sets of workspace.yaml and every edit, by name; some count no more."""
    require(actor, Action.READ_FIGURES)
    with snapshot(runtime.store) as connection:
        return _rows(runtime, connection)


def edit_peer_set(
    runtime: Runtime, actor: Actor, *, name: str, entities: Iterable[str], why: str
) -> PeerSetRow:
    """Say who is in a peer set and why they compare; no entities take the set away.

    CallboardError without a reason, for ourselves among the peers, and where nothing changes.
    """
    require(actor, Action.EDIT_NAMES)
    label = said(name, "Say which peer set it is.")
    reason = said(why, "Say why these are comparable: it stands beside every comparison with them.")
    members = _members(runtime, entities)
    with write(runtime.store) as connection:
        standing = {peer_set_key(each): each for each in peer_sets_of(runtime, connection)}
        before = standing.get(plain(label))
        _refuse_no_change(label, reason, members, before)
        new = PeerSetEdit(
            id=0,
            name=before.name if before else label,
            entities=members,
            reason=reason,
            actor=actor.id,
            at=runtime.clock.now("UTC"),
            before=set_as_json(before),
        )
        return _row_of(runtime, connection, add_peer_set_edit(connection, new))


def withdraw_peer_set(runtime: Runtime, actor: Actor, *, number: int, note: str) -> PeerSetRow:
    """Let an edit hold no more, so that the set is what it was before.

    CallboardError without a reason, for one that is not there or withdrawn already.
    """
    require(actor, Action.EDIT_NAMES)
    why = said(note, "Say why it is withdrawn: the history keeps it beside the peer set.")
    at = runtime.clock.now("UTC")
    with write(runtime.store) as connection:
        withdraw_peer_set_edit(connection, number, actor_id=actor.id, at=at, note=why)
        return _row_of(runtime, connection, number)


def restore_peer_set(runtime: Runtime, actor: Actor, *, number: int) -> PeerSetRow:
    """Let a withdrawn edit hold again; CallboardError for one that holds."""
    require(actor, Action.EDIT_NAMES)
    at = runtime.clock.now("UTC")
    with write(runtime.store) as connection:
        restore_peer_set_edit(connection, number, actor_id=actor.id, at=at)
        return _row_of(runtime, connection, number)


def _members(runtime: Runtime, entities: Iterable[str]) -> tuple[str, ...]:
    """The peers, each once, as they were written first."""
    by_name: dict[str, str] = {}
    for each in entities:
        entity = said(each, "Found an empty name among the peers; expected competitors.")
        by_name.setdefault(plain(entity), entity)
    ourselves = runtime.workspace.ourselves
    for own in (ourselves.name, *ourselves.aliases):
        if plain(own) in by_name:
            raise CallboardError(f"Found {own!r}, which is ourselves; expected competitors only.")
    return tuple(by_name.values())


def _refuse_no_change(
    label: str, reason: str, members: tuple[str, ...], before: PeerSet | None
) -> None:
    if before is None and not members:
        raise CallboardError(f"There is no peer set {label!r}. Name its peers to make one.")
    if before and (before.entities, before.why) == (members, reason):
        raise CallboardError(f"The peer set {label!r} says that already. Nothing was changed.")


def _rows(runtime: Runtime, connection: Connection) -> tuple[PeerSetRow, ...]:
    counting = {peer_set_key(each): each for each in peer_sets_of(runtime, connection)}
    edits = read_peer_set_edits(connection)
    latest = {plain(each.name): each.id for each in edits if each.holds}
    rows = [_edit_row(each, is_latest=latest.get(plain(each.name)) == each.id) for each in edits]
    for each in runtime.workspace.peer_sets:
        agrees = counting.get(peer_set_key(each)) == each
        counts = agrees and peer_set_key(each) not in latest
        rows.append(_file_row(each, counts=counts, agrees=agrees))
    return tuple(sorted(rows, key=lambda row: (row.name.casefold(), row.id)))


def _row_of(runtime: Runtime, connection: Connection, number: int) -> PeerSetRow:
    read_peer_set_edit(connection, number)
    return next(row for row in _rows(runtime, connection) if row.id == number)


def _edit_row(edit: PeerSetEdit, *, is_latest: bool) -> PeerSetRow:
    return PeerSetRow(
        id=edit.id,
        name=edit.name,
        entities=edit.entities,
        reason=edit.reason,
        actor=edit.actor,
        at=edit.at,
        counts=is_latest,
        holds=edit.holds,
        standing=standing_of_edit(edit, is_latest=is_latest),
    )


def _file_row(told: PeerSet, *, counts: bool, agrees: bool) -> PeerSetRow:
    return PeerSetRow(
        id=0,
        name=told.name,
        entities=told.entities,
        reason=told.why,
        actor="",
        at=None,
        counts=counts,
        holds=True,
        standing=standing_in_file("workspace.yaml", agrees=agrees),
    )
