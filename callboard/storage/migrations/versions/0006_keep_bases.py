"""Keep per what a published rate is told, orders or passengers: without it, it is not known."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not as a batch: a table made anew would lose the triggers that keep it insert-only.
    op.add_column("benchmark", sa.Column("base", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("benchmark", "base")
