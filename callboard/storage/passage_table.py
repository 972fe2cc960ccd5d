"""The table of passages: how many cases went from one touchpoint on to another, by day."""

from sqlalchemy import BigInteger, Column, Date, Index, Table, Text

from callboard.storage.tables import metadata

passage = Table(
    "passage",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("origin", Text, primary_key=True),
    Column("destination", Text, primary_key=True),
    Column("cases", BigInteger, nullable=False),
    Index("ix_passage_day", "day"),
    sqlite_with_rowid=False,
)
