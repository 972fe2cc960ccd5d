"""Keep how many cases went from one touchpoint on to another, by day."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passage",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("cases", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "feed", "day", "origin", "destination", name=op.f("pk_passage")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_passage_day", "passage", ["day"])


def downgrade() -> None:
    op.drop_table("passage")
