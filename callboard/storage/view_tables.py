"""The tables of what people keep for themselves: saved views, followed metrics, small settings."""

from sqlalchemy import Column, String, Table, Text

from callboard.storage.moments import UtcDateTime
from callboard.storage.tables import metadata

saved_view = Table(
    "saved_view",
    metadata,
    Column("owner", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("page", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

follow = Table(
    "follow",
    metadata,
    Column("actor", Text, primary_key=True),
    Column("touchpoint", Text, primary_key=True),
    Column("metric", Text, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)

actor_setting = Table(
    "actor_setting",
    metadata,
    Column("actor", Text, primary_key=True),
    Column("name", String(60), primary_key=True),
    Column("value", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
