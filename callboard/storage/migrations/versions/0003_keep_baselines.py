"""Keep baselines: what was approved, and the acts upon it. Rows are only ever added."""

import sqlalchemy as sa
from alembic import op

from callboard.storage.moments import UtcDateTime

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "series_baseline",
        sa.Column("id", Id, nullable=False),
        sa.Column("touchpoint", sa.Text(), nullable=False),
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("use", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series_baseline")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("series_baseline", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_series_baseline_metric_touchpoint"), ["metric", "touchpoint"], unique=False
        )

    op.create_table(
        "series_baseline_act",
        sa.Column("publication", Id, nullable=False),
        sa.Column("baseline_id", Id, nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["baseline_id"],
            ["series_baseline.id"],
            name=op.f("fk_series_baseline_act_baseline_id_series_baseline"),
        ),
        sa.ForeignKeyConstraint(
            ["publication"],
            ["publication.number"],
            name=op.f("fk_series_baseline_act_publication_publication"),
        ),
        sa.PrimaryKeyConstraint("publication", name=op.f("pk_series_baseline_act")),
    )
    with op.batch_alter_table("series_baseline_act", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_series_baseline_act_baseline_id"), ["baseline_id"], unique=False
        )

    for statement in INSERT_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    with op.batch_alter_table("series_baseline_act", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_series_baseline_act_baseline_id"))

    op.drop_table("series_baseline_act")
    with op.batch_alter_table("series_baseline", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_series_baseline_metric_touchpoint"))

    op.drop_table("series_baseline")


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
TABLES = ("series_baseline", "series_baseline_act")
INSERT_ONLY = {
    "sqlite": [_sqlite(table, verb) for table in TABLES for verb in ("UPDATE", "DELETE")],
    "postgresql": [
        _postgresql(table, verb) for table in TABLES for verb in ("UPDATE", "DELETE", "TRUNCATE")
    ],
}
