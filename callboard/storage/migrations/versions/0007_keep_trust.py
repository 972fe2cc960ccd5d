"""Keep corrections, waivers, what is held of each slice, and who was told; the past is kept."""

import sqlalchemy as sa
from alembic import op

from callboard.storage.moments import UtcDateTime

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not as a batch: a table made anew would lose its triggers.
    for table, columns in gained().items():
        for column in columns:
            op.add_column(table, column)
    op.create_index(TREND, "rule_result", ["rule_id", "slice_key", "run_id"])
    _people()
    _slices()
    _notices()
    for statement in INSERT_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for table in reversed(NEW):
        op.drop_table(table)
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for verb in VERBS["sqlite" if is_sqlite else "postgresql"]:
        op.execute(
            f"DROP TRIGGER rule_result_no_{verb.lower()}"
            + ("" if is_sqlite else " ON rule_result")
        )
    op.drop_index(TREND, "rule_result")
    for table, columns in gained().items():
        for column in columns:
            op.drop_column(table, column.name)


def gained() -> "dict[str, tuple[sa.Column[object], ...]]":
    """The columns that tables gain; a row that is there already has had nothing of the kind."""
    return {
        "run": (
            sa.Column("rows_collapsed", sa.BigInteger(), nullable=False, server_default="0"),
            _text("evidence"),
        ),
        "rule_result": (
            sa.Column("observed", sa.Double(), nullable=True),
            sa.Column("waived_until", sa.Date(), nullable=True),
        ),
        "feed_state": (
            sa.Column("slices", sa.JSON(), nullable=False, server_default="[]"),
        ),
        "quarantine": (
            _text("suggestion"),
            _text("touchpoint"),
            _text("resolved_by"),
            sa.Column("resolved_at", UtcDateTime(), nullable=True),
            _text("note"),
        ),
    }


def _text(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def _done() -> "tuple[sa.Column[object], ...]":
    return (
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )


def _people() -> None:
    op.create_table(
        "quarantine_act",
        sa.Column("id", Id, nullable=False),
        sa.Column("quarantine_id", Id, nullable=False),
        *_done(),
        sa.Column("fields", sa.Text(), nullable=False),
        _refers("quarantine_act", "quarantine_id", "quarantine", "id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine_act")),
        sqlite_autoincrement=True,
    )
    _index("quarantine_act", "quarantine_id")
    op.create_table(
        "correction",
        sa.Column("id", Id, nullable=False),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("row_key", sa.Text(), nullable=False),
        sa.Column("row_hash", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        sqlite_autoincrement=True,
    )
    _index("correction", "feed", "row_key", "row_hash")
    op.create_table(
        "waiver",
        sa.Column("id", Id, nullable=False),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("rule_id", sa.Text(), nullable=False),
        sa.Column("slice_key", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiver")),
        sqlite_autoincrement=True,
    )
    _index("waiver", "feed")
    op.create_table(
        "waiver_act",
        sa.Column("id", Id, nullable=False),
        sa.Column("waiver_id", Id, nullable=False),
        *_done(),
        _refers("waiver_act", "waiver_id", "waiver", "id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiver_act")),
        sqlite_autoincrement=True,
    )
    _index("waiver_act", "waiver_id")


def _slices() -> None:
    op.create_table(
        "slice_day",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("touchpoint", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("rows_in", sa.BigInteger(), nullable=False),
        sa.Column("rows_used", sa.BigInteger(), nullable=False),
        sa.Column("run_id", Id, nullable=False),
        sa.PrimaryKeyConstraint("feed", "touchpoint", "day", name=op.f("pk_slice_day")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "slice_run",
        sa.Column("run_id", Id, nullable=False),
        sa.Column("touchpoint", sa.Text(), nullable=False),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("judged_at", UtcDateTime(), nullable=False),
        sa.Column("rules_passed", sa.Integer(), nullable=False),
        sa.Column("rules_judged", sa.Integer(), nullable=False),
        sa.Column("rows_in", sa.BigInteger(), nullable=False),
        sa.Column("rows_used", sa.BigInteger(), nullable=False),
        _refers("slice_run", "run_id", "run", "id"),
        sa.PrimaryKeyConstraint("run_id", "touchpoint", name=op.f("pk_slice_run")),
        sqlite_with_rowid=False,
    )
    _index("slice_run", "judged_at")


def _notices() -> None:
    op.create_table(
        "told_badge",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("slice_key", sa.Text(), nullable=False),
        sa.Column("badge", sa.String(length=30), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("feed", "slice_key", name=op.f("pk_told_badge")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "notice",
        sa.Column("id", Id, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("slice_key", sa.Text(), nullable=False),
        sa.Column("badge", sa.String(length=30), nullable=False),
        sa.Column("before", sa.String(length=30), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "notice_delivery",
        sa.Column("id", Id, nullable=False),
        sa.Column("notice_id", Id, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        _refers("notice_delivery", "notice_id", "notice", "id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_delivery")),
        sqlite_autoincrement=True,
    )
    _index("notice_delivery", "notice_id")
    _index("notice_delivery", "state")


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
TREND = "ix_rule_result_rule_id_slice_key_run_id"
VERBS = {"sqlite": ("UPDATE", "DELETE"), "postgresql": ("UPDATE", "DELETE", "TRUNCATE")}
NEW = (
    *("quarantine_act", "correction", "waiver", "waiver_act"),
    *("slice_day", "slice_run", "told_badge", "notice", "notice_delivery"),
)
TABLES = (
    *("rule_result", "quarantine_act", "correction"),
    *("waiver", "waiver_act", "notice", "slice_run"),
)
INSERT_ONLY = {
    "sqlite": [_sqlite(table, verb) for table in TABLES for verb in VERBS["sqlite"]],
    "postgresql": [_postgresql(table, verb) for table in TABLES for verb in VERBS["postgresql"]],
}
