"""Keep targets and what people say of figures, with the acts upon them. Rows are only added."""

import sqlalchemy as sa
from alembic import op

from callboard.storage.moments import UtcDateTime

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "series_target",
        sa.Column("id", Id, nullable=False),
        *_series(),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        *_by_whom(),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series_target")),
        sqlite_autoincrement=True,
    )
    _index("series_target", "metric", "touchpoint")
    _acts("series_target_act", "target_id", "series_target")
    op.create_table(
        "commentary",
        sa.Column("id", Id, nullable=False),
        *_series(),
        sa.Column("grain", sa.String(length=10), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("replaces", Id, nullable=True),
        *_by_whom(),
        _refers("commentary", "replaces", "commentary", "id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commentary")),
        sqlite_autoincrement=True,
    )
    _index("commentary", "grain", "start")
    _acts("commentary_act", "comment_id", "commentary")
    for statement in INSERT_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _series() -> "tuple[sa.Column[str], ...]":
    return (
        sa.Column("touchpoint", sa.Text(), nullable=False),
        sa.Column("metric", sa.Text(), nullable=False),
    )


def _by_whom() -> "tuple[sa.Column[object], ...]":
    return (
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
    )


def _acts(table: str, key: str, of: str) -> None:
    op.create_table(
        table,
        sa.Column("publication", Id, nullable=False),
        sa.Column(key, Id, nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        *_by_whom(),
        sa.Column("note", sa.Text(), nullable=False),
        _refers(table, key, of, "id"),
        _refers(table, "publication", "publication", "number"),
        sa.PrimaryKeyConstraint("publication", name=op.f(f"pk_{table}")),
    )
    _index(table, key)


def _refers(table: str, column: str, to: str, key: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.{key}"], name=op.f(f"fk_{table}_{column}_{to}")
    )


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


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
TABLES = ("series_target", "series_target_act", "commentary", "commentary_act")
INSERT_ONLY = {
    "sqlite": [_sqlite(table, verb) for table in TABLES for verb in ("UPDATE", "DELETE")],
    "postgresql": [
        _postgresql(table, verb) for table in TABLES for verb in ("UPDATE", "DELETE", "TRUNCATE")
    ],
}
