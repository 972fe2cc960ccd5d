"""The plain forms of values in SQLite, which keeps any value in any column, and how to read others.

Plain values (numbers as numbers, moments as `YYYY-MM-DD HH:MM:SS`) are handled by SQL alone. A
column with values in another readable form (`2026-11-22T09:30:00Z`, '12.5' as text) is *odd*: it is
read through the functions of `plain_values`, in a first step that the rest of the query builds on.
"""

from collections.abc import Iterable
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection

from callboard.storage.feeds.table import FeedTable, Value
from data_contracts.model import ColumnType

_LARGEST = 1.7976931348623157e308
_SAMPLE = 1_000
_FUNCTION_OF = {
    ColumnType.NUMBER: "callboard_number",
    ColumnType.INTEGER: "callboard_whole",
    ColumnType.BOOLEAN: "callboard_yes_no",
    ColumnType.TIMESTAMP: "callboard_moment",
    ColumnType.DATE: "callboard_day",
}
HAS_OTHER_FORMS = frozenset(_FUNCTION_OF)
_READ_AS_NUMBER = (ColumnType.NUMBER, ColumnType.INTEGER, ColumnType.BOOLEAN)


def is_plain(value: Value, kind: ColumnType) -> ColumnElement[bool]:
    """Whether a SQLite value is in the plain form of its type; NULL for a value that is NULL."""
    match kind:
        case ColumnType.NUMBER:
            return value.between(-_LARGEST, _LARGEST)  # text is above any number
        case ColumnType.INTEGER:
            whole = sa.func.typeof(value) == "integer"
            is_finite = value.between(-_LARGEST, _LARGEST)
            real = sa.and_(sa.func.typeof(value) == "real", value == sa.func.round(value))
            return sa.and_(value.is_not(None), sa.or_(whole, sa.and_(real, is_finite)))
        case ColumnType.BOOLEAN:
            return sa.or_(value == 0, value == 1)
        case ColumnType.TIMESTAMP:
            return sa.and_(value.is_not(None), sa.func.datetime(value).is_not_distinct_from(value))
        case ColumnType.DATE:
            return sa.and_(value.is_not(None), sa.func.date(value).is_not_distinct_from(value))
        case _:
            return value.is_not(None)


def has_other_form(value: Value, kind: ColumnType) -> ColumnElement[bool]:
    """Whether a value that is not plain can be read all the same."""
    return _function(kind, value).is_not(None)


def find_odd(conn: Connection, table: FeedTable) -> frozenset[str]:
    """Columns of SQLite that are odd by their declaration, or in the first rows of the table."""
    if not table.is_sqlite:
        return frozenset()
    kinds = {
        each.name: each.type
        for each in table.contract.columns
        if each.type in _FUNCTION_OF and each.name not in table.absent
    }
    if not kinds:
        return frozenset()
    declared = {
        name
        for name, kind in kinds.items()
        if kind in _READ_AS_NUMBER and table.has_type(name, sa.String)
    }
    first = sa.select(*(table.raw[name].label(name) for name in kinds)).limit(_SAMPLE).subquery()
    tests = [
        sa.func.max(
            sa.and_(sa.not_(is_plain(first.c[name], kind)), has_other_form(first.c[name], kind))
        )
        for name, kind in kinds.items()
    ]
    found = conn.execute(sa.select(*tests)).one()
    return frozenset(declared) | {
        name for name, is_there in zip(kinds, found, strict=True) if is_there
    }


def read_odd(table: FeedTable, odd: Iterable[str], where: ColumnElement[bool] | None) -> FeedTable:
    """The rows of `table` that `where` asks for, their odd columns read into the plain form."""
    chosen = frozenset(odd)
    columns = [read_value(table, name).label(f"c_{name}") for name in sorted(chosen)]
    columns += [raw.label(f"raw_{name}") for name, raw in table.raw.items()]
    rows = sa.select(*columns).select_from(table.source)
    read = (rows if where is None else rows.where(where)).cte("read").prefix_with("MATERIALIZED")
    raw = {name: read.c[f"raw_{name}"] for name in table.raw}
    values = {name: read.c[f"c_{name}"] if name in chosen else raw[name] for name in raw}
    return replace(table, source=read, raw=raw, values=values)


def read_value(table: FeedTable, name: str) -> Value:
    """A column in its plain form, whatever readable form a value of SQLite has; NULL for none."""
    raw, kind = table.raw[name], table.contract.column(name).type
    if not table.is_sqlite or kind not in _FUNCTION_OF:
        return raw
    function = _function(kind, raw)
    if kind in _READ_AS_NUMBER and table.has_type(name, sa.String):
        return function  # a column declared as text compares as text, numbers too
    return sa.case((is_plain(raw, kind), raw), else_=function)


def _function(kind: ColumnType, value: Value) -> Value:
    function: Value = getattr(sa.func, _FUNCTION_OF[kind])(value, type_=value.type)
    return function
