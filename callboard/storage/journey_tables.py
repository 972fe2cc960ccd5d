"""The table of journeys as they were drawn on screen: every version is kept, the latest counts."""

from sqlalchemy import Column, ForeignKey, String, Table, Text

from callboard.storage.moments import UtcDateTime
from callboard.storage.tables import Id, metadata, publication

journey_edit = Table(
    "journey_edit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("journey", String(63), nullable=False, index=True),
    Column("document", Text, nullable=False),
    Column("file_hash", String(64), nullable=False),
    Column("note", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("publication", ForeignKey(publication.c.number), nullable=False),
    sqlite_autoincrement=True,
)
