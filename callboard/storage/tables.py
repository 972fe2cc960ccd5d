"""The tables of the store, one schema for both engines. Migrations make them; this says them."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Date,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from callboard.storage.moments import UtcDateTime

Id = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _parts() -> tuple[Column[float], Column[float], Column[int], Column[float], Column[str]]:
    return (
        Column("numerator", Double),
        Column("denominator", Double),
        Column("n", BigInteger, nullable=False),
        Column("sumsq", Double),
        Column("sketch", Text),
    )


publication = Table(
    "publication",
    metadata,
    Column("number", Id, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("actor", Text, nullable=False),
    Column("note", Text, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("object", Text, nullable=False),
    Column("publication", Id),
    Column("detail", Text, nullable=False),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    sqlite_autoincrement=True,
)

contract = Table(
    "contract",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("version", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
)

run = Table(
    "run",
    metadata,
    Column("id", Id, primary_key=True),
    Column("feed", Text, nullable=False),
    Column("contract_sha256", String(64), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime, nullable=False),
    Column("duration_ms", Integer, nullable=False),
    Column("triggered_by", Text, nullable=False),
    Column("rows_in", BigInteger, nullable=False),
    Column("rows_used", BigInteger, nullable=False),
    Column("rows_quarantined", BigInteger, nullable=False),
    Column("rows_collapsed", BigInteger, nullable=False, server_default="0"),
    Column("verdict", String(20), nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("as_of", UtcDateTime),
    Column("publication", Id),
    Column("engine", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("error_id", Text, nullable=False),
    Column("evidence", Text, nullable=False, server_default=""),
    Index(None, "feed", "id"),
    sqlite_autoincrement=True,
)

rule_result = Table(
    "rule_result",
    metadata,
    Column("run_id", ForeignKey(run.c.id), primary_key=True),
    Column("rule_id", Text, primary_key=True),
    Column("slice_key", Text, primary_key=True),
    Column("severity", String(20), nullable=False),
    Column("dimension", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("evaluated", BigInteger, nullable=False),
    Column("failed", BigInteger, nullable=False),
    Column("threshold", Double, nullable=False),
    Column("description", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("observed", Double),
    Column("waived_until", Date),
    Index(None, "rule_id", "slice_key", "run_id"),
    sqlite_with_rowid=False,
)

feed_state = Table(
    "feed_state",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("run_id", Id),
    Column("last_good_run_id", Id),
    Column("last_good_at", UtcDateTime),
    Column("watermark", Text, nullable=False),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("as_of", UtcDateTime),
    Column("definition_hash", Text, nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("rows_quarantined_open", BigInteger, nullable=False),
    Column("looked_at", UtcDateTime),
    Column("seen", Text, nullable=False),
    Column("slices", JSON, nullable=False, server_default="[]"),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", Id, primary_key=True),
    Column("feed", Text, nullable=False),
    Column("run_id", Id, nullable=False),
    Column("row_key", Text, nullable=False),
    Column("row_hash", String(64), nullable=False),
    Column("raw", Text, nullable=False),
    Column("rule_ids", JSON, nullable=False),
    Column("messages", JSON, nullable=False),
    Column("day", Date),
    Column("first_seen", UtcDateTime, nullable=False),
    Column("last_seen", UtcDateTime, nullable=False),
    Column("status", String(20), nullable=False),
    Column("suggestion", Text, nullable=False, server_default=""),
    Column("touchpoint", Text, nullable=False, server_default=""),
    Column("resolved_by", Text, nullable=False, server_default=""),
    Column("resolved_at", UtcDateTime),
    Column("note", Text, nullable=False, server_default=""),
    UniqueConstraint("feed", "row_key", "row_hash"),
    Index(None, "feed", "status", "day"),
)

# What is measured where: a reading names its series by number, so that a row stays narrow.
series = Table(
    "series",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("touchpoint", Text, nullable=False),
    Column("metric", Text, nullable=False),
    Column("dimension", Text, nullable=False),
    Column("segment", Text, nullable=False),
    UniqueConstraint("metric", "touchpoint", "dimension", "segment"),
)

# Plain week, month and period columns: readings are grouped by columns, never by date expressions.
reading = Table(
    "reading",
    metadata,
    Column("series", Id, primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    Column("week", Date, nullable=False),
    Column("month", Date, nullable=False),
    Column("period", String(20), nullable=False),
    *_parts(),
    sqlite_with_rowid=False,
)

# `days` is how many days carry a reading, `last` the numerator of the latest of them (for stocks).
rollup = Table(
    "rollup",
    metadata,
    Column("grain", String(10), primary_key=True),
    Column("series", Id, primary_key=True, autoincrement=False),
    Column("start", Date, primary_key=True),
    *_parts(),
    Column("days", Integer, nullable=False),
    Column("last", Double),
    sqlite_with_rowid=False,
)

hourly = Table(
    "hourly",
    metadata,
    Column("series", Id, primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    Column("hour", Integer, primary_key=True),
    *_parts(),
    sqlite_with_rowid=False,
)

part = Table(
    "part",
    metadata,
    Column("metric", Text, primary_key=True),
    Column("part", String(20), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("touchpoint", Text, primary_key=True),
    Column("dimension", Text, primary_key=True),
    Column("segment", Text, primary_key=True),
    Column("amount", Double),
    Column("n", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

restatement = Table(
    "restatement",
    metadata,
    Column("id", Id, primary_key=True),
    Column("touchpoint", Text, nullable=False),
    Column("metric", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("old_numerator", Double),
    Column("old_denominator", Double),
    Column("old_n", BigInteger),
    Column("old_sketch", Text),
    Column("new_numerator", Double),
    Column("new_denominator", Double),
    Column("new_n", BigInteger),
    Column("new_sketch", Text),
    Column("reason", Text, nullable=False),
    Column("publication", Id),
    Index(None, "metric", "touchpoint", "day"),
    Index(None, "publication"),
)

refresh_lock = Table(
    "refresh_lock",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("acquired_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)
