"""Measures as SQL aggregates, per dialect: the formula of every metric over a feed's rows."""

import math
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from callboard.storage.feeds.check_sql import among
from callboard.storage.feeds.recipes import Kind, Measure
from callboard.storage.feeds.table import FeedTable, Value
from data_contracts.model import ColumnType
from metrics.model import Comparison, Condition, Quantity, Unit
from metrics.sketch import GAMMA, SMALLEST

Predicate = ColumnElement[bool]
SMALL = "-9999"  # stands for the bucket of what is too small for a logarithm
_LOG_GAMMA = math.log(GAMMA)
_SECONDS = {Unit.SECONDS: 1, Unit.MINUTES: 60, Unit.HOURS: 3_600, Unit.DAYS: 86_400}


class MeasureSql:
    """The aggregates of measures over the rows of one table."""

    def __init__(self, table: FeedTable) -> None:
        """Keep the table whose columns the measures name."""
        self._table = table
        self._types = {each.name: each.type for each in table.contract.columns}

    def aggregate(self, measure: Measure) -> Value:
        """The aggregate of `measure`; counts are 0 and all else is NULL where there is no row."""
        if measure.quantity is None:
            return self._count_rows(measure.where)
        value = self._quantity(measure.quantity)
        tests = [*map(self.holds, measure.where), *_bounds(value, measure)]
        match measure.kind:
            case Kind.PRESENT:
                return sa.func.count(_only_where(value, tests))
            case Kind.SQUARES:
                exact = sa.cast(value, sa.Double) if not self._table.is_sqlite else value
                return sa.func.sum(_only_where(exact * exact, tests))
            case Kind.BUCKETS:
                return join_texts(self._table, _only_where(self._bucket(value), tests))
        total = sa.func.sum(_only_where(value, tests))
        return sa.cast(total, sa.Double) if self._is_decimal(value) else total

    def _is_decimal(self, value: Value) -> bool:
        """Whether PostgreSQL adds such values up to a decimal, which the store has no use for."""
        return not self._table.is_sqlite and isinstance(value.type, sa.Numeric | sa.BigInteger)

    def holds(self, condition: Condition) -> Predicate:
        """A condition; a missing value satisfies none but `missing`."""
        column, kind = condition.column, self._types[condition.column]
        value = self._value(column)
        if condition.comparison is Comparison.PRESENT:
            return value.is_not(None)
        if condition.comparison is Comparison.MISSING:
            return value.is_(None)
        if condition.other is not None:
            return _compare(value, condition.comparison, self._value(condition.other))
        if isinstance(condition.value, tuple):
            words = [self._literal(column, kind, each) for each in condition.value]
            is_among = among(self._table, value, words)
            return is_among if condition.comparison is Comparison.IN else sa.not_(is_among)
        assert condition.value is not None
        literal = self._literal(column, kind, condition.value)
        return _compare(value, condition.comparison, literal)

    def is_measured(self, measure: Measure) -> Predicate:
        """Whether a row is among those that `measure` is taken of."""
        tests = [self.holds(each) for each in measure.where]
        if measure.quantity is not None:
            value = self._quantity(measure.quantity)
            tests += [value.is_not(None), *_bounds(value, measure)]
        return sa.and_(sa.true(), *tests)

    def _count_rows(self, where: tuple[Condition, ...]) -> Value:
        if not where:
            return sa.func.count()
        return sa.func.count(sa.case((sa.and_(*map(self.holds, where)), 1)))

    def _value(self, name: str) -> Value:
        if self._types[name] is ColumnType.STRING:
            return self._table.text(name)
        return self._table.values[name]

    def _quantity(self, quantity: Quantity) -> Value:
        if quantity.column is not None:
            value = self._value(quantity.column)
            is_yes_no = self._table.has_type(quantity.column, sa.Boolean)
            return sa.cast(value, sa.Integer) if is_yes_no and not self._table.is_sqlite else value
        assert quantity.start is not None
        assert quantity.end is not None
        assert quantity.unit is not None
        start, end = self._value(quantity.start), self._value(quantity.end)
        return self._seconds_between(start, end) / sa.literal(float(_SECONDS[quantity.unit]))

    def _seconds_between(self, start: Value, end: Value) -> Value:
        if self._table.is_sqlite:
            days = sa.func.julianday(end) - sa.func.julianday(start)
            return sa.func.round(days * 86_400.0, 3, type_=sa.Float)
        span = sa.cast(end, sa.DateTime) - sa.cast(start, sa.DateTime)
        return sa.cast(sa.extract("epoch", span), sa.Double)

    def _bucket(self, value: Value) -> Value:
        number = value if self._table.is_sqlite else sa.cast(value, sa.Double)
        bucket = sa.cast(sa.func.ceil(sa.func.ln(number) / sa.literal(_LOG_GAMMA)), sa.Integer)
        return sa.case((number < SMALLEST, SMALL), else_=sa.cast(bucket, sa.Text))

    def _literal(self, column: str, kind: ColumnType, value: Any) -> Value:
        match kind:
            case ColumnType.STRING:
                return sa.literal(str(value), sa.Text)
            case ColumnType.BOOLEAN:
                is_yes_no = not self._table.is_sqlite and self._table.has_type(column, sa.Boolean)
                return sa.literal(bool(value)) if is_yes_no else sa.literal(int(value))
            case ColumnType.DATE | ColumnType.TIMESTAMP:
                return self._moment(column, kind, datetime.fromisoformat(str(value)))
        return sa.literal(value)

    def _moment(self, column: str, kind: ColumnType, moment: datetime) -> Value:
        utc = moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
        if not self._table.is_sqlite:
            return sa.cast(sa.literal(utc, sa.DateTime()), self._table.types[column])
        text = utc.date().isoformat() if kind is ColumnType.DATE else utc.isoformat(sep=" ")
        return sa.literal(text, sa.Text)


def join_texts(table: FeedTable, value: Value) -> Value:
    """An aggregate that joins texts with commas."""
    join = sa.func.group_concat if table.is_sqlite else sa.func.string_agg
    joined: Value = join(value, sa.literal(",", sa.Text), type_=sa.Text)
    return joined


def _only_where(value: Value, tests: list[Predicate]) -> Value:
    return sa.case((sa.and_(*tests), value)) if tests else value


def _bounds(value: Value, measure: Measure) -> Iterable[Predicate]:
    if measure.at_least is not None:
        yield value >= measure.at_least
    if measure.at_most is not None:
        yield value <= measure.at_most


def _compare(value: Value, comparison: Comparison, other: Value) -> Predicate:
    match comparison:
        case Comparison.EQUAL:
            return value == other
        case Comparison.NOT_EQUAL:
            return value != other
        case Comparison.ABOVE:
            return value > other
        case Comparison.AT_LEAST:
            return value >= other
        case Comparison.BELOW:
            return value < other
        case Comparison.AT_MOST:
            return value <= other
    raise NotImplementedError(comparison)
