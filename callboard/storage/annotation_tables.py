"""The tables of the annotations: what was written once, and the acts that let it stand or not."""

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table, Text

from callboard.storage.moments import UtcDateTime
from callboard.storage.tables import Id, metadata, publication

annotation = Table(
    "annotation",
    metadata,
    Column("id", Id, primary_key=True),
    Column("touchpoint", Text, nullable=False),
    Column("metric", Text, nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("tag", String(20), nullable=False),
    Column("reason", Text, nullable=False),
    Column("replaces", ForeignKey("annotation.id")),
    Column("actor", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "touchpoint", "metric"),
    sqlite_autoincrement=True,
)

annotation_act = Table(
    "annotation_act",
    metadata,
    Column("publication", ForeignKey(publication.c.number), primary_key=True),
    Column("annotation_id", ForeignKey(annotation.c.id), nullable=False, index=True),
    Column("act", String(20), nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("note", Text, nullable=False),
)
