"""Looks at a database that nobody has described: which tables and views it has, of what columns."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Inspector
from sqlalchemy.engine.reflection import ObjectKind
from sqlalchemy.exc import DBAPIError, SAWarning
from sqlalchemy.types import TypeEngine

from data_contracts.model import ColumnType

_COLUMNS = 200
_KINDS: tuple[tuple[type[Any], ColumnType], ...] = (
    (sa.Boolean, ColumnType.BOOLEAN),
    (sa.Integer, ColumnType.INTEGER),
    (sa.Numeric, ColumnType.NUMBER),
    (sa.Float, ColumnType.NUMBER),
    (sa.DateTime, ColumnType.TIMESTAMP),
    (sa.Date, ColumnType.DATE),
    (sa.Uuid, ColumnType.STRING),
    (sa.String, ColumnType.STRING),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenColumn:
    """A column as its database declares it; `kind` None is a type that no contract can promise."""

    name: str
    kind: ColumnType | None
    has_zone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenTable:
    """A table or view; `schema` is empty where it is the database's own default.

    `unique` are the sets of columns in which the database itself keeps rows apart.
    """

    schema: str
    name: str
    is_view: bool
    is_typed: bool
    columns: tuple[SeenColumn, ...]
    key: tuple[str, ...] = ()
    unique: frozenset[frozenset[str]] = frozenset()

    @property
    def shown(self) -> str:
        """The name as a contract writes it."""
        return f"{self.schema}.{self.name}" if self.schema else self.name

    def column(self, name: str) -> SeenColumn:
        """The column called `name`; KeyError where there is none."""
        return {each.name: each for each in self.columns}[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """What a schema holds; `unreadable` are views that the database itself cannot make sense of."""

    tables: tuple[SeenTable, ...]
    unreadable: tuple[str, ...] = ()


def list_schemas(conn: Connection) -> tuple[str, tuple[str, ...]]:
    """The default schema ("" on SQLite, which has none) and all that are not the system's own."""
    if conn.dialect.name == "sqlite":
        return "", ()
    inspector = sa.inspect(conn)
    names = sorted(inspector.get_schema_names())
    own = (each for each in names if each != "information_schema" and not each.startswith("pg_"))
    return inspector.default_schema_name or "", tuple(own)


def list_tables(conn: Connection, schema: str) -> Tables:
    """Every table and view of a schema ("" is the default one) with its columns and keys.

    Parts of a partitioned table are left out: the whole stands for them.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)  # a type that is not known says so by its kind
        if conn.dialect.name == "sqlite":
            return _list_sqlite(conn)
        return Tables(tables=tuple(_list_postgresql(conn, schema)))


def _list_sqlite(conn: Connection) -> Tables:
    inspector = sa.inspect(conn)
    views = set(inspector.get_view_names())
    tables, unreadable = [], []
    for name in sorted([*inspector.get_table_names(), *views]):
        try:
            tables.append(_sqlite_table(inspector, name, is_view=name in views))
        except DBAPIError:
            unreadable.append(name)
    return Tables(tables=tuple(tables), unreadable=tuple(unreadable))


def _sqlite_table(inspector: Inspector, name: str, *, is_view: bool) -> SeenTable:
    key = inspector.get_pk_constraint(name).get("constrained_columns", [])
    others = [] if is_view else inspector.get_unique_constraints(name)
    return SeenTable(
        schema="",
        name=name,
        is_view=is_view,
        is_typed=False,
        columns=_columns(inspector.get_columns(name)),
        key=tuple(key),
        unique=_unique(key, others),
    )


def _list_postgresql(conn: Connection, schema: str) -> Iterator[SeenTable]:
    inspector = sa.inspect(conn)
    place, kind = schema or None, ObjectKind.ANY
    views = {*inspector.get_view_names(place), *inspector.get_materialized_view_names(place)}
    keys = inspector.get_multi_pk_constraint(place, kind=kind)
    others = inspector.get_multi_unique_constraints(place, kind=kind)
    parts = _partitions(conn, schema or inspector.default_schema_name or "")
    found = inspector.get_multi_columns(place, kind=kind)
    for where, columns in sorted(found.items(), key=lambda each: each[0][1]):
        name = where[1]
        if name in parts:
            continue
        key = keys[where]["constrained_columns"] if where in keys else []
        yield SeenTable(
            schema=schema,
            name=name,
            is_view=name in views,
            is_typed=True,
            columns=_columns(columns),
            key=tuple(key),
            unique=_unique(key, others.get(where, [])),
        )


def _partitions(conn: Connection, schema: str) -> frozenset[str]:
    tables = sa.table(
        "pg_class",
        *map(sa.column, ("relname", "relnamespace", "relispartition")),
        schema="pg_catalog",
    )
    schemas = sa.table("pg_namespace", sa.column("oid"), sa.column("nspname"), schema="pg_catalog")
    parts = (
        sa.select(tables.c.relname)
        .join_from(tables, schemas, tables.c.relnamespace == schemas.c.oid)
        .where(tables.c.relispartition, schemas.c.nspname == schema)
    )
    return frozenset(conn.execute(parts).scalars())


def _columns(found: Any) -> tuple[SeenColumn, ...]:
    return tuple(
        SeenColumn(
            name=each["name"],
            kind=_kind(each["type"]),
            has_zone=bool(getattr(each["type"], "timezone", False)),
        )
        for each in found[:_COLUMNS]
    )


def _kind(declared: TypeEngine[Any]) -> ColumnType | None:
    return next((kind for each, kind in _KINDS if isinstance(declared, each)), None)


def _unique(key: list[str], others: Any) -> frozenset[frozenset[str]]:
    sets = [key, *(each["column_names"] for each in others)]
    return frozenset(frozenset(each) for each in sets if each)
