"""How many rows a feed should have, as a control table of the same database tells it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection
from sqlalchemy.exc import DBAPIError, NoSuchTableError, OperationalError

from callboard.storage.feeds.plain_values import read_day, read_whole
from callboard.storage.feeds.question import FeedQuestion
from callboard.storage.feeds.table import actual_name
from data_contracts.model import Control

_BATCH = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlTotals:
    """The rows that are told of each touchpoint and day; `error` says why they cannot be known.

    Touchpoint "" is the whole feed. A day that nothing is told of is not among them.
    """

    rows: Mapping[tuple[str, date], int] = field(default_factory=dict)
    error: str = ""


def told_rows(conn: Connection, question: FeedQuestion) -> ControlTotals:
    """What the control table of the feed's contract tells of the days that are asked for.

    Several numbers for a day are added up; a row without a number, a readable day or a known
    touchpoint tells nothing. A table that cannot be read is an `error`, not an exception: the feed
    itself can be read all the same.
    """
    control = question.contract.control
    if control is None:
        return ControlTotals()
    try:
        with conn.begin_nested():
            return _read(conn, control, question)
    except NoSuchTableError:
        return ControlTotals(error=f"the control table {control.table} is not there")
    except DBAPIError as error:
        if not _is_refused(error):
            raise
        return ControlTotals(error=f"the control table {control.table} cannot be read")


def _is_refused(error: DBAPIError) -> bool:
    """Whether it is for the control table alone, and not for the database, that nothing came."""
    return not isinstance(error, OperationalError) or "no such" in str(error.orig)


def _read(conn: Connection, control: Control, question: FeedQuestion) -> ControlTotals:
    schema, _, name = control.table.rpartition(".")
    columns = sa.inspect(conn).get_columns(name, schema or None)
    found = {each["name"]: each["type"] for each in columns}
    wanted = [control.day, control.rows, *([control.touchpoint] if control.touchpoint else [])]
    actual = [actual_name(each, found) for each in wanted]
    for each, there in zip(wanted, actual, strict=True):
        if there is None:
            return ControlTotals(error=f"the control table {control.table} has no column {each}")
    typed = [_as_it_stands(conn, each, found[each]) for each in actual if each is not None]
    table = sa.table(name, *typed, schema=schema or None)
    rows = sa.select(*table.c).where(*_within(table.c[0], question))
    return _added_up(conn, rows, control, question)


def _as_it_stands(conn: Connection, name: str, declared: Any) -> sa.ColumnClause[Any]:
    """SQLite's own types say little of what stands in a column."""
    return sa.column(name, sa.types.NULLTYPE if conn.dialect.name == "sqlite" else declared)


def _within(day: ColumnElement[Any], question: FeedQuestion) -> Sequence[ColumnElement[bool]]:
    """That a day lies between the first and the last one asked for; no text can break this."""
    if not question.days:
        return () if question.days is None else (sa.false(),)
    first, last = min(question.days), max(question.days)
    if isinstance(day.type, sa.Date | sa.DateTime):
        return (sa.cast(day, sa.Date).between(first, last),)
    text = sa.func.substr(sa.cast(day, sa.Text), 1, 10)
    return (text.between(first.isoformat(), last.isoformat()),)


def _added_up(
    conn: Connection, rows: sa.Select[Any], control: Control, question: FeedQuestion
) -> ControlTotals:
    totals: dict[tuple[str, date], int] = {}
    for batch in conn.execute(rows).partitions(_BATCH):
        for told, number, *names in batch:
            day = _day(told)
            touchpoint = question.touchpoints.get(str(names[0])) if names else ""
            if day is None or touchpoint is None or number is None:
                continue
            if question.days is not None and day not in question.days:
                continue
            count = read_whole(float(number) if isinstance(number, Decimal) else number)
            if count is None:
                return ControlTotals(error=_no_number(control, day))
            totals[touchpoint, day] = totals.get((touchpoint, day), 0) + count
    return ControlTotals(rows=totals)


def _no_number(control: Control, day: date) -> str:
    return f"the control table {control.table} tells no whole number of rows for {day}"


def _day(told: Any) -> date | None:
    """A day as the database gave it, or the day of a moment."""
    if isinstance(told, datetime):
        return told.date()
    if told is None or isinstance(told, date):
        return told
    text = read_day(str(told)[:10])
    return date.fromisoformat(text) if text else None
