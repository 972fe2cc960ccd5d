"""The tables of a shift: notes that were handed over, who has seen them, and whose touchpoints.

Notes and acts are only ever added; which touchpoints somebody looks after is his own and changes.
"""

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text

from callboard.storage.moments import UtcDateTime
from callboard.storage.tables import Id, metadata, publication

hand_over = Table(
    "hand_over",
    metadata,
    Column("id", Id, primary_key=True),
    Column("touchpoint", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "touchpoint", "id"),
    sqlite_autoincrement=True,
)

hand_over_act = Table(
    "hand_over_act",
    metadata,
    Column("publication", ForeignKey(publication.c.number), primary_key=True),
    Column("hand_over_id", ForeignKey(hand_over.c.id), nullable=False, index=True),
    Column("act", String(20), nullable=False),
    Column("actor", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

own_touchpoint = Table(
    "own_touchpoint",
    metadata,
    Column("actor", Text, primary_key=True),
    Column("touchpoint", Text, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    sqlite_with_rowid=False,
)
