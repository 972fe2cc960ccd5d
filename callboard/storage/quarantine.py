"""Rows that were kept out of the figures: as they came, why, since when, and until when."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, Row, Update, func, or_, select

from callboard.storage.tables import quarantine
from callboard.storage.upsert import upsert

AT_ONCE = 500  # keys named in one statement


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
    """A row in quarantine with its history. `row_hash` is of the row as it came.

    `resolved_by` is "" for one that is fixed because its source was mended.
    """

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


def text_hash(raw: str) -> str:
    """By what a row with this text is known."""
    return hashlib.sha256(raw.encode()).hexdigest()


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
        text = (str(values["row_key"]), str(values["row_hash"]))
        values.update(waived.get(text, _OPEN))
    upsert(conn, quarantine, new, keep=("first_seen",))
    conn.execute(_supersede(feed, run_id, at))
    conn.execute(_fix(feed, run_id, days, at))
    return count_quarantine(conn).get(feed, 0)


def resolve_row(
    conn: Connection,
    row_id: int,
    *,
    status: QuarantineStatus,
    by: str = "",
    at: datetime | None = None,
    note: str = "",
) -> None:
    """Say what became of a row, by whom, when and why; nobody and never for one that is open."""
    told = {"status": status, "resolved_by": by, "resolved_at": at, "note": note}
    conn.execute(quarantine.update().where(quarantine.c.id == row_id).values(**told))


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
    return tuple(stored_row(row) for row in conn.execute(ordered.limit(limit).offset(offset)))


def find_row(conn: Connection, row_id: int) -> StoredRow | None:
    """One row, whatever its status; None where there is none of that number."""
    row = conn.execute(select(quarantine).where(quarantine.c.id == row_id)).one_or_none()
    return None if row is None else stored_row(row)


def find_texts(
    conn: Connection, *, feed: str, texts: Collection[tuple[str, str]]
) -> tuple[StoredRow, ...]:
    """The rows of these keys and hashes."""
    keys = sorted({key for key, _ in texts})
    of_feed = select(quarantine).where(quarantine.c.feed == feed)
    found = (
        stored_row(row)
        for start in range(0, len(keys), AT_ONCE)
        for row in conn.execute(
            of_feed.where(quarantine.c.row_key.in_(keys[start : start + AT_ONCE]))
        )
    )
    return tuple(row for row in found if (row.row_key, row.row_hash) in texts)


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
        "row_hash": text_hash(row.raw),
        "raw": row.raw,
        "rule_ids": list(row.rule_ids),
        "messages": list(row.messages),
        "day": row.day,
        "touchpoint": row.touchpoint,
        "suggestion": row.suggestion,
    }


def _history(feed: str, run_id: int, at: datetime) -> dict[str, object]:
    return {"feed": feed, "run_id": run_id, "first_seen": at, "last_seen": at}


_OPEN: dict[str, object] = {
    "status": QuarantineStatus.OPEN,
    "resolved_by": "",
    "resolved_at": None,
    "note": "",
}


def _waived_texts(conn: Connection, feed: str) -> dict[tuple[str, str], dict[str, object]]:
    """What stays of rows that are waived, by their key and hash."""
    columns = quarantine.c
    texts = select(columns.row_key, columns.row_hash, *(columns[name] for name in _OPEN)).where(
        columns.feed == feed, columns.status == QuarantineStatus.WAIVED
    )
    return {
        (key, text): dict(zip(_OPEN, told, strict=True)) for key, text, *told in conn.execute(texts)
    }


def _supersede(feed: str, run_id: int, at: datetime) -> Update:
    newer = quarantine.alias()
    came_again = select(newer.c.row_key).where(newer.c.feed == feed, newer.c.run_id == run_id)
    return (
        _open_before(feed, run_id)
        .where(quarantine.c.row_key.in_(came_again))
        .values(status=QuarantineStatus.SUPERSEDED, resolved_at=at)
    )


def _fix(feed: str, run_id: int, days: Collection[date | None] | None, at: datetime) -> Update:
    fixed = _open_before(feed, run_id).values(status=QuarantineStatus.FIXED, resolved_at=at)
    if days is None:
        return fixed
    known = [day for day in days if day is not None]
    judged: ColumnElement[bool] = quarantine.c.day.in_(known)
    if None in days:
        judged = or_(judged, quarantine.c.day.is_(None))
    return fixed.where(judged)


def _open_before(feed: str, run_id: int) -> Update:
    return quarantine.update().where(
        quarantine.c.feed == feed,
        quarantine.c.status == QuarantineStatus.OPEN,
        quarantine.c.run_id != run_id,
    )


def stored_row(row: Row[tuple[object, ...]]) -> StoredRow:
    """A row of the table of that name."""
    values = dict(row._mapping)
    values["rule_ids"], values["messages"] = tuple(values["rule_ids"]), tuple(values["messages"])
    return StoredRow(**values | {"status": QuarantineStatus(values["status"])})
