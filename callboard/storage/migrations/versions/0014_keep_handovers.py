"""Keep notes to the next shift, who has seen them, and which touchpoints somebody looks after."""

import sqlalchemy as sa
from alembic import op

from callboard.storage.moments import UtcDateTime

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hand_over",
        sa.Column("id", Id, nullable=False),
        sa.Column("touchpoint", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        *_by(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_hand_over_touchpoint_id", "hand_over", ["touchpoint", "id"])
    op.create_table(
        "hand_over_act",
        sa.Column("publication", Id, nullable=False),
        sa.Column("hand_over_id", Id, nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        *_by(),
        _refers("publication", "publication", "number"),
        _refers("hand_over_id", "hand_over", "id"),
        sa.PrimaryKeyConstraint("publication", name=op.f("pk_hand_over_act")),
    )
    op.create_index("ix_hand_over_act_hand_over_id", "hand_over_act", ["hand_over_id"])
    op.create_table(
        "own_touchpoint",
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("touchpoint", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("actor", "touchpoint", name=op.f("pk_own_touchpoint")),
        sqlite_with_rowid=False,
    )
    for statement in INSERT_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for table in ("own_touchpoint", *reversed(TABLES)):
        op.drop_table(table)


def _by() -> tuple[sa.Column[str], sa.Column[str], sa.Column[object]]:
    return (
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
    )


def _refers(column: str, to: str, key: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.{key}"], name=op.f(f"fk_hand_over_act_{column}_{to}")
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
TABLES = ("hand_over", "hand_over_act")
INSERT_ONLY = {
    "sqlite": [_sqlite(table, verb) for table in TABLES for verb in ("UPDATE", "DELETE")],
    "postgresql": [
        _postgresql(table, verb) for table in TABLES for verb in ("UPDATE", "DELETE", "TRUNCATE")
    ],
}
