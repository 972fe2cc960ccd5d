"""Keep what people keep for themselves: saved views, followed metrics, small settings."""

import sqlalchemy as sa
from alembic import op

from callboard.storage.moments import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_view",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "name", name=op.f("pk_saved_view")),
    )
    op.create_table(
        "follow",
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("touchpoint", sa.Text(), nullable=False),
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("actor", "touchpoint", "metric", name=op.f("pk_follow")),
    )
    op.create_table(
        "actor_setting",
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("actor", "name", name=op.f("pk_actor_setting")),
    )


def downgrade() -> None:
    for table in ("actor_setting", "follow", "saved_view"):
        op.drop_table(table)
