"""Small questions before a scan: from when on there are rows, what is new, what is large."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from callboard.storage.feeds.check_sql import moment_literal
from callboard.storage.feeds.forms import read_value
from callboard.storage.feeds.question import FeedQuestion
from callboard.storage.feeds.scan_answer import day_of
from callboard.storage.feeds.scan_sums import OTHER, UNKNOWN
from callboard.storage.feeds.table import FeedTable, Value
from callboard.storage.feeds.time_sql import Years, local_day

FIRST_YEAR, LAST_YEAR = 1970, 2100


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The local days of rows written since some moment, and a mark that tells two looks apart.

    `has_undated` says that some of the rows have no day that can be read.
    """

    days: frozenset[date]
    has_undated: bool
    seen: str


def look(conn: Connection, table: FeedTable, question: FeedQuestion, since: datetime) -> Look:
    """What was written since `since` (aware): corrections of old days as well as new rows."""
    contract = question.contract
    written = table.raw[contract.watermark]
    readable = _readable(table, contract.time)
    new = written >= moment_literal(table, contract.watermark, since)
    day = local_day(readable, question, years_of(conn, table, question, new))
    rows = (
        sa.select(day.label("day"), sa.func.count(), sa.func.max(written), _seconds(table, written))
        .select_from(table.source)
        .where(new)
        .group_by(day)
        .order_by(sa.text("1"))
    )
    found = [tuple(row) for row in conn.execute(rows)]
    days = [day_of(row[0]) for row in found]
    return Look(
        days=frozenset(each for each in days if each is not None),
        has_undated=None in days,
        seen=hashlib.sha256(repr(found).encode()).hexdigest()[:16],
    )


def _readable(table: FeedTable, column: str) -> FeedTable:
    return replace(table, values={**table.values, column: read_value(table, column)})


def _seconds(table: FeedTable, written: Value) -> Value:
    """A sum that changes whenever one row is written again, whatever the others do."""
    if table.is_sqlite:
        return sa.func.sum(sa.cast(sa.func.strftime("%s", written), sa.Integer))
    return sa.func.sum(sa.extract("epoch", written))


def years_of(
    conn: Connection,
    table: FeedTable,
    question: FeedQuestion,
    where: sa.ColumnElement[bool] | None = None,
) -> Years:
    """The first and last year of the feed's times, as wide as needed where some are no times."""
    time = table.raw[question.contract.time]
    ends = sa.select(sa.func.min(time), sa.func.max(time)).select_from(table.source)
    first, last = conn.execute(ends if where is None else ends.where(where)).one()
    return _year(first, FIRST_YEAR), _year(last, LAST_YEAR)


def _year(told: Any, otherwise: int) -> int:
    """A year or one beside it, for moments near midnight are in another local year."""
    beside = -1 if otherwise == FIRST_YEAR else 1
    try:
        year = int(told[:4]) if isinstance(told, str) else int(told.year)
    except (AttributeError, ValueError):
        return otherwise
    return min(max(year + beside, FIRST_YEAR), LAST_YEAR)


def segments_to_keep(
    conn: Connection,
    table: FeedTable,
    dimension: str,
    *,
    cap: int,
    known: frozenset[str] = frozenset(),
    where: sa.ColumnElement[bool] | None = None,
) -> tuple[str, ...] | None:
    """The segments of a dimension that are told apart, at most `cap`; None where all of them are.

    Those already `known` stay; of the others, those with most rows are added.
    """
    segment = table.text(dimension)
    new = sa.select(segment).select_from(table.source).where(segment != "")
    if where is not None:
        new = new.where(where)
    named = known - {OTHER, UNKNOWN}
    if named:
        new = new.where(segment.not_in(sorted(named)))
    room = max(cap - len(named), 0)
    is_full = OTHER in known
    if not is_full and len(conn.execute(new.distinct().limit(room + 1)).all()) <= room:
        return None
    counted = new.group_by(segment).order_by(sa.func.count().desc(), segment)
    added = set() if is_full else set(conn.execute(counted.limit(room)).scalars())
    return tuple(sorted(named | added))
