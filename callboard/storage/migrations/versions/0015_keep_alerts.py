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
    op.drop_column("notice", "alert")
    op.drop_table("digest_sending")
    op.drop_table("alert_standing")
