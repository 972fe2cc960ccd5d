"""Reads some rows and values of a table that nobody has described.

Every question is bounded. Values come back as text (PostgreSQL) or as SQLite keeps them, moments in
UTC, so that no odd value stops the look.
"""

from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection

from callboard.storage.feeds.table_inspection import SeenColumn, SeenTable
from data_contracts.model import ColumnType

_COUNTED = 100_000
_CHARACTERS = 1_000  # of a value; more would be no name and no number


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Some rows of a table, its columns by their own names, and how many there are.

    Columns of a type that no contract can promise are left out. `count` stops at 100,000; `is_all`
    says that the rows are all there are.
    """

    rows: pd.DataFrame = field(repr=False)
    count: int
    is_all: bool

    @property
    def is_counted(self) -> bool:
        """Whether `count` is the true number, not just where counting stopped."""
        return self.count < _COUNTED


def read_sample(conn: Connection, table: SeenTable, limit: int) -> Sample:
    """Up to `limit` rows: the first, and where a key leads to them at once, the last."""
    _decode_leniently(conn)
    first = _rows(conn, table, limit)
    count = _count(conn, table)
    if len(first) < limit or not table.key:
        return Sample(rows=first, count=count, is_all=len(first) < limit)
    last = _rows(conn, table, limit // 2, from_the_end=True)
    rows = pd.concat([first.head(limit - limit // 2), last], ignore_index=True)
    rows = rows.drop_duplicates(list(table.key), ignore_index=True)
    return Sample(rows=rows, count=count, is_all=count <= len(rows))


def _rows(
    conn: Connection, table: SeenTable, limit: int, *, from_the_end: bool = False
) -> pd.DataFrame:
    columns = [each for each in table.columns if each.kind is not None or not table.is_typed]
    names = [each.name for each in columns]
    shown = [_shown(table, each).label(f"callboard_{at}") for at, each in enumerate(columns)]
    rows = sa.select(*shown).select_from(_source(table)).limit(limit)
    if from_the_end:
        rows = rows.order_by(*(sa.column(each).desc() for each in table.key))
    found = [tuple(row) for row in conn.execute(rows)]
    return pd.DataFrame(found, columns=pd.Index(names, dtype=object), dtype=object)


def _source(table: SeenTable) -> sa.TableClause:
    return sa.table(table.name, schema=table.schema or None)


def _shown(table: SeenTable, column: SeenColumn) -> sa.ColumnElement[Any]:
    """A value in a form that every driver can hand over, cut where it is too long to mean much."""
    value: sa.ColumnElement[Any] = sa.column(column.name)
    if not table.is_typed:
        is_long = sa.func.typeof(value).in_(["text", "blob"])
        return sa.case((is_long, sa.func.substr(value, 1, _CHARACTERS)), else_=value)
    if column.has_zone and column.kind is ColumnType.TIMESTAMP:
        value = sa.func.timezone("UTC", value)
    return sa.func.left(sa.cast(value, sa.Text), _CHARACTERS)


def _count(conn: Connection, table: SeenTable) -> int:
    rows = sa.select(sa.literal(1)).select_from(_source(table)).limit(_COUNTED).subquery()
    return int(conn.execute(sa.select(sa.func.count()).select_from(rows)).scalar_one())


def read_distinct(conn: Connection, table: SeenTable, column: str, *, limit: int) -> dict[str, int]:
    """Up to `limit` different values of a column as text, with their rows, the most frequent first.

    It looks at every row of the table.
    """
    _decode_leniently(conn)
    value = sa.cast(sa.column(column), sa.Text).label("value")
    counted = (
        sa.select(value, sa.func.count().label("rows"))
        .select_from(_source(table))
        .where(sa.column(column).is_not(None))
        .group_by(sa.text("1"))
        .order_by(sa.text("2 DESC"), sa.text("1"))
        .limit(limit)
    )
    return {str(row[0]): int(row[1]) for row in conn.execute(counted)}


def _decode_leniently(conn: Connection) -> None:
    """One value that is not UTF-8 does not keep SQLite from showing the others."""
    if conn.dialect.name == "sqlite":
        driver: Any = conn.connection.driver_connection
        driver.text_factory = _decode


def _decode(found: bytes) -> str:
    return found.decode("utf-8", errors="replace")
