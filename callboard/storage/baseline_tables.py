"""The tables of the baselines: what was approved once, and the acts that make it hold or not."""

from sqlalchemy import Column, Date, Enum, ForeignKey, Index, String, Table, Text

from callboard.storage.moments import UtcDateTime
from callboard.storage.tables import Id, metadata, publication
from metrics.chosen import BaselineUse

_USE = Enum(
    BaselineUse, native_enum=False, length=20, values_callable=lambda uses: [u.value for u in uses]
)

series_baseline = Table(
    "series_baseline",
    metadata,
    Column("id", Id, primary_key=True),
    Column("touchpoint", Text, nullable=False),
    Column("metric", Text, nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("use", _USE, nullable=False),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("evidence", Text, nullable=False),
    Index(None, "metric", "touchpoint"),
    sqlite_autoincrement=True,
)

series_baseline_act = Table(
    "series_baseline_act",
    metadata,
    Column("publication", ForeignKey(publication.c.number), primary_key=True),
    Column("baseline_id", ForeignKey(series_baseline.c.id), nullable=False, index=True),
    Column("act", String(20), nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("note", Text, nullable=False),
)
