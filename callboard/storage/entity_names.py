"""What others are also called: which names were approved, by whom and why, and which hold now."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from callboard.entities import NameKind
from callboard.storage.approvals import Approval, Shelf
from callboard.storage.publications import PublicationKind
from callboard.storage.upkeep_tables import entity_name, entity_name_act


@dataclass(frozen=True, slots=True, kw_only=True)
class NameEdit(Approval):
    """`name` stands for `entity`, from a day on or always.

    `before` is what stood for this name and day when it was approved, as JSON; empty for nothing.
    """

    entity: str
    name: str
    kind: NameKind
    from_day: date | None
    before: str = ""


_SHELF = Shelf(
    noun="name",
    of=NameEdit,
    table=entity_name,
    acts=entity_name_act,
    kinds=(PublicationKind.NAME, PublicationKind.WITHDRAW_NAME, PublicationKind.RESTORE_NAME),
)


def add_name(conn: Connection, new: NameEdit) -> int:
    """Keep an approved name and let it hold from now on; return its id."""
    return _SHELF.add(conn, new, said=_said(new))


def withdraw_name(conn: Connection, number: int, *, actor_id: str, at: datetime, note: str) -> int:
    """Let a name hold no more; the publication number. CallboardError unless it held."""
    return _SHELF.withdraw(conn, number, actor_id=actor_id, at=at, note=note, said=_said)


def restore_name(conn: Connection, number: int, *, actor_id: str, at: datetime) -> int:
    """Let a withdrawn name hold again; the publication number. CallboardError if it holds."""
    return _SHELF.restore(conn, number, actor_id=actor_id, at=at, said=_said)


def read_name(conn: Connection, number: int) -> NameEdit:
    """One name with all that happened to it. CallboardError for one that is not there."""
    return _SHELF.read(conn, number)


def read_names(conn: Connection) -> tuple[NameEdit, ...]:
    """All names, held and withdrawn, in the order they were approved."""
    return tuple(_SHELF.read_all(conn))


def _said(of: NameEdit) -> str:
    since = f" from {of.from_day.isoformat()}" if of.from_day else ""
    return f"{of.kind}: {of.name!r} is {of.entity!r}{since}"
