"""The tables of the targets: what was approved once, and the acts that make it hold or not."""

from sqlalchemy import Column, Date, Double, ForeignKey, Index, String, Table, Text

from callboard.storage.moments import UtcDateTime
from callboard.storage.tables import Id, metadata, publication

series_target = Table(
    "series_target",
    metadata,
    Column("id", Id, primary_key=True),
    Column("touchpoint", Text, nullable=False),
    Column("metric", Text, nullable=False),
    Column("value", Double, nullable=True),
    Column("day", Date, nullable=False),
    Column("until", Date, nullable=True),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("evidence", Text, nullable=False),
    Index(None, "metric", "touchpoint"),
    sqlite_autoincrement=True,
)

series_target_act = Table(
    "series_target_act",
    metadata,
    Column("publication", ForeignKey(publication.c.number), primary_key=True),
    Column("target_id", ForeignKey(series_target.c.id), nullable=False, index=True),
    Column("act", String(20), nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("note", Text, nullable=False),
)
