"""Rows of a feed as they stand: those that break their contract, and those behind a reading."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection

from callboard.storage.feeds.check_sql import CheckSql
from callboard.storage.feeds.metric_sql import MeasureSql
from callboard.storage.feeds.question import FeedQuestion
from callboard.storage.feeds.recipes import shares_of
from callboard.storage.feeds.scan_answer import day_of
from callboard.storage.feeds.scan_evidence import plan_evidence
from callboard.storage.feeds.scan_plan import restriction, touchpoint_of
from callboard.storage.feeds.scan_sums import OTHER, UNKNOWN
from callboard.storage.feeds.table import FeedTable
from callboard.storage.feeds.time_sql import Years, local_day
from data_contracts.model import Check
from metrics.model import Metric


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenRow:
    """A row that breaks checks: its values by the contract's names, its local day and touchpoint.

    `touchpoint` is a code, "" for a row that names none.
    """

    values: dict[str, Any]
    broken: tuple[Check, ...]
    day: date | None
    touchpoint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFilter:
    """Which rows stand behind a reading. `told_apart` are the segments that have their own name.

    The `skip` newest are left out.
    """

    metric: Metric
    touchpoint: str
    start: date
    end: date
    dimension: str = ""
    segment: str = ""
    told_apart: tuple[str, ...] = ()
    skip: int = 0


def broken_rows(
    conn: Connection, table: FeedTable, question: FeedQuestion, years: Years, *, limit: int | None
) -> tuple[BrokenRow, ...]:
    """Up to `limit` rows (None: all) that the question is about and that break a critical check.

    The newest days come first, rows without a day last; they and rows that name no touchpoint are
    among them where their contract says so.
    """
    plan = plan_evidence(table, question.contract.checks)
    numbers = [each.label(f"broken_{i}") for i, each in enumerate(plan.broken(table, question))]
    if not numbers:
        return ()
    rows = _rows(table, question, years, numbers).subquery("row")
    is_broken = sa.or_(*(rows.c[each.name] != 0 for each in numbers))
    found = (
        sa.select(rows)
        .where(is_broken, *_days_asked(table, question, rows.c.day))
        .order_by(rows.c.day.desc().nulls_last())
        .limit(limit)
    )
    return _read(
        conn, found, table, question, lambda row: plan.checks_of(tuple(row[2 : 2 + len(numbers)]))
    )


def unknown_days(
    broken_on: Mapping[date | None, int], rows: Iterable[BrokenRow]
) -> frozenset[date | None]:
    """The days of which not all broken rows are among `rows`; None for the rows without a day.

    `broken_on` is what the scan counted (`Answer.broken_on`).
    """
    found = Counter(row.day for row in rows)
    return frozenset(day for day, n in broken_on.items() if found[day] != n)


def rows_breaking(  # noqa: PLR0913 - which rows, by keyword
    conn: Connection,
    table: FeedTable,
    question: FeedQuestion,
    years: Years,
    *,
    rule_id: str,
    limit: int,
    touchpoints: Collection[str] | None = None,
) -> tuple[BrokenRow, ...]:
    """Up to `limit` rows that the question is about and that break one check, whatever its weight.

    With `touchpoints` (codes), of those only: none that names another or none. A rule that the
    contract does not have raises KeyError.
    """
    checks = {each.rule_id: each for each in question.contract.checks}
    check = checks[rule_id]
    sql = CheckSql(table, question.known, question.latest)
    rows = _rows(table, question, years, ()).where(sql.breaks(check)).subquery("row")
    found = sa.select(rows).where(*_days_asked(table, question, rows.c.day)).limit(limit)
    if touchpoints is not None:
        found = found.where(rows.c.touchpoint.in_(sorted(touchpoints)))
    return _read(conn, found, table, question, lambda _: (check,))


def _rows(
    table: FeedTable, question: FeedQuestion, years: Years, numbers: Sequence[Any]
) -> sa.Select[Any]:
    """Rows as they stand, after their day, their touchpoint and `numbers`."""
    values = (table.raw[name].label(f"c_{name}") for name in _there(table))
    return (
        sa.select(
            local_day(table, question, years).label("day"),
            touchpoint_of(table, question).label("touchpoint"),
            *numbers,
            *values,
        )
        .select_from(table.source)
        .where(*_wheres(table, question))
    )


def _there(table: FeedTable) -> list[str]:
    return [each.name for each in table.contract.columns if each.name not in table.absent]


def _read(
    conn: Connection,
    rows: sa.Select[Any],
    table: FeedTable,
    question: FeedQuestion,
    broken: Callable[[Any], tuple[Check, ...]],
) -> tuple[BrokenRow, ...]:
    names = _there(table)
    found = (
        BrokenRow(
            values=dict(zip(names, row[len(row) - len(names) :], strict=True)),
            broken=broken(row),
            day=day_of(row[0]),
            touchpoint=row[1] or "",
        )
        for row in conn.execute(rows)
    )
    days = question.days
    return tuple(row for row in found if row.day is None or days is None or row.day in days)


def _days_asked(
    table: FeedTable, question: FeedQuestion, day: ColumnElement[Any]
) -> list[ColumnElement[bool]]:
    """That no other day is asked for: the restriction may let a few more through."""
    if question.days is None:
        return []
    days = sorted(question.days)
    if not table.is_sqlite:
        return [sa.or_(day.in_(days), day.is_(None))]
    is_none = sa.or_(day.is_(None), sa.func.date(day).is_distinct_from(day))
    return [sa.or_(day.in_([each.isoformat() for each in days]), is_none)]


def _wheres(table: FeedTable, question: FeedQuestion) -> list[ColumnElement[bool]]:
    """The restriction; rows already read (an odd column's) have passed it."""
    is_read = any(table.is_odd(name) for name in table.raw)
    where = None if is_read else restriction(table, question)
    return [] if where is None else [where]


def rows_behind(
    conn: Connection, table: FeedTable, question: FeedQuestion, which: RowFilter, limit: int
) -> tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]]:
    """The names of the columns, and the newest `limit` rows that a reading is made of.

    Rows of the same moment stand in the order of their keys, so that pages do not overlap.
    `question.days` has to be the days of `which`.
    """
    years = which.start.year - 1, which.end.year + 1
    broken = plan_evidence(table, question.contract.checks).broken(table, question)
    day = local_day(table, question, years)
    low, high = _ends(table, which)
    there = _there(table)
    keys = [table.raw[name] for name in question.contract.key if name in there]
    rows = (
        sa.select(*(table.raw[name].label(name) for name in there))
        .select_from(table.source)
        .where(*_wheres(table, question), day.between(low, high))
        .where(touchpoint_of(table, question) == which.touchpoint)
        .where(*(each == 0 for each in broken), _is_measured(table, which))
        .order_by(table.values[question.contract.time].desc(), *(named.desc() for named in keys))
        .limit(limit)
        .offset(which.skip)
    )
    if which.dimension:
        rows = rows.where(_is_in_segment(table, which))
    return tuple(there), tuple(tuple(row) for row in conn.execute(rows))


def _ends(table: FeedTable, which: RowFilter) -> tuple[Any, Any]:
    if table.is_sqlite:
        return which.start.isoformat(), which.end.isoformat()
    return which.start, which.end


def _is_measured(table: FeedTable, which: RowFilter) -> ColumnElement[bool]:
    """Whether a row is counted in one of the parts that this feed gives to the metric."""
    sql = MeasureSql(table)
    shares = list(shares_of([which.metric], table.contract.feed))
    measures = {m for share in shares for m in share.recipe.measures}
    return sa.or_(*(sql.is_measured(each) for each in sorted(measures, key=repr)))


def _is_in_segment(table: FeedTable, which: RowFilter) -> ColumnElement[bool]:
    value = table.text(which.dimension)
    if which.segment == UNKNOWN:
        return sa.func.coalesce(value, "").in_(["", UNKNOWN])
    if which.segment == OTHER:
        named = [name for name in which.told_apart if name != OTHER]
        return sa.and_(value != "", value.not_in(named))
    is_it: ColumnElement[bool] = value == which.segment
    return is_it
