"""When digests were due, and how far each has come."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from callboard.storage.alert_tables import digest_sending
from callboard.storage.notices import DeliveryState
from callboard.storage.upsert import upsert


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestSending:
    """A digest that was `due`; one that nobody was to get, as it was the first, is given up."""

    due: datetime
    state: DeliveryState
    at: datetime
    attempts: int = 0
    error: str = ""


def read_newest_sending(conn: Connection) -> DigestSending | None:
    """The sending that was due last, None before the first."""
    newest = select(digest_sending).order_by(digest_sending.c.due.desc()).limit(1)
    row = conn.execute(newest).one_or_none()
    if row is None:
        return None
    return DigestSending(**{**row._mapping, "state": DeliveryState(row.state)})


def write_sending(conn: Connection, sending: DigestSending) -> None:
    """Keep how far a digest has come, in the place of what was kept of it."""
    upsert(conn, digest_sending, [asdict(sending)])
