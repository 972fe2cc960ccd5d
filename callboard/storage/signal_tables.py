"""The table of what people did about signals; rows are only ever added."""

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table, Text

from callboard.storage.moments import UtcDateTime
from callboard.storage.tables import Id, metadata, publication

signal_act = Table(
    "signal_act",
    metadata,
    Column("id", Id, primary_key=True),
    Column("touchpoint", Text, nullable=False),
    Column("metric", Text, nullable=False),
    Column("grain", String(10), nullable=False),
    Column("since", Date, nullable=False),
    Column("signal", String(20), nullable=False),
    Column("act", String(20), nullable=False),
    Column("assignee", Text, nullable=False),
    Column("due", Date),
    Column("note", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("publication", ForeignKey(publication.c.number), nullable=False),
    Index(None, "touchpoint", "metric", "grain", "since"),
    sqlite_autoincrement=True,
)
