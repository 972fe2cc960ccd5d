"""How Alembic runs here: on the caller's connection, everything in the caller's one transaction.

Without the explicit BEGIN and `transactional_ddl` a kill leaves SQLite half-migrated for good.
"""

from alembic import context

import callboard.storage.alert_tables
import callboard.storage.annotation_tables
import callboard.storage.baseline_tables
import callboard.storage.benchmark_tables
import callboard.storage.break_tables
import callboard.storage.comment_tables
import callboard.storage.journey_tables
import callboard.storage.pack_tables
import callboard.storage.passage_table
import callboard.storage.shift_tables
import callboard.storage.signal_tables
import callboard.storage.target_tables
import callboard.storage.trust_tables
import callboard.storage.upkeep_tables
import callboard.storage.view_tables  # noqa: F401 - they complete the metadata
from callboard.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
