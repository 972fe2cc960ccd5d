"""Keep which alerts stand, of which rule a notice is, and which digests went out."""

import sqlalchemy as sa
from alembic import op

from callboard.storage.moments import UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alert_standing",
        sa.Column("alert", sa.Text(), nullable=False),
        sa.Column("touchpoint", sa.Text(), nullable=False),
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("alert", "touchpoint", "metric", name=op.f("pk_alert_standing")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "digest_sending",
        sa.Column("due", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("due", name=op.f("pk_digest_sending")),
        sqlite_with_rowid=False,
    )
    # Not as a batch: a table made anew would lose its triggers.
    op.add_column("notice", sa.Column("alert", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    # An older Callboard knows no alerts, and would not read a list that has any.
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute("DROP TRIGGER notice_no_delete" + ("" if is_sqlite else " ON notice"))
    op.execute(f"DELETE FROM notice_delivery WHERE notice_id IN (SELECT id {OF_ALERTS})")
    op.execute(f"DELETE {OF_ALERTS}")
    op.execute(KEPT["sqlite" if is_sqlite else "postgresql"])
    op.drop_column("notice", "alert")
    op.drop_table("digest_sending")
    op.drop_table("alert_standing")


OF_ALERTS = "FROM notice WHERE alert <> ''"
KEPT = {
    "sqlite": "CREATE TRIGGER notice_no_delete BEFORE DELETE ON notice "
    "BEGIN SELECT RAISE(ABORT, 'notice is insert-only'); END",
    "postgresql": "CREATE TRIGGER notice_no_delete BEFORE DELETE ON notice "
    "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
}
