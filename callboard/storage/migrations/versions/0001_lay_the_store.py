"""Lay the store."""

import sqlalchemy as sa
from alembic import op

from callboard.storage.moments import UtcDateTime

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", Id, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("publication", Id, nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_hash")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "contract",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("feed", "sha256", name=op.f("pk_contract")),
    )
    op.create_table(
        "feed_state",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("run_id", Id, nullable=True),
        sa.Column("last_good_run_id", Id, nullable=True),
        sa.Column("last_good_at", UtcDateTime(), nullable=True),
        sa.Column("watermark", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("as_of", UtcDateTime(), nullable=True),
        sa.Column("definition_hash", sa.Text(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("rows_quarantined_open", sa.BigInteger(), nullable=False),
        sa.Column("looked_at", UtcDateTime(), nullable=True),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("feed", name=op.f("pk_feed_state")),
    )
    op.create_table(
        "hourly",
        sa.Column("series", Id, autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("numerator", sa.Double(), nullable=True),
        sa.Column("denominator", sa.Double(), nullable=True),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("sumsq", sa.Double(), nullable=True),
        sa.Column("sketch", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("series", "day", "hour", name=op.f("pk_hourly")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "part",
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("touchpoint", sa.Text(), nullable=False),
        sa.Column("dimension", sa.Text(), nullable=False),
        sa.Column("segment", sa.Text(), nullable=False),
        sa.Column("amount", sa.Double(), nullable=True),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "metric", "part", "day", "touchpoint", "dimension", "segment", name=op.f("pk_part")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "publication",
        sa.Column("number", Id, autoincrement=False, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_publication")),
    )
    op.create_table(
        "quarantine",
        sa.Column("id", Id, nullable=False),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("run_id", Id, nullable=False),
        sa.Column("row_key", sa.Text(), nullable=False),
        sa.Column("row_hash", sa.String(length=64), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("rule_ids", sa.JSON(), nullable=False),
        sa.Column("messages", sa.JSON(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("first_seen", UtcDateTime(), nullable=False),
        sa.Column("last_seen", UtcDateTime(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine")),
        sa.UniqueConstraint(
            "feed", "row_key", "row_hash", name=op.f("uq_quarantine_feed_row_key_row_hash")
        ),
    )
    with op.batch_alter_table("quarantine", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_quarantine_feed_status_day"), ["feed", "status", "day"], unique=False
        )

    op.create_table(
        "reading",
        sa.Column("series", Id, autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("period", sa.String(length=20), nullable=False),
        sa.Column("numerator", sa.Double(), nullable=True),
        sa.Column("denominator", sa.Double(), nullable=True),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("sumsq", sa.Double(), nullable=True),
        sa.Column("sketch", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("series", "day", name=op.f("pk_reading")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "refresh_lock",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("acquired_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_refresh_lock")),
    )
    op.create_table(
        "restatement",
        sa.Column("id", Id, nullable=False),
        sa.Column("touchpoint", sa.Text(), nullable=False),
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("old_numerator", sa.Double(), nullable=True),
        sa.Column("old_denominator", sa.Double(), nullable=True),
        sa.Column("old_n", sa.BigInteger(), nullable=True),
        sa.Column("old_sketch", sa.Text(), nullable=True),
        sa.Column("new_numerator", sa.Double(), nullable=True),
        sa.Column("new_denominator", sa.Double(), nullable=True),
        sa.Column("new_n", sa.BigInteger(), nullable=True),
        sa.Column("new_sketch", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("publication", Id, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restatement")),
    )
    with op.batch_alter_table("restatement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_restatement_metric_touchpoint_day"),
            ["metric", "touchpoint", "day"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_restatement_publication"), ["publication"], unique=False
        )

    op.create_table(
        "rollup",
        sa.Column("grain", sa.String(length=10), nullable=False),
        sa.Column("series", Id, autoincrement=False, nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("numerator", sa.Double(), nullable=True),
        sa.Column("denominator", sa.Double(), nullable=True),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("sumsq", sa.Double(), nullable=True),
        sa.Column("sketch", sa.Text(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("last", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("grain", "series", "start", name=op.f("pk_rollup")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "run",
        sa.Column("id", Id, nullable=False),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("contract_sha256", sa.String(length=64), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("triggered_by", sa.Text(), nullable=False),
        sa.Column("rows_in", sa.BigInteger(), nullable=False),
        sa.Column("rows_used", sa.BigInteger(), nullable=False),
        sa.Column("rows_quarantined", sa.BigInteger(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("as_of", UtcDateTime(), nullable=True),
        sa.Column("publication", Id, nullable=True),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("error_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_run_feed_id"), ["feed", "id"], unique=False)

    op.create_table(
        "series",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("touchpoint", sa.Text(), nullable=False),
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("dimension", sa.Text(), nullable=False),
        sa.Column("segment", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint(
            "metric",
            "touchpoint",
            "dimension",
            "segment",
            name=op.f("uq_series_metric_touchpoint_dimension_segment"),
        ),
    )
    op.create_table(
        "rule_result",
        sa.Column("run_id", Id, nullable=False),
        sa.Column("rule_id", sa.Text(), nullable=False),
        sa.Column("slice_key", sa.Text(), nullable=False),
        sa.Column("severity", sa.String(length=20), nullable=False),
        sa.Column("dimension", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("evaluated", sa.BigInteger(), nullable=False),
        sa.Column("failed", sa.BigInteger(), nullable=False),
        sa.Column("threshold", sa.Double(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_rule_result_run_id_run")),
        sa.PrimaryKeyConstraint("run_id", "rule_id", "slice_key", name=op.f("pk_rule_result")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "submission",
        sa.Column("id", Id, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("contract_sha256", sa.String(length=64), nullable=False),
        sa.Column("encoding", sa.Text(), nullable=False),
        sa.Column("delimiter", sa.Text(), nullable=False),
        sa.Column("rows_in", sa.Integer(), nullable=False),
        sa.Column("published", sa.Integer(), nullable=False),
        sa.Column("quarantined", sa.Integer(), nullable=False),
        sa.Column("collapsed", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("publication", Id, nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication"],
            ["publication.number"],
            name=op.f("fk_submission_publication_publication"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.create_index(
            "uq_submission_published_sha256",
            ["sha256"],
            unique=True,
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        )

    op.create_table(
        "benchmark",
        sa.Column("id", Id, nullable=False),
        sa.Column("submission_id", Id, nullable=False),
        sa.Column("natural_key", sa.String(length=64), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("entity_type", sa.Text(), nullable=False),
        sa.Column("statistic", sa.Text(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("per", sa.Double(), nullable=True),
        sa.Column("period_start", sa.Date(), nullable=True),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("industry", sa.Text(), nullable=False),
        sa.Column("segment", sa.Text(), nullable=False),
        sa.Column("touchpoint", sa.Text(), nullable=False),
        sa.Column("numerator", sa.Double(), nullable=True),
        sa.Column("denominator", sa.Double(), nullable=True),
        sa.Column("sample_size", sa.BigInteger(), nullable=True),
        sa.Column("sample_unit", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("clock", sa.Text(), nullable=False),
        sa.Column("source_name", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("retrieved_on", sa.Date(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("population", sa.Text(), nullable=False),
        sa.Column("definition_version", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_benchmark_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benchmark")),
        sa.UniqueConstraint(
            "submission_id", "natural_key", name=op.f("uq_benchmark_submission_id_natural_key")
        ),
    )
    with op.batch_alter_table("benchmark", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_benchmark_natural_key_submission_id"),
            ["natural_key", "submission_id"],
            unique=False,
        )

    op.create_table(
        "benchmark_act",
        sa.Column("publication", Id, nullable=False),
        sa.Column("submission_id", Id, nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication"],
            ["publication.number"],
            name=op.f("fk_benchmark_act_publication_publication"),
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
            name=op.f("fk_benchmark_act_submission_id_submission"),
        ),
        sa.PrimaryKeyConstraint("publication", name=op.f("pk_benchmark_act")),
    )
    with op.batch_alter_table("benchmark_act", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_benchmark_act_submission_id"), ["submission_id"], unique=False
        )

    op.create_table(
        "submission_finding",
        sa.Column("id", Id, nullable=False),
        sa.Column("submission_id", Id, nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("column", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("expected", sa.Text(), nullable=False),
        sa.Column("suggestion", sa.Text(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
            name=op.f("fk_submission_finding_submission_id_submission"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_finding")),
    )
    with op.batch_alter_table("submission_finding", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_submission_finding_submission_id"), ["submission_id"], unique=False
        )

    op.create_table(
        "benchmark_current",
        sa.Column("natural_key", sa.String(length=64), nullable=False),
        sa.Column("benchmark_id", Id, nullable=False),
        sa.Column("publication", Id, nullable=False),
        sa.ForeignKeyConstraint(
            ["benchmark_id"],
            ["benchmark.id"],
            name=op.f("fk_benchmark_current_benchmark_id_benchmark"),
        ),
        sa.ForeignKeyConstraint(
            ["publication"],
            ["publication.number"],
            name=op.f("fk_benchmark_current_publication_publication"),
        ),
        sa.PrimaryKeyConstraint("natural_key", name=op.f("pk_benchmark_current")),
    )
    with op.batch_alter_table("benchmark_current", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_benchmark_current_benchmark_id"), ["benchmark_id"], unique=False
        )

    for statement in INSERT_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    with op.batch_alter_table("benchmark_current", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_benchmark_current_benchmark_id"))

    op.drop_table("benchmark_current")
    with op.batch_alter_table("submission_finding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_submission_finding_submission_id"))

    op.drop_table("submission_finding")
    with op.batch_alter_table("benchmark_act", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_benchmark_act_submission_id"))

    op.drop_table("benchmark_act")
    with op.batch_alter_table("benchmark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_benchmark_natural_key_submission_id"))

    op.drop_table("benchmark")
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_submission_published_sha256",
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        )

    op.drop_table("submission")
    op.drop_table("rule_result")
    op.drop_table("series")
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_run_feed_id"))

    op.drop_table("run")
    op.drop_table("rollup")
    with op.batch_alter_table("restatement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_restatement_publication"))
        batch_op.drop_index(batch_op.f("ix_restatement_metric_touchpoint_day"))

    op.drop_table("restatement")
    op.drop_table("refresh_lock")
    op.drop_table("reading")
    with op.batch_alter_table("quarantine", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quarantine_feed_status_day"))

    op.drop_table("quarantine")
    op.drop_table("publication")
    op.drop_table("part")
    op.drop_table("hourly")
    op.drop_table("feed_state")
    op.drop_table("contract")
    op.drop_table("audit")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")


def _sqlite(table: str, verb: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is insert-only'); END"
    )


def _postgresql(table: str, verb: str) -> str:
    each = "STATEMENT" if verb == "TRUNCATE" else "ROW"
    return (
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"FOR EACH {each} EXECUTE FUNCTION refuse_change()"
    )


TABLES = ("audit", "benchmark_act")
INSERT_ONLY = {
    "sqlite": [_sqlite(table, verb) for table in TABLES for verb in ("UPDATE", "DELETE")],
    "postgresql": [
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME; END $$",
        *(
            _postgresql(table, verb)
            for table in TABLES
            for verb in ("UPDATE", "DELETE", "TRUNCATE")
        ),
    ],
}
