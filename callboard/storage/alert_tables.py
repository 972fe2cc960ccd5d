"""The tables of alerts that stand, gone off and not come back yet, and of digests that were due."""

from sqlalchemy import Column, Date, Integer, String, Table, Text

from callboard.storage.moments import UtcDateTime
from callboard.storage.tables import metadata

alert_standing = Table(
    "alert_standing",
    metadata,
    Column("alert", Text, primary_key=True),
    Column("touchpoint", Text, primary_key=True),
    Column("metric", Text, primary_key=True),
    Column("period", Date, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("sentence", Text, nullable=False),
    sqlite_with_rowid=False,
)

# One row for each time that a digest was due; what is neither sent nor given up is tried again.
digest_sending = Table(
    "digest_sending",
    metadata,
    Column("due", UtcDateTime, primary_key=True),
    Column("state", String(20), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("error", Text, nullable=False),
    sqlite_with_rowid=False,
)
