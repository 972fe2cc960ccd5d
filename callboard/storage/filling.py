"""The fast way to put many rows into a table of the store, on either engine."""

import io
from typing import Any

import pyarrow as pa
import pyarrow.csv as arrow_csv
from psycopg.sql import SQL, Identifier
from sqlalchemy import Connection, Table

from callboard.storage.benchmark_columns import says_nothing

_BATCH = 20_000


def fill_table(conn: Connection, table: Table, rows: "pa.Table") -> None:
    """Insert `rows`, whose columns have names of the table's."""
    for start in range(0, rows.num_rows, _BATCH):
        batch = rows.slice(start, _BATCH)
        if conn.dialect.name == "postgresql":
            _copy(conn, table, batch)
        else:
            _insert(conn, table, batch)


def _insert(conn: Connection, table: Table, rows: "pa.Table") -> None:
    """Only columns that say something are bound; most of a file's say nothing at all."""
    words = {name: _nothing(rows[name]) for name in rows.column_names}
    bound = [name for name in rows.column_names if not words[name]]
    columns = ", ".join(f'"{name}"' for name in rows.column_names)
    values = ", ".join(words[name] or "?" for name in rows.column_names)
    into = f'INSERT INTO "{table.name}" ({columns}) VALUES ({values})'  # noqa: S608 - our own names
    records = list(zip(*(_cells(rows[name]) for name in bound), strict=True))
    conn.exec_driver_sql(into, records)


def _nothing(column: "pa.ChunkedArray") -> str:
    """The SQL of a column that says nothing in any row; else no text."""
    if not says_nothing(column):
        return ""
    return "NULL" if column.null_count else "''"


def _cells(column: "pa.ChunkedArray") -> list[object]:
    as_text = pa.types.is_date(column.type)
    cells: list[object] = (column.cast(pa.string()) if as_text else column).to_pylist()
    return cells


def _copy(conn: Connection, table: Table, rows: "pa.Table") -> None:
    """Arrow writes nulls as nothing and texts in quotes, as COPY tells the two apart."""
    text = io.BytesIO()
    arrow_csv.write_csv(rows, text, arrow_csv.WriteOptions(include_header=False))
    names = SQL(", ").join(map(Identifier, rows.column_names))
    into = SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(Identifier(table.name), names)
    driver: Any = conn.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(into) as copy:
        copy.write(text.getvalue())
