"""Temporary tables in which new readings lie beside the old ones, and the fast way to fill them."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Date, Double, MetaData, Table, Text

BATCH = 20_000
_OPTIONS: dict[str, Any] = {
    "prefixes": ["TEMPORARY"],
    "sqlite_with_rowid": False,
    "postgresql_on_commit": "DROP",
}
_metadata = MetaData()

incoming = Table(
    "incoming",
    _metadata,
    Column("series", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    Column("week", Date, nullable=False),
    Column("month", Date, nullable=False),
    Column("numerator", Double),
    Column("denominator", Double),
    Column("n", BigInteger, nullable=False),
    Column("sumsq", Double),
    Column("sketch", Text),
    **_OPTIONS,
)

changed = Table(
    "changed",
    _metadata,
    Column("series", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    Column("week", Date, nullable=False),
    Column("month", Date, nullable=False),
    **_OPTIONS,
)


@contextmanager
def staging(conn: Connection) -> Iterator[None]:
    """Have both tables, empty, for the length of the block; no other connection sees them."""
    _metadata.create_all(conn, checkfirst=False)
    yield
    _metadata.drop_all(conn, checkfirst=False)


def fill(conn: Connection, table: Table, records: Iterable[Sequence[object]]) -> None:
    """Insert `records`, tuples in the order of the columns, dates as ISO text."""
    if conn.dialect.name == "postgresql":
        _copy(conn, table, records)
        return
    names = ", ".join(table.c.keys())
    places = ", ".join("?" for _ in table.c)
    insert = f"INSERT INTO {table.name} ({names}) VALUES ({places})"  # noqa: S608 - our own names
    rest = iter(records)
    while batch := list(islice(rest, BATCH)):
        conn.exec_driver_sql(insert, batch)


def _copy(conn: Connection, table: Table, records: Iterable[Sequence[object]]) -> None:
    names = ", ".join(table.c.keys())
    driver: Any = conn.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
        for record in records:
            copy.write_row(record)
