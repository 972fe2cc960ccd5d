"""Keep what people did about signals."""

import sqlalchemy as sa
from alembic import op

from callboard.storage.moments import UtcDateTime

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KEY = ("touchpoint", "metric", "grain", "since")


def upgrade() -> None:
    op.create_table(
        "signal_act",
        sa.Column("id", Id, nullable=False),
        sa.Column("touchpoint", sa.Text(), nullable=False),
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("grain", sa.String(length=10), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("signal", sa.String(length=20), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("assignee", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("publication", Id, nullable=False),
        sa.ForeignKeyConstraint(
            ["publication"],
            ["publication.number"],
            name=op.f("fk_signal_act_publication_publication"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal_act")),
        sqlite_autoincrement=True,
    )
    op.create_index(f"ix_signal_act_{'_'.join(KEY)}", "signal_act", list(KEY))
    for statement in INSERT_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("signal_act")


# The function `refuse_change` is there since the store was laid.
INSERT_ONLY = {
    "sqlite": [
        f"CREATE TRIGGER signal_act_no_{verb.lower()} BEFORE {verb} ON signal_act "
        "BEGIN SELECT RAISE(ABORT, 'signal_act is insert-only'); END"
        for verb in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        f"CREATE TRIGGER signal_act_no_{verb.lower()} BEFORE {verb} ON signal_act "
        f"FOR EACH {'STATEMENT' if verb == 'TRUNCATE' else 'ROW'} EXECUTE FUNCTION refuse_change()"
        for verb in ("UPDATE", "DELETE", "TRUNCATE")
    ],
}
