"""What the columns of a typed database may still hold beside the values that a contract means."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlalchemy.types import TypeEngine

from callboard.storage.feeds.table import FeedTable, Value
from data_contracts.model import ColumnType

_NOT_FINITE = ("NaN", "Infinity", "-Infinity")


def rightness(table: FeedTable, column: str, kind: ColumnType) -> list[ColumnElement[bool]]:
    """What a typed PostgreSQL column may still get wrong: no number, no whole number, no 0 or 1."""
    value = table.values[column]
    tests: list[ColumnElement[bool]] = []
    if kind in (ColumnType.NUMBER, ColumnType.INTEGER) and table.has_type(column, *_INEXACT):
        tests.append(value.not_in(_not_finite(value.type)))
        if kind is ColumnType.INTEGER:
            tests.append(value == sa.func.trunc(value))
    if kind is ColumnType.BOOLEAN and not table.has_type(column, sa.Boolean):
        tests.append(value.in_([0, 1]))
    if kind is ColumnType.DATE and table.has_type(column, sa.DateTime):
        tests.append(value == sa.func.date_trunc("day", value))
    return tests


_INEXACT = (sa.Numeric, sa.Float)


def _not_finite(declared: TypeEngine[Any]) -> list[Value]:
    """What a type has beside numbers: with a fixed precision, PostgreSQL has no infinity."""
    is_fixed = isinstance(declared, sa.Numeric) and declared.precision is not None
    words = _NOT_FINITE[:1] if is_fixed else _NOT_FINITE
    return [sa.cast(each, declared) for each in words]
