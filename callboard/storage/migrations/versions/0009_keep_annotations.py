"""Keep annotations: what was written beside figures, and the acts upon it. Rows are only added."""

import sqlalchemy as sa
from alembic import op

from callboard.storage.moments import UtcDateTime

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "annotation",
        sa.Column("id", Id, nullable=False),
        sa.Column("touchpoint", sa.Text(), nullable=False),
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("tag", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("replaces", Id, nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["replaces"], ["annotation.id"], name=op.f("fk_annotation_replaces_annotation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annotation")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_annotation_touchpoint_metric", "annotation", ["touchpoint", "metric"])
    op.create_table(
        "annotation_act",
        sa.Column("publication", Id, nullable=False),
        sa.Column("annotation_id", Id, nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["annotation_id"],
            ["annotation.id"],
            name=op.f("fk_annotation_act_annotation_id_annotation"),
        ),
        sa.ForeignKeyConstraint(
            ["publication"],
            ["publication.number"],
            name=op.f("fk_annotation_act_publication_publication"),
        ),
        sa.PrimaryKeyConstraint("publication", name=op.f("pk_annotation_act")),
    )
    op.create_index("ix_annotation_act_annotation_id", "annotation_act", ["annotation_id"])
    for statement in INSERT_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("annotation_act")
    op.drop_table("annotation")


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
TABLES = ("annotation", "annotation_act")
INSERT_ONLY = {
    "sqlite": [_sqlite(table, verb) for table in TABLES for verb in ("UPDATE", "DELETE")],
    "postgresql": [
        _postgresql(table, verb) for table in TABLES for verb in ("UPDATE", "DELETE", "TRUNCATE")
    ],
}
