"""A feed's table as its database has it, beside what its contract promises of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, FromClause
from sqlalchemy.exc import NoSuchTableError
from sqlalchemy.types import TypeEngine

from data_contracts.model import ColumnType, Contract

Value = ColumnElement[Any]
Types = Mapping[str, TypeEngine[Any]]
NUMBERS = (sa.Integer, sa.Numeric, sa.Float)
_FITS: dict[ColumnType, tuple[type[Any], ...]] = {
    ColumnType.NUMBER: NUMBERS,
    ColumnType.INTEGER: NUMBERS,
    ColumnType.BOOLEAN: (sa.Boolean, *NUMBERS),
    ColumnType.DATE: (sa.Date, sa.DateTime),
    ColumnType.TIMESTAMP: (sa.DateTime, sa.Date),
}
_IN_SQLITE: dict[ColumnType, TypeEngine[Any]] = {
    ColumnType.NUMBER: sa.Float(),
    ColumnType.INTEGER: sa.Integer(),
    ColumnType.BOOLEAN: sa.Integer(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedTable:
    """Where a feed's rows are and what is known of its columns, all by the contract's names.

    `raw` is each column as it stands, `values` as the contract's type, which differs where SQLite
    keeps another form of it (`feed_forms`). `filled` columns cannot be NULL; no two rows are alike
    in the columns of one of `unique`. The contract requires `missing` and the table lacks it;
    `absent` adds what it lacks and may; `retyped` says what a column is instead of the promised.
    `columns` are all that the table has, by its own names; `extra` those that nobody promised.
    """

    contract: Contract
    dialect: str
    source: FromClause
    raw: Mapping[str, Value]
    values: Mapping[str, Value]
    types: Types
    filled: frozenset[str] = frozenset()
    unique: frozenset[frozenset[str]] = frozenset()
    missing: tuple[str, ...] = ()
    absent: frozenset[str] = frozenset()
    retyped: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()

    @property
    def is_sqlite(self) -> bool:
        """Whether any value may stand in any column, whatever the type."""
        return self.dialect == "sqlite"

    def has_type(self, name: str, *kinds: type[Any]) -> bool:
        """Whether the database itself declares a column to be of one of these types."""
        return isinstance(self.types[name], kinds)

    def is_odd(self, name: str) -> bool:
        """Whether a column is read into another form than the one it stands in."""
        return self.raw[name] is not self.values[name]

    def text(self, name: str) -> Value:
        """A column as text; PostgreSQL compares its own enums with nothing but themselves."""
        value = self.values[name]
        is_text = self.has_type(name, sa.String) and not self.has_type(name, sa.Enum)
        return value if is_text else sa.cast(value, sa.Text)


def find_table(conn: Connection, contract: Contract) -> FeedTable | None:
    """The table or view that `contract` names, as it is now; None where there is none."""
    schema, _, name = contract.table.rpartition(".")
    inspector = sa.inspect(conn)
    try:
        found = {each["name"]: each for each in inspector.get_columns(name, schema or None)}
    except NoSuchTableError:
        return None
    names = _actual_names(contract, found)
    types = {each: found[actual]["type"] for each, actual in names.items()}
    dialect = conn.dialect.name
    typed = _typed_columns(contract, names, types, dialect)
    table = sa.table(name, *typed, schema=schema or None)
    raw = _raw_columns(contract, table, names)
    return FeedTable(
        contract=contract,
        dialect=dialect,
        source=table,
        raw=raw,
        values=raw,
        types={each.name: types.get(each.name, sa.types.NULLTYPE) for each in contract.columns},
        filled=frozenset(each for each, actual in names.items() if not found[actual]["nullable"]),
        unique=_unique(inspector, name, schema or None, names),
        missing=tuple(c.name for c in contract.columns if c.required and c.name not in names),
        absent=frozenset(c.name for c in contract.columns if c.name not in names),
        retyped={} if dialect == "sqlite" else _retyped(contract, types),
        columns=tuple(found),
        extra=tuple(each for each in found if each not in names.values()),
    )


def lost_columns(table: FeedTable, before: Collection[str]) -> tuple[str, ...]:
    """Columns of `before` (the table's own names) that have gone, but for what is `missing`."""
    required = {table.contract.column(name).physical_name for name in table.missing}
    known = {name.lower() for name in (*table.columns, *required)}
    return tuple(sorted(name for name in set(before) if name.lower() not in known))


def _actual_names(contract: Contract, found: Mapping[str, object]) -> dict[str, str]:
    """The columns that are there: the contract's name and the table's."""
    actual = {each.name: actual_name(each.physical_name, found) for each in contract.columns}
    return {name: there for name, there in actual.items() if there is not None}


def actual_name(promised: str, found: Mapping[str, object]) -> str | None:
    """The column so called; where none is, the only one that differs in capitals alone."""
    if promised in found:
        return promised
    alike = [name for name in found if name.lower() == promised.lower()]
    return alike[0] if len(alike) == 1 else None


def _typed_columns(
    contract: Contract, names: Mapping[str, str], types: Types, dialect: str
) -> list[sa.ColumnClause[Any]]:
    """SQLite's own types say little; its moments and days are text."""
    promised = {each.name: each.type for each in contract.columns}
    return [
        sa.column(
            actual,
            _IN_SQLITE.get(promised[name], sa.Text()) if dialect == "sqlite" else types[name],
        )
        for name, actual in names.items()
    ]


def _raw_columns(
    contract: Contract, table: sa.TableClause, names: Mapping[str, str]
) -> dict[str, Value]:
    """Each promised column as it stands; one that is not there is always missing."""
    return {
        each.name: table.c[names[each.name]] if each.name in names else _nothing(each.type)
        for each in contract.columns
    }


def _nothing(kind: ColumnType) -> Value:
    return sa.cast(sa.null(), _IN_SQLITE.get(kind, sa.Text()))


def _unique(
    inspector: sa.Inspector, table: str, schema: str | None, names: Mapping[str, str]
) -> frozenset[frozenset[str]]:
    promised = {actual: name for name, actual in names.items()}
    sets: list[Any] = [inspector.get_pk_constraint(table, schema).get("constrained_columns", [])]
    sets += [each["column_names"] for each in inspector.get_unique_constraints(table, schema)]
    return frozenset(
        frozenset(promised[each] for each in columns)
        for columns in sets
        if columns and all(each in promised for each in columns)
    )


def _retyped(contract: Contract, types: Types) -> dict[str, str]:
    return {
        column.name: type(types[column.name]).__name__.lower()
        for column in contract.columns
        if column.name in types
        and column.type in _FITS
        and not isinstance(types[column.name], _FITS[column.type])
    }
