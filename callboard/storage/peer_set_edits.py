"""Peer sets as people changed them: which edits there are, by whom and why, and which hold now."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from callboard.storage.approvals import Approval, Shelf
from callboard.storage.publications import PublicationKind
from callboard.storage.upkeep_tables import peer_set_edit, peer_set_edit_act


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerSetEdit(Approval):
    """The peers in the set `name`, and why they compare (`reason`); none where there is no set.

    `before` is the set as it stood when this was approved, as JSON; empty for none.
    """

    name: str
    entities: tuple[str, ...]
    before: str = ""


_SHELF = Shelf(
    noun="edit",
    of=PeerSetEdit,
    table=peer_set_edit,
    acts=peer_set_edit_act,
    kinds=(PublicationKind.PEERS, PublicationKind.WITHDRAW_PEERS, PublicationKind.RESTORE_PEERS),
)


def add_peer_set_edit(conn: Connection, new: PeerSetEdit) -> int:
    """Keep a peer set as it was edited and let it hold from now on; return the edit's id."""
    return _SHELF.add(conn, new, said=_said(new))


def withdraw_peer_set_edit(
    conn: Connection, number: int, *, actor_id: str, at: datetime, note: str
) -> int:
    """Let an edit hold no more; the publication number. CallboardError unless it held."""
    return _SHELF.withdraw(conn, number, actor_id=actor_id, at=at, note=note, said=_said)


def restore_peer_set_edit(conn: Connection, number: int, *, actor_id: str, at: datetime) -> int:
    """Let a withdrawn edit hold again; the publication number. CallboardError if it holds."""
    return _SHELF.restore(conn, number, actor_id=actor_id, at=at, said=_said)


def read_peer_set_edit(conn: Connection, number: int) -> PeerSetEdit:
    """One edit with all that happened to it. CallboardError for one that is not there."""
    return _SHELF.read(conn, number)


def read_peer_set_edits(conn: Connection) -> tuple[PeerSetEdit, ...]:
    """All edits, held and withdrawn, in the order they were approved."""
    return tuple(_SHELF.read_all(conn))


def _said(of: PeerSetEdit) -> str:
    return f"peer set {of.name!r}: {', '.join(of.entities) or 'none'}"
