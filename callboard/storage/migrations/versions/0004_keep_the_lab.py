"""Keep how a file was published, what it takes away, and which rejected rows came back."""

import sqlalchemy as sa
from alembic import op

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Added in place: a copied table would lose its triggers, and a large store its time.
    op.add_column(
        "submission", sa.Column("answers_sha", sa.String(64), nullable=False, server_default="")
    )
    op.drop_index("uq_submission_published_sha256", table_name="submission")
    _make_unique("sha256", "answers_sha")
    op.add_column(
        "submission_finding",
        sa.Column("raw_hash", sa.String(64), nullable=False, server_default=""),
    )
    op.create_index("ix_submission_finding_raw_hash", "submission_finding", ["raw_hash"])

    op.create_table(
        "submission_detail",
        sa.Column("submission_id", Id, nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=False),
        sa.Column("base", sa.BigInteger(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("contract_version", sa.Text(), nullable=False),
        sa.Column("publishers", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
            name=op.f("fk_submission_detail_submission_id_submission"),
        ),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_submission_detail")),
    )

    op.create_table(
        "benchmark_removal",
        sa.Column("submission_id", Id, nullable=False),
        sa.Column("natural_key", sa.String(length=64), nullable=False),
        sa.Column("benchmark_id", Id, nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
            name=op.f("fk_benchmark_removal_submission_id_submission"),
        ),
        sa.ForeignKeyConstraint(
            ["benchmark_id"],
            ["benchmark.id"],
            name=op.f("fk_benchmark_removal_benchmark_id_benchmark"),
        ),
        sa.PrimaryKeyConstraint("submission_id", "natural_key", name=op.f("pk_benchmark_removal")),
    )
    op.create_index(
        "ix_benchmark_removal_natural_key_submission_id",
        "benchmark_removal",
        ["natural_key", "submission_id"],
    )

    op.create_table(
        "returned_row",
        sa.Column("submission_id", Id, nullable=False),
        sa.Column("finding_submission_id", Id, nullable=False),
        sa.Column("raw_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
            name=op.f("fk_returned_row_submission_id_submission"),
        ),
        sa.ForeignKeyConstraint(
            ["finding_submission_id"],
            ["submission.id"],
            name=op.f("fk_returned_row_finding_submission_id_submission"),
        ),
        sa.PrimaryKeyConstraint(
            "submission_id", "finding_submission_id", "raw_hash", name=op.f("pk_returned_row")
        ),
    )
    op.create_index(
        "ix_returned_row_finding_submission_id", "returned_row", ["finding_submission_id"]
    )

    for statement in INSERT_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("returned_row")
    op.drop_table("benchmark_removal")
    op.drop_table("submission_detail")
    op.drop_index("ix_submission_finding_raw_hash", table_name="submission_finding")
    op.drop_column("submission_finding", "raw_hash")
    op.drop_index("uq_submission_published_sha256", table_name="submission")
    op.drop_column("submission", "answers_sha")
    _make_unique("sha256")


def _make_unique(*columns: str) -> None:
    counts = sa.text("state = 'published'")
    op.create_index(
        "uq_submission_published_sha256",
        "submission",
        list(columns),
        unique=True,
        sqlite_where=counts,
        postgresql_where=counts,
    )


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


# The function `refuse_change` is there since the store was laid.
TABLES = ("submission_detail", "benchmark_removal", "returned_row")
INSERT_ONLY = {
    "sqlite": [_sqlite(table, verb) for table in TABLES for verb in ("UPDATE", "DELETE")],
    "postgresql": [
        _postgresql(table, verb) for table in TABLES for verb in ("UPDATE", "DELETE", "TRUNCATE")
    ],
}
