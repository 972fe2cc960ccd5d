"""A feed's table with rows that stand there several times taken once."""

from dataclasses import replace
from datetime import date

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection

from callboard.storage.feeds.forms import read_odd
from callboard.storage.feeds.question import FeedQuestion
from callboard.storage.feeds.scan_answer import day_of
from callboard.storage.feeds.scan_plan import restriction
from callboard.storage.feeds.table import FeedTable, Value
from callboard.storage.feeds.time_sql import local_day

Keys = sa.Select[tuple[object, ...]]


def without_copies(
    conn: Connection, table: FeedTable, question: FeedQuestion
) -> tuple[FeedTable, int]:
    """Return the table without copies of whole rows, and how many of those there were.

    Rows are copies where all that is promised of them is the same, their key included: without a
    key, two rows that look alike may be two events. Only rows that the question is about count.
    """
    key = question.contract.key
    is_single = any(each <= frozenset(key) for each in table.unique)
    if not key or is_single or table.absent & frozenset(key):
        return table, 0
    keys = [table.raw[each] for each in key]
    asked = restriction(table, question)
    wheres = [each.is_not(None) for each in keys] + ([] if asked is None else [asked])
    several = sa.select(*keys).select_from(table.source).where(*wheres).group_by(*keys)
    several = several.having(sa.func.count() > 1)
    if conn.execute(several.limit(1)).first() is None:
        return table, 0
    copies = _count(conn, table, question, sa.and_(*wheres, _is_among(keys, several)))
    return (_once(table, keys, several), copies) if copies else (table, 0)


def _count(
    conn: Connection, table: FeedTable, question: FeedQuestion, where: ColumnElement[bool]
) -> int:
    """How many rows of the days that are asked for are copies of another."""
    time = question.contract.time
    rows = read_odd(table, [time] if table.is_sqlite else [], where)
    day: Value = sa.null()
    if question.days:
        years = min(question.days).year - 1, max(question.days).year + 1
        day = local_day(rows, question, years)
    alike = [each.label(f"alike_{i}") for i, each in enumerate(_alike(rows))]
    seen = sa.select(day.label("day"), *alike).select_from(rows.source).subquery("seen")
    counted = (
        sa.select(seen.c.day, sa.func.count() - 1).group_by(*seen.c).having(sa.func.count() > 1)
    )
    found = [(day_of(told), int(copies)) for told, copies in conn.execute(counted)]
    return sum(copies for day, copies in found if _is_asked(day, question))


def _is_asked(day: date | None, question: FeedQuestion) -> bool:
    return day is None or question.days is None or day in question.days


def _once(table: FeedTable, keys: list[Value], several: Keys) -> FeedTable:
    """The rows whose key stands there once, and of the others every one that is different."""
    copied = sa.select(*several.cte("several").c)
    there = [name for name in table.raw if name not in table.absent]
    columns = [table.raw[name].label(f"once_{name}") for name in there]
    is_copied = _is_among(keys, copied)
    single = sa.select(*columns).select_from(table.source)
    single = single.where(sa.case((is_copied, 0), else_=1) == 1)
    number = sa.func.row_number().over(partition_by=_alike(table)).label("copy")
    numbered = sa.select(*columns, number).select_from(table.source).where(is_copied)
    several_rows = numbered.subquery("numbered")
    first = sa.select(*(several_rows.c[each.name] for each in columns))
    once = sa.union_all(single, first.where(several_rows.c.copy == 1)).subquery("once")
    raw = {name: once.c[f"once_{name}"] if name in there else table.raw[name] for name in table.raw}
    return replace(table, source=once, raw=raw, values=raw)


def _is_among(keys: list[Value], several: Keys) -> ColumnElement[bool]:
    return keys[0].in_(several) if len(keys) == 1 else sa.tuple_(*keys).in_(several)


def _alike(table: FeedTable) -> list[Value]:
    """The columns that copies are the same in; some of PostgreSQL's types cannot be compared."""
    return [
        sa.cast(table.raw[name], sa.Text)
        if table.has_type(name, sa.JSON, sa.types.NullType) and not table.is_sqlite
        else table.raw[name]
        for name in table.raw
        if name not in table.absent
    ]
