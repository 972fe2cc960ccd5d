"""Keep names, peer sets, what was said of files, rows that wait and reminders; only ever added."""

import sqlalchemy as sa
from alembic import op

from callboard.storage.moments import UtcDateTime

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _shelf(
        "entity_name",
        "name_id",
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=True),
    )
    _shelf(
        "peer_set_edit",
        "edit_id",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("entities", sa.Text(), nullable=False),
    )
    op.create_table(
        "mapping_memory",
        sa.Column("id", Id, nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("publisher_plain", sa.Text(), nullable=False),
        sa.Column("shape", sa.String(length=64), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("submission_id", Id, nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        _refers("mapping_memory", "submission_id", "submission", "id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mapping_memory")),
        sqlite_autoincrement=True,
    )
    _index("mapping_memory", "publisher_plain")
    _index("mapping_memory", "shape")
    op.create_table(
        "parked_row",
        sa.Column("id", Id, nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("raw_hash", sa.String(length=64), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("asked_of", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parked_row")),
        sqlite_autoincrement=True,
    )
    _index("parked_row", "raw_hash")
    op.create_table(
        "parked_row_act",
        sa.Column("id", Id, nullable=False),
        sa.Column("parked_row_id", Id, nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        _refers("parked_row_act", "parked_row_id", "parked_row", "id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parked_row_act")),
        sqlite_autoincrement=True,
    )
    _index("parked_row_act", "parked_row_id")
    op.create_table(
        "renewal_act",
        sa.Column("id", Id, nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_renewal_act")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_renewal_act_publisher_metric", "renewal_act", ["publisher", "metric"])
    for statement in INSERT_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _shelf(name: str, owner: str, *columns: "sa.Column[object]") -> None:
    """A table of what people approve, and the one of the acts upon it."""
    op.create_table(
        name,
        sa.Column("id", Id, nullable=False),
        *columns,
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sqlite_autoincrement=True,
    )
    acts = f"{name}_act"
    op.create_table(
        acts,
        sa.Column("publication", Id, nullable=False),
        sa.Column(owner, Id, nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        _refers(acts, owner, name, "id"),
        _refers(acts, "publication", "publication", "number"),
        sa.PrimaryKeyConstraint("publication", name=op.f(f"pk_{acts}")),
    )
    _index(acts, owner)


def _refers(table: str, column: str, to: str, key: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.{key}"], name=op.f(f"fk_{table}_{column}_{to}")
    )


def _index(table: str, column: str) -> None:
    op.create_index(f"ix_{table}_{column}", table, [column])


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
TABLES = (
    *("entity_name", "entity_name_act", "peer_set_edit", "peer_set_edit_act"),
    *("mapping_memory", "parked_row", "parked_row_act", "renewal_act"),
)
INSERT_ONLY = {
    "sqlite": [_sqlite(table, verb) for table in TABLES for verb in ("UPDATE", "DELETE")],
    "postgresql": [
        _postgresql(table, verb) for table in TABLES for verb in ("UPDATE", "DELETE", "TRUNCATE")
    ],
}
