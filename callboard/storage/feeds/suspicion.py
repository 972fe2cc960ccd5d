"""One cheap test of whether a row may break some check, so that each check is rarely asked.

What SQLite spends on a check is the reading of a column, again for every comparison. So the checks
of a column are put together, and ask what a value has to be: NULL, text among numbers and text that
is no moment are none of it, and need no question of their own.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlalchemy.sql.expression import UnaryExpression
from sqlalchemy.sql.operators import custom_op

from callboard.storage.feeds.check_sql import CheckSql, among, moment_literal
from callboard.storage.feeds.question import FeedQuestion
from callboard.storage.feeds.table import FeedTable, Value
from data_contracts.checks import latest_day
from data_contracts.model import Check, ColumnType, Kind

Predicate = ColumnElement[bool]
_LARGEST = 1.7976931348623157e308
_MOMENTS = (ColumnType.TIMESTAMP, ColumnType.DATE)
_NUMBERS = (ColumnType.NUMBER, ColumnType.INTEGER)


def may_break_any(
    sql: CheckSql, checks: Sequence[Check], *, table: FeedTable, question: FeedQuestion
) -> Predicate:
    """True of every row of `table` that breaks one of `checks`, and of few others."""
    if not table.is_sqlite:
        return sa.or_(*sql.may_break(checks))
    keeps: dict[str, list[Predicate]] = {e.column: [] for e in checks if _is_required(e)}
    required = tuple(keeps)
    rest = []
    for each in _without_needless(table, checks):
        kept = _keeps(table, question, each)
        if kept is not None:
            keeps.setdefault(each.column, []).append(kept)
        elif not _is_required(each):
            rest.append(each)
    always = [test for name in required for test in keeps.pop(name) or [_is_there(table, name)]]
    return sa.or_(
        *([_is_not_true(always)] if always else []),
        *(_has_other(table, name, tests) for name, tests in keeps.items()),
        *sql.may_break(rest),
    )


def _is_required(check: Check) -> bool:
    return check.kind is Kind.REQUIRED and check.where is None


def _is_there(table: FeedTable, column: str) -> Predicate:
    return table.raw[column].is_not(None)


def _without_needless(table: FeedTable, checks: Sequence[Check]) -> list[Check]:
    """What is between two numbers is a number."""
    bounded = {
        each.column
        for each in checks
        if _is_told(table, each) and _is_plain_range(each) and None not in (each.low, each.high)
    }
    return [
        each
        for each in checks
        if not (
            each.kind is Kind.TYPE
            and each.column_type is ColumnType.NUMBER
            and each.column in bounded
        )
    ]


def _is_not_true(tests: Sequence[Predicate]) -> Predicate:
    return sa.and_(sa.true(), *tests).self_group().is_not(sa.literal_column("TRUE"))


def _has_other(table: FeedTable, column: str, tests: Sequence[Predicate]) -> Predicate:
    """Whether a value fails one of `tests`; of text that is no moment they are NULL."""
    if table.contract.column(column).type in _MOMENTS:
        return sa.and_(_is_there(table, column), _is_not_true(tests))
    return sa.not_(sa.and_(*tests))


def _is_told(table: FeedTable, check: Check) -> bool:
    return check.where is None and not table.is_odd(check.column)


def _keeps(table: FeedTable, question: FeedQuestion, check: Check) -> Predicate | None:
    """What is true of no value that breaks `check`, and NULL where there is none; None: no such."""
    return _kept(table, question, check) if _is_told(table, check) else None


def _kept(table: FeedTable, question: FeedQuestion, check: Check) -> Predicate | None:
    value = table.values[check.column]
    keeps: Predicate | None = None
    match check.kind:
        case Kind.TYPE:
            keeps = _has_type(value, check.column_type)
        case Kind.RANGE if _is_plain_range(check):
            keeps = _between(value, check.low, check.high)
        case Kind.LENGTH if not _has_open_end(check):
            keeps = _between(sa.func.length(table.text(check.column)), check.low, check.high)
        case Kind.ONE_OF | Kind.KNOWN if check.column_type is ColumnType.STRING:
            words = sorted(check.values or question.known[check.reference])
            keeps = among(table, table.text(check.column), words)
        case Kind.NOT_FUTURE:
            keeps = _as_it_stands(value) <= _now(table, question, check)
    return keeps


def _has_type(value: Value, kind: ColumnType) -> Predicate | None:
    match kind:
        case ColumnType.NUMBER:
            return value.between(-_LARGEST, _LARGEST)
        case ColumnType.BOOLEAN:
            return value.in_([0, 1])
        case ColumnType.TIMESTAMP:
            return sa.func.datetime(value, type_=sa.Text) == _as_it_stands(value)
        case ColumnType.DATE:
            return sa.func.date(value, type_=sa.Text) == _as_it_stands(value)
    return None


def _as_it_stands(value: Value) -> Value:
    """Without its column's type, for which SQLite would look for a number in every text."""
    return UnaryExpression(value, operator=custom_op("+"), type_=sa.Text())


def _is_plain_range(check: Check) -> bool:
    is_of_numbers = check.kind is Kind.RANGE and check.column_type in _NUMBERS
    return is_of_numbers and not _has_open_end(check)


def _has_open_end(check: Check) -> bool:
    return check.is_low_open or check.is_high_open


def _between(value: Value, low: float | None, high: float | None) -> Predicate | None:
    if low is None:
        return None if high is None else value <= high
    return value >= low if high is None else value.between(low, high)


def _now(table: FeedTable, question: FeedQuestion, check: Check) -> Value:
    if check.column_type is ColumnType.TIMESTAMP:
        return moment_literal(table, check.column, question.latest)
    return sa.literal(latest_day(question.latest).isoformat(), sa.Text)
