"""The tables of what keeps benchmarks usable: names, peer sets, memory, rows that wait, reminders.

Rows are only ever added; acts say what holds, what waits and what is over.
"""

import json

from sqlalchemy import Column, Date, Enum, ForeignKey, Index, Integer, String, Table, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from callboard.entities import NameKind
from callboard.storage.benchmark_tables import submission
from callboard.storage.moments import UtcDateTime
from callboard.storage.tables import Id, metadata, publication


class TextList(TypeDecorator[tuple[str, ...]]):
    """Several texts in one column, in their order, as JSON."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, _: Dialect) -> str | None:
        """Give the store one text."""
        return None if value is None else json.dumps(list(value), ensure_ascii=False)

    def process_result_value(self, value: str | None, _: Dialect) -> tuple[str, ...] | None:
        """Give the texts back."""
        return None if value is None else tuple(json.loads(value))


_KIND = Enum(
    NameKind, native_enum=False, length=20, values_callable=lambda kinds: [k.value for k in kinds]
)

entity_name = Table(
    "entity_name",
    metadata,
    Column("id", Id, primary_key=True),
    Column("entity", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", _KIND, nullable=False),
    Column("from_day", Date),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("before", Text, nullable=False),
    sqlite_autoincrement=True,
)

entity_name_act = Table(
    "entity_name_act",
    metadata,
    Column("publication", ForeignKey(publication.c.number), primary_key=True),
    Column("name_id", ForeignKey(entity_name.c.id), nullable=False, index=True),
    Column("act", String(20), nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("note", Text, nullable=False),
)

peer_set_edit = Table(
    "peer_set_edit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("entities", TextList, nullable=False),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("before", Text, nullable=False),
    sqlite_autoincrement=True,
)

peer_set_edit_act = Table(
    "peer_set_edit_act",
    metadata,
    Column("publication", ForeignKey(publication.c.number), primary_key=True),
    Column("edit_id", ForeignKey(peer_set_edit.c.id), nullable=False, index=True),
    Column("act", String(20), nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("note", Text, nullable=False),
)

mapping_memory = Table(
    "mapping_memory",
    metadata,
    Column("id", Id, primary_key=True),
    Column("publisher", Text, nullable=False),
    Column("publisher_plain", Text, nullable=False, index=True),
    Column("shape", String(64), nullable=False, index=True),
    Column("answers", Text, nullable=False),
    Column("submission_id", ForeignKey(submission.c.id)),
    Column("actor", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)

parked_row = Table(
    "parked_row",
    metadata,
    Column("id", Id, primary_key=True),
    Column("file_name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("line", Integer, nullable=False),
    Column("word", Text, nullable=False),
    Column("raw", Text, nullable=False),
    Column("raw_hash", String(64), nullable=False, index=True),
    Column("answers", Text, nullable=False),
    Column("request", Text, nullable=False),
    Column("asked_of", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)

parked_row_act = Table(
    "parked_row_act",
    metadata,
    Column("id", Id, primary_key=True),
    Column("parked_row_id", ForeignKey(parked_row.c.id), nullable=False, index=True),
    Column("act", String(20), nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("note", Text, nullable=False),
    sqlite_autoincrement=True,
)

renewal_act = Table(
    "renewal_act",
    metadata,
    Column("id", Id, primary_key=True),
    Column("publisher", Text, nullable=False),
    Column("metric", Text, nullable=False),
    Column("act", String(20), nullable=False),
    Column("until", Date),
    Column("actor", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("note", Text, nullable=False),
    Index(None, "publisher", "metric"),
    sqlite_autoincrement=True,
)
