"""What people keep for themselves. It is theirs to change and delete: no history, no publication.

Nothing here is read through a cache, for a publication does not tell of it.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, func, select

from callboard.storage.upsert import upsert
from callboard.storage.view_tables import actor_setting, follow, saved_view


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """A page with its filters, key by key as they stand in the address, under a name."""

    owner: str
    name: str
    page: str
    query: tuple[tuple[str, str], ...]
    at: datetime


def save_view(conn: Connection, view: SavedView) -> None:
    """Keep a view; the one of the same owner and name is replaced."""
    row = {"owner": view.owner, "name": view.name, "page": view.page, "at": view.at}
    upsert(conn, saved_view, [row | {"query": json.dumps(view.query)}])


def list_views(conn: Connection, owner: str) -> tuple[SavedView, ...]:
    """The views of one owner, by name."""
    chosen = select(saved_view).where(saved_view.c.owner == owner)
    found = (_view(row._mapping) for row in conn.execute(chosen))
    return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.name)))


def delete_view(conn: Connection, owner: str, *, name: str) -> None:
    """Delete a view; nothing where there is none."""
    mine = (saved_view.c.owner == owner) & (saved_view.c.name == name)
    conn.execute(delete(saved_view).where(mine))


def add_follow(conn: Connection, actor: str, *, touchpoint: str, metric: str, at: datetime) -> None:
    """Note that somebody follows a metric at a touchpoint; the first time stands."""
    row = {"actor": actor, "touchpoint": touchpoint, "metric": metric, "at": at}
    upsert(conn, follow, [row], keep=["at"])


def delete_follow(conn: Connection, actor: str, *, touchpoint: str, metric: str) -> None:
    """Note that somebody follows it no more."""
    own = follow.c
    conn.execute(
        delete(follow).where(own.actor == actor, own.touchpoint == touchpoint, own.metric == metric)
    )


def list_follows(conn: Connection, actor: str) -> tuple[tuple[str, str], ...]:
    """Touchpoint and metric of all that somebody follows, in the order of the alphabet."""
    chosen = select(follow.c.touchpoint, follow.c.metric).where(follow.c.actor == actor)
    return tuple(sorted((str(row[0]), str(row[1])) for row in conn.execute(chosen)))


def count_follows(conn: Connection, actor: str) -> int:
    """How many metrics somebody follows."""
    counted = select(func.count()).select_from(follow).where(follow.c.actor == actor)
    return int(conn.execute(counted).scalar_one())


def write_setting(conn: Connection, actor: str, *, name: str, value: str, at: datetime) -> None:
    """Keep a person's small setting."""
    upsert(conn, actor_setting, [{"actor": actor, "name": name, "value": value, "at": at}])


def read_setting(conn: Connection, actor: str, *, name: str) -> str:
    """A person's small setting, "" where it was never set."""
    own = actor_setting.c
    chosen = select(own.value).where(own.actor == actor, own.name == name)
    return str(conn.execute(chosen).scalar_one_or_none() or "")


def _view(row: RowMapping) -> SavedView:
    pairs = tuple((str(key), str(value)) for key, value in json.loads(row["query"]))
    return SavedView(**dict(row) | {"query": pairs})
