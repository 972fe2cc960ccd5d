"""Rows that were kept out of the figures: as they came, why, since when, and until when."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, Row, Update, func, or_, select

from callboard.storage.tables import quarantine
from callboard.storage.upsert import upsert


class QuarantineStatus(StrEnum):
    """Open rows still fail; fixed ones do so no more; superseded ones came again, differently."""

    OPEN = "open"
    FIXED = "fixed"
    WAIVED = "waived"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True, kw_only=True)
class FailingRow:
    """A row that broke a critical check.

    `raw` is the row as it came (JSON text), `row_key` its key in the feed, `day` the local day and
    `touchpoint` the code of the touchpoint it belongs to, None and "" where that cannot be told.
    `suggestion` says what was probably meant.
    """

    row_key: str
    raw: str
    rule_ids: tuple[str, ...]
    messages: tuple[str, ...]
    day: date | None
    touchpoint: str = ""
    suggestion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRow(FailingRow):
    """A row in quarantine with its history. `row_hash` is of the row as it came."""

    id: int
    feed: str
    run_id: int
    first_seen: datetime
    last_seen: datetime
    status: QuarantineStatus
    row_hash: str
    resolved_by: str = ""
    resolved_at: datetime | None = None
    note: str = ""


def replace_quarantine(
    conn: Connection,
    *,
    feed: str,
    run_id: int,
    days: Collection[date | None] | None,
    rows: Sequence[FailingRow],
    at: datetime,
) -> int:
    """Say that of all rows of `days`, `rows` are those that fail; return how many are open now.

    A row that fails again keeps its `first_seen` (and its waiver, if it has one). An open row of
    `days` that is not among `rows` becomes fixed; one whose key comes with another text becomes
    superseded. None among `days` stands for the rows whose day cannot be told, None for `days` is
    all rows there are. A day whose failing rows are not all given must not be among `days`.
    """
    new = [_values(row) | _history(feed, run_id, at) for row in _one_per_text(rows)]
    waived = _waived_texts(conn, feed)
    for values in new:
        is_waived = (values["row_key"], values["row_hash"]) in waived
        values["status"] = QuarantineStatus.WAIVED if is_waived else QuarantineStatus.OPEN
    upsert(conn, quarantine, new, keep=("first_seen",))
    conn.execute(_supersede(feed, run_id))
    conn.execute(_fix(feed, run_id, days))
    return count_quarantine(conn).get(feed, 0)


def read_quarantine(
    conn: Connection,
    *,
    feed: str,
    status: QuarantineStatus = QuarantineStatus.OPEN,
    limit: int = 200,
    offset: int = 0,
) -> tuple[StoredRow, ...]:
    """The rows of a feed in one status, the most recently found first."""
    chosen = select(quarantine).where(quarantine.c.feed == feed, quarantine.c.status == status)
    ordered = chosen.order_by(quarantine.c.first_seen.desc(), quarantine.c.id.desc())
    return tuple(_stored(row) for row in conn.execute(ordered.limit(limit).offset(offset)))


def count_quarantine(conn: Connection) -> dict[str, int]:
    """How many rows are open, by feed; a feed without any is left out."""
    is_open = quarantine.c.status == QuarantineStatus.OPEN
    counted = select(quarantine.c.feed, func.count()).where(is_open).group_by(quarantine.c.feed)
    return {feed: int(count) for feed, count in conn.execute(counted)}


def _one_per_text(rows: Sequence[FailingRow]) -> list[FailingRow]:
    return list({(row.row_key, row.raw): row for row in rows}.values())


def _values(row: FailingRow) -> dict[str, object]:
    return {
        "row_key": row.row_key,
        "row_hash": hashlib.sha256(row.raw.encode()).hexdigest(),
        "raw": row.raw,
        "rule_ids": list(row.rule_ids),
        "messages": list(row.messages),
        "day": row.day,
        "touchpoint": row.touchpoint,
        "suggestion": row.suggestion,
    }


def _history(feed: str, run_id: int, at: datetime) -> dict[str, object]:
    return {"feed": feed, "run_id": run_id, "first_seen": at, "last_seen": at}


def _waived_texts(conn: Connection, feed: str) -> frozenset[tuple[str, str]]:
    texts = select(quarantine.c.row_key, quarantine.c.row_hash).where(
        quarantine.c.feed == feed, quarantine.c.status == QuarantineStatus.WAIVED
    )
    return frozenset((key, text) for key, text in conn.execute(texts))


def _supersede(feed: str, run_id: int) -> Update:
    newer = quarantine.alias()
    came_again = select(newer.c.row_key).where(newer.c.feed == feed, newer.c.run_id == run_id)
    return (
        _open_before(feed, run_id)
        .where(quarantine.c.row_key.in_(came_again))
        .values(status=QuarantineStatus.SUPERSEDED)
    )


def _fix(feed: str, run_id: int, days: Collection[date | None] | None) -> Update:
    if days is None:
        return _open_before(feed, run_id).values(status=QuarantineStatus.FIXED)
    known = [day for day in days if day is not None]
    judged: ColumnElement[bool] = quarantine.c.day.in_(known)
    if None in days:
        judged = or_(judged, quarantine.c.day.is_(None))
    return _open_before(feed, run_id).where(judged).values(status=QuarantineStatus.FIXED)


def _open_before(feed: str, run_id: int) -> Update:
    return quarantine.update().where(
        quarantine.c.feed == feed,
        quarantine.c.status == QuarantineStatus.OPEN,
        quarantine.c.run_id != run_id,
    )


def _stored(row: Row[tuple[object, ...]]) -> StoredRow:
    values = dict(row._mapping)
    values["rule_ids"], values["messages"] = tuple(values["rule_ids"]), tuple(values["messages"])
    return StoredRow(**values | {"status": QuarantineStatus(values["status"])})
