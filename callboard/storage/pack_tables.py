"""The table of the board packs: selections of views, each under a name of its own."""

from sqlalchemy import Boolean, Column, Table, Text

from callboard.storage.moments import UtcDateTime
from callboard.storage.tables import Id, metadata

pack = Table(
    "pack",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("document", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    sqlite_autoincrement=True,
)
