"""Rows of a feed as they stand: those that break their contract, and those behind a reading."""

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
    """A row that breaks critical checks: its values by the contract's names, and its local day."""

    values: dict[str, Any]
    broken: tuple[Check, ...]
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFilter:
    """Which rows stand behind a reading. `told_apart` are the segments that have their own name."""

    metric: Metric
    touchpoint: str
    start: date
    end: date
    dimension: str = ""
    segment: str = ""
    told_apart: tuple[str, ...] = ()


def broken_rows(
    conn: Connection, table: FeedTable, question: FeedQuestion, years: Years, *, limit: int
) -> tuple[BrokenRow, ...]:
    """Up to `limit` rows that the question is about and that break a critical check.

    Rows that name no touchpoint or have no day are among them where their contract says so.
    """
    plan = plan_evidence(table, question.contract.checks)
    sql = CheckSql(table, question.known, question.latest)
    words = plan.broken(sql)
    if not words:
        return ()
    day = local_day(table, question, years)
    numbers = [each.label(f"broken_{i}") for i, each in enumerate(words)]
    there = [each.name for each in question.contract.columns if each.name not in table.absent]
    rows = (
        sa.select(
            day.label("day"), *numbers, *(table.raw[name].label(f"c_{name}") for name in there)
        )
        .select_from(table.source)
        .where(*_wheres(table, question))
        .subquery("row")
    )
    is_broken = sa.or_(*(rows.c[each.name] != 0 for each in numbers))
    found = conn.execute(sa.select(rows).where(is_broken).limit(limit)).all()
    asked = (row for row in found if _is_asked(day_of(row[0]), question))
    return tuple(
        BrokenRow(
            values=dict(zip(there, row[1 + len(numbers) :], strict=True)),
            broken=plan.checks_of(tuple(row[1 : 1 + len(numbers)])),
            day=day_of(row[0]),
        )
        for row in asked
    )


def rows_breaking(
    conn: Connection,
    table: FeedTable,
    question: FeedQuestion,
    years: Years,
    *,
    rule_id: str,
    limit: int,
) -> tuple[BrokenRow, ...]:
    """Up to `limit` rows that the question is about and that break one check, whatever its weight.

    A rule that the contract does not have raises KeyError.
    """
    checks = {each.rule_id: each for each in question.contract.checks}
    check = checks[rule_id]
    sql = CheckSql(table, question.known, question.latest)
    day = local_day(table, question, years)
    there = [each.name for each in question.contract.columns if each.name not in table.absent]
    rows = (
        sa.select(day.label("day"), *(table.raw[name].label(f"c_{name}") for name in there))
        .select_from(table.source)
        .where(*_wheres(table, question), sql.breaks(check))
        .limit(limit)
    )
    return tuple(
        BrokenRow(
            values=dict(zip(there, row[1:], strict=True)), broken=(check,), day=day_of(row[0])
        )
        for row in conn.execute(rows)
        if _is_asked(day_of(row[0]), question)
    )


def _is_asked(day: date | None, question: FeedQuestion) -> bool:
    return day is None or question.days is None or day in question.days


def _wheres(table: FeedTable, question: FeedQuestion) -> list[ColumnElement[bool]]:
    """The restriction; rows already read (an odd column's) have passed it."""
    is_read = any(table.is_odd(name) for name in table.raw)
    where = None if is_read else restriction(table, question)
    return [] if where is None else [where]


def rows_behind(
    conn: Connection, table: FeedTable, question: FeedQuestion, which: RowFilter, limit: int
) -> tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]]:
    """The names of the columns, and the newest `limit` rows that a reading is made of.

    `question.days` has to be the days of `which`.
    """
    years = which.start.year - 1, which.end.year + 1
    sql = CheckSql(table, question.known, question.latest)
    broken = plan_evidence(table, question.contract.checks).broken(sql)
    day = local_day(table, question, years)
    low, high = _ends(table, which)
    there = [each.name for each in question.contract.columns if each.name not in table.absent]
    rows = (
        sa.select(*(table.raw[name].label(name) for name in there))
        .select_from(table.source)
        .where(*_wheres(table, question), day.between(low, high))
        .where(touchpoint_of(table, question) == which.touchpoint)
        .where(*(each == 0 for each in broken), _is_measured(table, which))
        .order_by(table.values[question.contract.time].desc())
        .limit(limit)
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
