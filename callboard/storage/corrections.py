"""What people say a row in quarantine should read; the feed itself is never written to."""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Row, func, or_, select

from callboard.storage.trust_tables import correction


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """The values that a row should have (`fields`, by the contract's names; the others stay).

    It is of a row with one text (`row_key` and `row_hash`, as the quarantine has them) and is over
    when the feed gives another. `day` is the local day the row belonged to. `id` is 0 until kept.
    """

    feed: str
    row_key: str
    row_hash: str
    day: date | None
    fields: Mapping[str, object]
    actor: str
    at: datetime
    note: str = ""
    id: int = 0


def add_correction(conn: Connection, new: Correction) -> int:
    """Keep a correction, which holds in place of earlier ones of the same row; return its id."""
    values = asdict(new) | {"fields": json.dumps(dict(new.fields), ensure_ascii=False)}
    del values["id"]
    added = correction.insert().values(**values).returning(correction.c.id)
    return int(conn.execute(added).scalar_one())


def read_corrections(
    conn: Connection, *, feed: str, days: Collection[date | None] | None = None
) -> tuple[Correction, ...]:
    """The corrections of a feed that hold, the latest of each row, in the order they were made.

    `days` are those that their rows belonged to (None among them: not known); without it, all.
    """
    latest = select(func.max(correction.c.id)).where(correction.c.feed == feed)
    firsts = latest.group_by(correction.c.row_key, correction.c.row_hash)
    chosen = select(correction).where(correction.c.id.in_(firsts)).order_by(correction.c.id)
    if days is not None:
        is_of_them = correction.c.day.in_([day for day in days if day is not None])
        is_unknown = correction.c.day.is_(None)
        chosen = chosen.where(or_(is_of_them, is_unknown) if None in days else is_of_them)
    return tuple(_correction(row) for row in conn.execute(chosen))


def _correction(row: Row[tuple[object, ...]]) -> Correction:
    values = dict(row._mapping)
    return Correction(**values | {"fields": json.loads(values["fields"])})
