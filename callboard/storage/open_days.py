"""The days of rows in quarantine that no figure is of: they were dated wrongly."""

from datetime import date

from sqlalchemy import Connection, or_, select

from callboard.storage.quarantine import QuarantineStatus
from callboard.storage.tables import quarantine


def days_outside(conn: Connection, *, feed: str, first: date | None, last: date) -> frozenset[date]:
    """The days before `first` and after `last` that rows of a feed wait for in quarantine."""
    is_outside = quarantine.c.day > last
    if first is not None:
        is_outside = or_(is_outside, quarantine.c.day < first)
    is_open = quarantine.c.status == QuarantineStatus.OPEN
    chosen = select(quarantine.c.day).where(quarantine.c.feed == feed, is_open, is_outside)
    return frozenset(day for (day,) in conn.execute(chosen.distinct()))
