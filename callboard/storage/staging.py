"""Temporary tables in which new readings lie beside the old ones, and the fast way to fill them."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import chain, islice
from operator import itemgetter
from typing import Any

import orjson
from psycopg.sql import SQL, Identifier
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Date,
    Double,
    Insert,
    MetaData,
    String,
    Table,
    Text,
    bindparam,
    func,
    insert,
    select,
)

from metrics.calendar import calendar_for
from metrics.model import Grain

BATCH = 20_000  # rows a statement: some megabytes of JSON
_ROOM_MB = 128
ROLLED_UP = (Grain.WEEK, Grain.MONTH)
_metadata = MetaData()


def _temporary(name: str, *columns: Column[Any]) -> Table:
    options: dict[str, Any] = {"sqlite_with_rowid": False, "postgresql_on_commit": "DROP"}
    return Table(name, _metadata, *columns, prefixes=["TEMPORARY"], **options)


# Each day that is replaced, and the periods that it is in.
calendar = _temporary(
    "calendar_days",
    Column("day", Date, primary_key=True),
    Column("week", Date, nullable=False),
    Column("week_end", Date, nullable=False),
    Column("month", Date, nullable=False),
    Column("month_end", Date, nullable=False),
)

incoming = _temporary(
    "incoming",
    Column("series", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    Column("numerator", Double),
    Column("denominator", Double),
    Column("n", BigInteger, nullable=False),
    Column("sumsq", Double),
    Column("sketch", Text),
)

changed = _temporary(
    "changed",
    Column("series", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
)

# What stays as it is, whatever comes in.
kept = _temporary(
    "kept_days",
    Column("series", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
)

# The periods that a change is in.
touched = _temporary(
    "touched",
    Column("grain", String(10), primary_key=True),
    Column("series", BigInteger, primary_key=True, autoincrement=False),
    Column("start", Date, primary_key=True),
    Column("finish", Date, nullable=False),
)

# The sketches of those periods.
merged = _temporary(
    "merged",
    Column("grain", String(10), primary_key=True),
    Column("series", BigInteger, primary_key=True, autoincrement=False),
    Column("start", Date, primary_key=True),
    Column("sketch", Text, nullable=False),
)


@contextmanager
def staging(conn: Connection, days: Iterable[date]) -> Iterator[None]:
    """Have the tables for the length of the block, empty but for `days` in `calendar`.

    No other connection sees them; one that is rolled back has them no more.
    """
    with _room(conn):
        _metadata.create_all(conn, checkfirst=False)
        fill(conn, calendar, (_periods(day) for day in days))
        yield
        _metadata.drop_all(conn, checkfirst=False)


@contextmanager
def _room(conn: Connection) -> Iterator[None]:
    """Memory to write and to sum up in; with what a page needs, much would be written twice."""
    if conn.dialect.name == "postgresql":
        conn.execute(select(func.set_config("work_mem", f"{_ROOM_MB}MB", True)))  # noqa: FBT003 - for this transaction
        yield
        return
    before = conn.exec_driver_sql("PRAGMA cache_size").scalar_one()
    conn.exec_driver_sql(f"PRAGMA cache_size=-{_ROOM_MB * 1024}")
    try:
        yield
    finally:
        conn.exec_driver_sql(f"PRAGMA cache_size={before}")


def _periods(day: date) -> tuple[str, ...]:
    found = [calendar_for(grain).period_of(day) for grain in ROLLED_UP]
    ends = [moment.isoformat() for each in found for moment in (each.start, each.end)]
    return day.isoformat(), *ends


def fill(conn: Connection, table: Table, records: Iterable[Sequence[object]]) -> None:
    """Insert `records`, tuples in the order of the columns, dates as ISO text.

    The first two columns are of the key: rows go in by them, so that neighbours come together.
    """
    rest = iter(records)
    batches = iter(lambda: sorted(islice(rest, BATCH), key=itemgetter(0, 1)), [])
    if conn.dialect.name == "postgresql":
        _copy(conn, table, chain.from_iterable(batches))
        return
    insert_batch = _from_json(table)
    for batch in batches:
        conn.execute(insert_batch, {"batch": orjson.dumps(batch).decode()})


def _from_json(table: Table) -> Insert:
    """One statement a batch: half the time of one a row, and Python's lock is not passed around."""
    record = func.json_each(bindparam("batch", type_=Text)).table_valued("value").c.value
    values = (func.json_extract(record, f"$[{place}]") for place in range(len(table.c)))
    return insert(table).from_select(table.c.keys(), select(*values))


def _copy(conn: Connection, table: Table, records: Iterable[Sequence[object]]) -> None:
    names = SQL(", ").join(map(Identifier, table.c.keys()))
    into = SQL("COPY {} ({}) FROM STDIN").format(Identifier(table.name), names)
    driver: Any = conn.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(into) as copy:
        for record in records:
            copy.write_row(record)
