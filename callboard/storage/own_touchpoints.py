"""Which touchpoints somebody looks after: his own choice, which no figure hangs on."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, select

from callboard.storage.shift_tables import own_touchpoint
from callboard.storage.upsert import upsert


def read_own_touchpoints(conn: Connection, actor_id: str) -> frozenset[str]:
    """The touchpoints that somebody picked; none at first."""
    told = own_touchpoint.c
    chosen = select(told.touchpoint).where(told.actor == actor_id)
    return frozenset(conn.execute(chosen).scalars())


def keep_own_touchpoints(
    conn: Connection, actor_id: str, touchpoints: Collection[str], *, at: datetime
) -> None:
    """Let these, and no others, be somebody's touchpoints."""
    told = own_touchpoint.c
    others = told.touchpoint.not_in(sorted(touchpoints))
    conn.execute(delete(own_touchpoint).where(told.actor == actor_id, others))
    rows = [{"actor": actor_id, "touchpoint": each, "at": at} for each in sorted(touchpoints)]
    upsert(conn, own_touchpoint, rows, keep=("at",))
