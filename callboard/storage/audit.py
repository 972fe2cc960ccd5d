"""Who did what: rows that are only ever added, each sealed with the hash of the one before.

Never file contents, feedback or addresses; the act and its row share one transaction.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import Connection, Row, func, select

from callboard.storage.tables import audit

_FIRST = "0" * 64
Detail = Mapping[str, str | int | float | bool | None]


def append_audit(  # noqa: PLR0913 - the columns of the row, by keyword
    conn: Connection,
    *,
    actor_id: str,
    action: str,
    target: str,
    at: datetime,
    publication: int | None = None,
    detail: Detail | None = None,
) -> str:
    """Add one row in the caller's write transaction and return its hash."""
    row = {
        "at": at,
        "actor": actor_id,
        "action": action,
        "object": target,
        "publication": publication,
        "detail": json.dumps(detail or {}, sort_keys=True, ensure_ascii=False),
        "previous_hash": _last_hash(conn),
    }
    seal = _seal(row)
    conn.execute(audit.insert().values(**row, hash=seal))
    return seal


def verify_audit(conn: Connection) -> tuple[int, ...]:
    """The ids of rows that were changed, or whose predecessor is gone; empty when all is well.

    Rows cut off at the end leave no gap: compare the last hash with a copy kept elsewhere.
    """
    broken, previous = [], _FIRST
    for row in conn.execute(select(audit).order_by(audit.c.id)):
        if row.previous_hash != previous or row.hash != _seal(_sealed_part(row)):
            broken.append(row.id)
        previous = row.hash
    return tuple(broken)


def count_acts(conn: Connection) -> int:
    """How many rows the trail has."""
    return conn.execute(select(func.count()).select_from(audit)).scalar_one()


def _last_hash(conn: Connection) -> str:
    newest = select(audit.c.hash).order_by(audit.c.id.desc()).limit(1)
    return conn.execute(newest).scalar() or _FIRST


def _sealed_part(row: Row[tuple[object, ...]]) -> dict[str, object]:
    return {name: value for name, value in row._mapping.items() if name not in ("id", "hash")}


def _seal(row: Mapping[str, object]) -> str:
    told = {**row, "at": _as_text(row["at"])}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _as_text(moment: object) -> str:
    assert isinstance(moment, datetime)
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
