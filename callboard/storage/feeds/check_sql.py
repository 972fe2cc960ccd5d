"""Each kind of row check as a SQL predicate, per dialect; says the same as `data_contracts.masks`.

Unlike a mask, a predicate may be NULL where the check holds: use it in CASE WHEN and WHERE, not
under NOT.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from callboard.storage.feeds.forms import has_other_form, is_plain
from callboard.storage.feeds.overlaps import overlapping
from callboard.storage.feeds.range_sql import no_multiple, number, outside
from callboard.storage.feeds.table import FeedTable, Value
from callboard.storage.feeds.typed_values import rightness
from data_contracts.checks import latest_day
from data_contracts.model import Check, ColumnType, Kind

Predicate = ColumnElement[bool]
_NUMBERS = (ColumnType.NUMBER, ColumnType.INTEGER)
_TIMES = (ColumnType.DATE, ColumnType.TIMESTAMP)


class CheckSql:
    """The predicates of a contract's checks over one table.

    `known` holds the allowed words of each reference, `now` is an aware moment. Where the table is
    a part of another, `whole` are the predicates of that: a row may have its double there.
    """

    def __init__(
        self,
        table: FeedTable,
        known: Mapping[str, Collection[str]],
        now: datetime,
        *,
        whole: "CheckSql | None" = None,
    ) -> None:
        """Keep what every predicate needs."""
        self._table = table
        self._whole = whole or self
        self._known = known
        self._now = now
        self._sets: dict[str, sa.CTE] = {}
        self._kinds: dict[Kind, Callable[[Check], Predicate]] = {
            Kind.REQUIRED: lambda check: self._table.raw[check.column].is_(None),
            Kind.TYPE: self._of_wrong_type,
            Kind.RANGE: self._out_of_range,
            Kind.ONE_OF: self._not_among,
            Kind.KNOWN: self._not_among,
            Kind.PATTERN: self._without_pattern,
            Kind.LENGTH: self._too_short_or_long,
            Kind.NOT_BEFORE: self._before_other,
            Kind.NOT_FUTURE: self._in_future,
            Kind.UNIQUE: self._repeated,
            Kind.MULTIPLE: self._no_multiple,
            Kind.MISSING: self._stands_for_none,
            Kind.OVERLAP: self._overlapping,
        }

    def breaks(self, check: Check) -> Predicate:
        """Whether a row breaks `check`."""
        return sa.and_(self._may_break(check), *self._is_comparable(check))

    def may_break(self, checks: Sequence[Check]) -> list[Predicate]:
        """Predicates of which one at least is true for a row that breaks one of `checks`.

        They are cheaper than `breaks`, and true for few other rows.
        """
        bounded = {each.column for each in checks if self._notices_no_number(each)}
        return [
            self._may_break(each)
            for each in checks
            if not (each.kind is Kind.TYPE and each.column in bounded)
        ]

    def is_evaluated(self, check: Check) -> Predicate:
        """Whether `check` says anything of a row: it is within, and its values can be compared."""
        return sa.and_(
            sa.true(),
            *self._within(check),
            *self._is_comparable(check),
            *(self._table.raw[each].is_not(None) for each in columns_of(check)),
        )

    def is_present(self, columns: Sequence[str]) -> Predicate:
        """Whether a row has a value in each of `columns`."""
        return sa.and_(*(self._table.raw[each].is_not(None) for each in columns))

    def count_present(self, columns: Sequence[str]) -> Value:
        """How many rows have a value in each of `columns`."""
        if len(columns) == 1:
            return sa.func.count(self._table.raw[columns[0]])
        return sa.func.count(sa.case((self.is_present(columns), 1)))

    def is_right(self, column: str, kind: ColumnType) -> Predicate:
        """Whether a value is there and of its type."""
        value = self._table.values[column]
        if kind is ColumnType.STRING or self._table.is_odd(column):
            return value.is_not(None)
        if self._table.is_sqlite:
            return is_plain(value, kind)
        return sa.and_(value.is_not(None), *rightness(self._table, column, kind))

    def has_other_form(self, column: str) -> Predicate:
        """Whether a SQLite value is not plain, but can be read all the same."""
        kind = self._table.contract.column(column).type
        return sa.and_(
            self._of_wrong_type_as(column, kind), has_other_form(self._table.raw[column], kind)
        )

    def _may_break(self, check: Check) -> Predicate:
        return sa.and_(*self._within(check), self._kinds[check.kind](check))

    def _within(self, check: Check) -> list[Predicate]:
        if check.where is None:
            return []
        column, values = check.where
        return [self._table.text(column).in_(values)]

    def _is_comparable(self, check: Check) -> list[Predicate]:
        """What is asked only of the few rows that look bad: that their values have their type."""
        columns = [name for name in compared_by(check) if self._is_doubtful(name)]
        return [self.is_right(name, check.column_type) for name in columns]

    def _is_doubtful(self, column: str) -> bool:
        kind = self._table.contract.column(column).type
        if self._table.is_sqlite:
            return kind is not ColumnType.STRING
        return bool(rightness(self._table, column, kind))

    def _notices_no_number(self, check: Check) -> bool:
        """SQLite sorts text above every number, PostgreSQL NaN, and infinity is beyond bounds."""
        return (
            check.kind is Kind.RANGE
            and check.column_type is ColumnType.NUMBER
            and None not in (check.low, check.high)
            and check.where is None
            and not self._table.is_odd(check.column)
        )

    def _of_wrong_type(self, check: Check) -> Predicate:
        return self._of_wrong_type_as(check.column, check.column_type)

    def _of_wrong_type_as(self, column: str, kind: ColumnType) -> Predicate:
        there = self._table.raw[column].is_not(None)
        if self._table.is_odd(column):
            return sa.and_(there, self._table.values[column].is_(None))
        if self._table.is_sqlite:
            return sa.and_(there, sa.not_(is_plain(self._table.values[column], kind)))
        right = rightness(self._table, column, kind)
        return sa.and_(there, sa.not_(sa.and_(*right))) if right else sa.false()

    def _out_of_range(self, check: Check) -> Predicate:
        value = self._table.values[check.column]
        if check.column_type not in _TIMES:
            return outside(value, check, number(check.low), number(check.high))
        low, high = (self._time(check, each) for each in (check.earliest, check.latest))
        return outside(value, check, low, high)

    def _time(self, check: Check, told: str) -> Any:
        """A bound of a check in the form that its column is compared in; None is an open end."""
        if not told:
            return None
        if check.column_type is ColumnType.TIMESTAMP:
            moment = datetime.fromisoformat(told).replace(tzinfo=UTC)
            return moment_literal(self._table, check.column, moment)
        return told if self._table.is_sqlite else date.fromisoformat(told)

    def _too_short_or_long(self, check: Check) -> Predicate:
        length = sa.func.length(self._table.text(check.column))
        return outside(length, check, check.low, check.high)

    def _not_among(self, check: Check) -> Predicate:
        return sa.not_(self._is_among(check, check.values or self._known[check.reference]))

    def _stands_for_none(self, check: Check) -> Predicate:
        found = self._is_among(check, check.values)
        missing = self._table.raw[check.column].is_(None)
        return sa.or_(missing, found) if check.counts_missing else found

    def _is_among(self, check: Check, words: Collection[str]) -> Predicate:
        """Numbers are compared as numbers, so that 1.0 is "1"."""
        if check.column_type in _NUMBERS:
            numbers = sorted({float(word) for word in words})
            return among(self._table, self._table.values[check.column], numbers)
        return among(self._table, self._table.text(check.column), sorted(words))

    def _no_multiple(self, check: Check) -> Predicate:
        return no_multiple(self._table.values[check.column], check.multiple or 1.0)

    def _without_pattern(self, check: Check) -> Predicate:
        found: Predicate = self._table.text(check.column).regexp_match(check.pattern)
        return sa.not_(found)

    def _before_other(self, check: Check) -> Predicate:
        earlier: Predicate = self._table.values[check.column] < self._table.values[check.other]
        return earlier

    def _in_future(self, check: Check) -> Predicate:
        limit: Any = latest_day(self._now)
        if check.column_type is ColumnType.TIMESTAMP:
            limit = moment_literal(self._table, check.column, self._now)
        elif self._table.is_sqlite:
            limit = limit.isoformat()
        later: Predicate = self._table.values[check.column] > limit
        return later

    def _repeated(self, check: Check) -> Predicate:
        return _is_among_rows(self._keys(check), self._whole.rows_that_break(check))

    def _overlapping(self, check: Check) -> Predicate:
        values = [*self._keys(check), *self._span(check)]
        return _is_among_rows(values, self._whole.rows_that_break(check))

    def rows_that_break(self, check: Check) -> sa.CTE:
        """What is the same in the rows that break a check of several rows, found once."""
        if check.rule_id not in self._sets:
            wheres = [self.is_present(columns_of(check)), *self._is_comparable(check)]
            wheres += self._within(check)
            keys, name = self._keys(check), f"{check.kind.value}_{check.rule_id}"
            if check.kind is Kind.OVERLAP:
                found = overlapping(keys, self._span(check), wheres, name=name)
            else:
                several = sa.select(*keys).where(*wheres).group_by(*keys)
                found = several.having(sa.func.count() > 1).cte(name)
            self._sets[check.rule_id] = found
        return self._sets[check.rule_id]

    def _keys(self, check: Check) -> list[Value]:
        return [self._table.raw[each] for each in check.columns]

    def _span(self, check: Check) -> tuple[Value, Value]:
        return self._table.values[check.column], self._table.values[check.other]


def _is_among_rows(values: Sequence[Value], rows: sa.CTE) -> Predicate:
    there = sa.select(*rows.c)
    return values[0].in_(there) if len(values) == 1 else sa.tuple_(*values).in_(there)


def columns_of(check: Check) -> tuple[str, ...]:
    """The columns that a check cannot do without; some look for missing values themselves."""
    if check.kind is Kind.REQUIRED or check.counts_missing:
        return ()
    names = (*check.columns, check.column, check.other)
    return tuple(dict.fromkeys(name for name in names if name))


def compared_by(check: Check) -> tuple[str, ...]:
    """The columns whose values a check compares, for which they must have their type."""
    is_of_any = check.kind in (Kind.REQUIRED, Kind.TYPE, Kind.UNIQUE) or check.counts_missing
    return () if is_of_any else tuple(name for name in (check.column, check.other) if name)


def cannot_break(table: FeedTable, check: Check) -> bool:
    """Whether the database itself keeps the check, so that no row need be looked at."""
    match check.kind:
        case Kind.REQUIRED:
            return check.column in table.filled
        case Kind.UNIQUE:
            return any(each <= frozenset(check.columns) for each in table.unique)
        case Kind.TYPE:
            is_typed = not table.is_sqlite and check.column not in table.retyped
            return is_typed and not rightness(table, check.column, check.column_type)
    return False


def among(table: FeedTable, value: Value, words: Sequence[Any]) -> Predicate:
    """Whether a value is one of some words; NULL where it is missing."""
    if table.is_sqlite and len(words) <= _A_FEW:
        return sa.or_(*(value == word for word in words))
    return value.in_(words)


_A_FEW = 6  # SQLite compares with so few words faster than it looks them up


def moment_literal(table: FeedTable, column: str, moment: datetime) -> Value:
    """`moment` (aware) in the form that a feed's column of moments is compared in."""
    utc = moment.astimezone(UTC).replace(tzinfo=None)
    if table.is_sqlite:
        return sa.literal(utc.isoformat(sep=" "), sa.Text)
    if getattr(table.types[column], "timezone", False):
        return sa.literal(moment, sa.DateTime(timezone=True))
    return sa.literal(utc, sa.DateTime())
