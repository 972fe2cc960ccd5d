"""The days of rows in quarantine that no figure can be of: they were dated wrongly."""

from datetime import date

from sqlalchemy import Connection, select

from callboard.storage.quarantine import QuarantineStatus
from callboard.storage.tables import quarantine


def open_days_after(conn: Connection, *, feed: str, last: date) -> frozenset[date]:
    """The days after `last` that rows of a feed wait for in quarantine."""
    mine = (quarantine.c.feed == feed, quarantine.c.status == QuarantineStatus.OPEN)
    chosen = select(quarantine.c.day).where(*mine, quarantine.c.day > last)
    return frozenset(day for (day,) in conn.execute(chosen.distinct()))
