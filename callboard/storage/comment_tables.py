"""The tables of what people say of a figure: every version once, and the acts upon it."""

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table, Text

from callboard.storage.moments import UtcDateTime
from callboard.storage.tables import Id, metadata, publication

commentary = Table(
    "commentary",
    metadata,
    Column("id", Id, primary_key=True),
    Column("touchpoint", Text, nullable=False),
    Column("metric", Text, nullable=False),
    Column("grain", String(10), nullable=False),
    Column("start", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("replaces", ForeignKey("commentary.id"), nullable=True),
    Column("actor", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "grain", "start"),
    sqlite_autoincrement=True,
)

commentary_act = Table(
    "commentary_act",
    metadata,
    Column("publication", ForeignKey(publication.c.number), primary_key=True),
    Column("comment_id", ForeignKey(commentary.c.id), nullable=False, index=True),
    Column("act", String(20), nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("note", Text, nullable=False),
)
