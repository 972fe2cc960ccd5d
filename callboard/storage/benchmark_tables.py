"""The tables of the benchmarks: what was handed in, said, decided, and what holds now."""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from callboard.storage.moments import UtcDateTime
from callboard.storage.tables import Id, metadata, publication

submission = Table(
    "submission",
    metadata,
    Column("id", Id, primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("file_name", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("contract_sha256", String(64), nullable=False),
    Column("encoding", Text, nullable=False),
    Column("delimiter", Text, nullable=False),
    Column("rows_in", Integer, nullable=False),
    Column("published", Integer, nullable=False),
    Column("quarantined", Integer, nullable=False),
    Column("collapsed", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("publication", ForeignKey(publication.c.number)),
    Column("note", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("answers_sha", String(64), nullable=False, server_default=""),
    # The same content, read alike, counts once at a time, whoever races whom.
    Index(
        "uq_submission_published_sha256",
        "sha256",
        "answers_sha",
        unique=True,
        sqlite_where=text("state = 'published'"),
        postgresql_where=text("state = 'published'"),
    ),
    sqlite_autoincrement=True,
)

submission_finding = Table(
    "submission_finding",
    metadata,
    Column("id", Id, primary_key=True),
    Column("submission_id", ForeignKey(submission.c.id), nullable=False, index=True),
    Column("row", Integer, nullable=False),
    Column("column", Text, nullable=False),
    Column("reason", String(40), nullable=False),
    Column("found", Text, nullable=False),
    Column("expected", Text, nullable=False),
    Column("suggestion", Text, nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("raw", Text, nullable=False),
    Column("raw_hash", String(64), nullable=False, server_default="", index=True),
)

benchmark = Table(
    "benchmark",
    metadata,
    Column("id", Id, primary_key=True),
    Column("submission_id", ForeignKey(submission.c.id), nullable=False),
    Column("natural_key", String(64), nullable=False),
    Column("row", Integer, nullable=False),
    Column("metric", Text, nullable=False),
    Column("entity", Text, nullable=False),
    Column("entity_type", Text, nullable=False),
    Column("statistic", Text, nullable=False),
    Column("value", Double, nullable=False),
    Column("unit", Text, nullable=False),
    Column("per", Double),
    Column("period_start", Date),
    Column("period_end", Date, nullable=False),
    Column("region", Text, nullable=False),
    Column("industry", Text, nullable=False),
    Column("segment", Text, nullable=False),
    Column("touchpoint", Text, nullable=False),
    Column("numerator", Double),
    Column("denominator", Double),
    Column("sample_size", BigInteger),
    Column("sample_unit", Text, nullable=False),
    Column("method", Text, nullable=False),
    Column("clock", Text, nullable=False),
    Column("source_name", Text, nullable=False),
    Column("source_url", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("published_on", Date),
    Column("retrieved_on", Date),
    Column("as_of", Date),
    Column("population", Text, nullable=False),
    Column("definition_version", Text, nullable=False),
    Column("licence", Text, nullable=False),
    Column("publisher", Text, nullable=False),
    Column("note", Text, nullable=False),
    # None in rows that were kept before it was asked for.
    Column("base", Text),
    UniqueConstraint("submission_id", "natural_key"),
    Index(None, "natural_key", "submission_id"),
)

benchmark_act = Table(
    "benchmark_act",
    metadata,
    Column("publication", ForeignKey(publication.c.number), primary_key=True),
    Column("submission_id", ForeignKey(submission.c.id), nullable=False, index=True),
    Column("act", String(20), nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("note", Text, nullable=False),
)

benchmark_current = Table(
    "benchmark_current",
    metadata,
    Column("natural_key", String(64), primary_key=True),
    Column("benchmark_id", ForeignKey(benchmark.c.id), nullable=False, index=True),
    Column("publication", ForeignKey(publication.c.number), nullable=False),
)

submission_detail = Table(
    "submission_detail",
    metadata,
    Column("submission_id", ForeignKey(submission.c.id), primary_key=True),
    Column("mode", String(20), nullable=False),
    Column("base", BigInteger),
    Column("digest", String(64), nullable=False),
    Column("answers", Text, nullable=False),
    Column("sheet", Text, nullable=False),
    Column("contract_version", Text, nullable=False),
    Column("publishers", Text, nullable=False),
)

# What a submission takes away: its publisher no longer says it.
benchmark_removal = Table(
    "benchmark_removal",
    metadata,
    Column("submission_id", ForeignKey(submission.c.id), primary_key=True),
    Column("natural_key", String(64), primary_key=True),
    Column("benchmark_id", ForeignKey(benchmark.c.id), nullable=False),
    Index(None, "natural_key", "submission_id"),
)

# Rejected rows of one submission that came back corrected in another.
returned_row = Table(
    "returned_row",
    metadata,
    Column("submission_id", ForeignKey(submission.c.id), primary_key=True),
    Column("finding_submission_id", ForeignKey(submission.c.id), primary_key=True),
    Column("raw_hash", String(64), primary_key=True),
    Index(None, "finding_submission_id"),
)
