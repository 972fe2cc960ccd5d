"""Board packs: which views belong together, in which order; every change is audited."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, select

from callboard.errors import CallboardError
from callboard.storage.audit import append_audit
from callboard.storage.pack_tables import pack


@dataclass(frozen=True, slots=True, kw_only=True)
class PackItem:
    """A view: its page and the filters of its address."""

    page: str
    query: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A selection of views; `at` is the moment it was last changed."""

    id: int
    name: str
    items: tuple[PackItem, ...]
    owner: str
    at: datetime
    withdrawn: bool = False


def add_pack(conn: Connection, new: Pack) -> int:
    """Keep a new pack and return its id; its name must not be there yet."""
    added = pack.insert().values(**_row(new)).returning(pack.c.id)
    number = int(conn.execute(added).scalar_one())
    _audit(conn, number, new, actor_id=new.owner, note="made")
    return number


def change_pack(conn: Connection, changed: Pack, *, actor_id: str, note: str) -> None:
    """Keep what a pack is now; `note` says what was done to it."""
    conn.execute(pack.update().where(pack.c.id == changed.id).values(**_row(changed)))
    _audit(conn, changed.id, changed, actor_id=actor_id, note=note)


def read_pack(conn: Connection, number: int) -> Pack:
    """One pack, deleted or not. CallboardError for one that is not there."""
    found = conn.execute(select(pack).where(pack.c.id == number)).one_or_none()
    if found is None:
        raise CallboardError(f"There is no board pack {number}.")
    return _told(found)


def read_packs(conn: Connection) -> tuple[Pack, ...]:
    """All packs, deleted ones too, by name."""
    found = map(_told, conn.execute(select(pack)))
    return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.id)))


def _row(of: Pack) -> dict[str, object]:
    items = [{"page": each.page, "query": _lists(each.query)} for each in of.items]
    return {
        "name": of.name,
        "document": json.dumps({"items": items}, ensure_ascii=False),
        "owner": of.owner,
        "at": of.at,
        "withdrawn": of.withdrawn,
    }


def _lists(query: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    return {key: list(values) for key, values in query.items()}


def _told(row: Row[tuple[object, ...]]) -> Pack:
    told = row._mapping
    items = json.loads(told["document"])["items"]
    return Pack(
        id=told["id"],
        name=told["name"],
        items=tuple(PackItem(page=each["page"], query=each["query"]) for each in items),
        owner=told["owner"],
        at=told["at"],
        withdrawn=told["withdrawn"],
    )


def _audit(conn: Connection, number: int, of: Pack, *, actor_id: str, note: str) -> None:
    append_audit(
        conn,
        actor_id=actor_id,
        action="pack",
        target=f"pack {number}",
        at=of.at,
        detail={"note": note, "name": of.name, "views": len(of.items)},
    )
