"""The table of alerts that stand: where a rule has gone off and has not come back yet."""

from sqlalchemy import Column, Date, Table, Text

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
