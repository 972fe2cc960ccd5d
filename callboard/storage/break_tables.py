"""The tables of the breaks: what was approved once, and the acts that make it hold or not."""

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table, Text

from callboard.storage.moments import UtcDateTime
from callboard.storage.tables import Id, metadata, publication

series_break = Table(
    "series_break",
    metadata,
    Column("id", Id, primary_key=True),
    Column("touchpoint", Text, nullable=False),
    Column("metric", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("evidence", Text, nullable=False),
    Index(None, "metric", "touchpoint"),
    sqlite_autoincrement=True,
)

series_break_act = Table(
    "series_break_act",
    metadata,
    Column("publication", ForeignKey(publication.c.number), primary_key=True),
    Column("break_id", ForeignKey(series_break.c.id), nullable=False, index=True),
    Column("act", String(20), nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("note", Text, nullable=False),
)
