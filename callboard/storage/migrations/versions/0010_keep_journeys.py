"""Keep the journeys that are drawn on screen, every version of them."""

import sqlalchemy as sa
from alembic import op

from callboard.storage.moments import UtcDateTime

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", Id, nullable=False),
        sa.Column("journey", sa.String(length=63), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("publication", Id, nullable=False),
        sa.ForeignKeyConstraint(
            ["publication"],
            ["publication.number"],
            name=op.f("fk_journey_edit_publication_publication"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journey_edit")),
        sqlite_autoincrement=True,
    )
    op.create_index(f"ix_{TABLE}_journey", TABLE, ["journey"])
    for statement in INSERT_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table(TABLE)


def _sqlite(verb: str) -> str:
    return (
        f"CREATE TRIGGER {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{TABLE} is insert-only'); END"
    )


def _postgresql(verb: str) -> str:
    each = "STATEMENT" if verb == "TRUNCATE" else "ROW"
    return (
        f"CREATE TRIGGER {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
        f"FOR EACH {each} EXECUTE FUNCTION refuse_change()"
    )


# The function `refuse_change` is there since the store was laid.
TABLE = "journey_edit"
INSERT_ONLY = {
    "sqlite": [_sqlite(verb) for verb in ("UPDATE", "DELETE")],
    "postgresql": [_postgresql(verb) for verb in ("UPDATE", "DELETE", "TRUNCATE")],
}
