"""The tables of what people do about broken data, what is held of each slice, and who was told.

What was done or said is only ever added; `slice_day`, `told_badge` and `notice_delivery` say how
things stand.
"""

from sqlalchemy import BigInteger, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from callboard.storage.moments import UtcDateTime
from callboard.storage.tables import Id, metadata, quarantine, run


def _done() -> tuple[Column[str], Column[str], Column[object], Column[str]]:
    """What was done, by whom, when, and why."""
    return (
        Column("act", String(20), nullable=False),
        Column("actor", Text, nullable=False),
        Column("at", UtcDateTime, nullable=False),
        Column("note", Text, nullable=False),
    )


quarantine_act = Table(
    "quarantine_act",
    metadata,
    Column("id", Id, primary_key=True),
    Column("quarantine_id", ForeignKey(quarantine.c.id), nullable=False, index=True),
    *_done(),
    Column("fields", Text, nullable=False),
    sqlite_autoincrement=True,
)

# Of a row with one text (`row_hash`), the latest correction holds.
correction = Table(
    "correction",
    metadata,
    Column("id", Id, primary_key=True),
    Column("feed", Text, nullable=False),
    Column("row_key", Text, nullable=False),
    Column("row_hash", String(64), nullable=False),
    Column("day", Date),
    Column("fields", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("note", Text, nullable=False),
    Index(None, "feed", "row_key", "row_hash"),
    sqlite_autoincrement=True,
)

waiver = Table(
    "waiver",
    metadata,
    Column("id", Id, primary_key=True),
    Column("feed", Text, nullable=False, index=True),
    Column("rule_id", Text, nullable=False),
    Column("slice_key", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("until", Date, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)

waiver_act = Table(
    "waiver_act",
    metadata,
    Column("id", Id, primary_key=True),
    Column("waiver_id", ForeignKey(waiver.c.id), nullable=False, index=True),
    *_done(),
    sqlite_autoincrement=True,
)

# Days that are published, to compare later ones with: a day that is held is not among them.
slice_day = Table(
    "slice_day",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("touchpoint", Text, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("rows_in", BigInteger, nullable=False),
    Column("rows_used", BigInteger, nullable=False),
    Column("run_id", Id, nullable=False),
    sqlite_with_rowid=False,
)

slice_run = Table(
    "slice_run",
    metadata,
    Column("run_id", ForeignKey(run.c.id), primary_key=True),
    Column("touchpoint", Text, primary_key=True),
    Column("feed", Text, nullable=False),
    Column("judged_at", UtcDateTime, nullable=False),
    Column("rules_passed", Integer, nullable=False),
    Column("rules_judged", Integer, nullable=False),
    Column("rows_in", BigInteger, nullable=False),
    Column("rows_used", BigInteger, nullable=False),
    Index(None, "judged_at"),
    sqlite_with_rowid=False,
)

told_badge = Table(
    "told_badge",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("slice_key", Text, primary_key=True),
    Column("badge", String(30), nullable=False),
    Column("since", UtcDateTime, nullable=False),
    sqlite_with_rowid=False,
)

notice = Table(
    "notice",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("feed", Text, nullable=False),
    Column("slice_key", Text, nullable=False),
    Column("badge", String(30), nullable=False),
    Column("before", String(30), nullable=False),
    Column("sentence", Text, nullable=False),
    Column("alert", Text, nullable=False, server_default=""),
    sqlite_autoincrement=True,
)

notice_delivery = Table(
    "notice_delivery",
    metadata,
    Column("id", Id, primary_key=True),
    Column("notice_id", ForeignKey(notice.c.id), nullable=False, index=True),
    Column("channel", Text, nullable=False),
    Column("state", String(20), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("error", Text, nullable=False),
    sqlite_autoincrement=True,
)
