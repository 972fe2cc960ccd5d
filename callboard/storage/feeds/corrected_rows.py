"""Rows that people have corrected, measured by the same scan as the feed they belong to.

They stand in a table of their own for that, in memory: a feed is never written to.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import Connection, StaticPool

from callboard.storage.feeds.plain_values import (
    read_day,
    read_moment,
    read_number,
    read_whole,
    read_yes_no,
    register_functions,
)
from callboard.storage.feeds.question import FeedQuestion
from callboard.storage.feeds.scan_answer import Answer, ask
from callboard.storage.feeds.scan_plan import Plan, plan_days, plan_hours
from callboard.storage.feeds.scan_sums import KeptSums
from callboard.storage.feeds.table import find_table
from callboard.storage.feeds.watch import FIRST_YEAR, LAST_YEAR
from callboard.storage.sqlite_library import find_sqlite
from data_contracts.model import Clock, ColumnType, Contract

Values = Mapping[str, object]
_OF_HOURS = ("hour",)
_TYPES: dict[ColumnType, sa.types.TypeEngine[Any]] = {
    ColumnType.NUMBER: sa.Float(),
    ColumnType.INTEGER: sa.Integer(),
    ColumnType.BOOLEAN: sa.Integer(),
}
_READERS: dict[ColumnType, Callable[[object], object]] = {
    ColumnType.NUMBER: read_number,
    ColumnType.INTEGER: read_whole,
    ColumnType.BOOLEAN: read_yes_no,
    ColumnType.TIMESTAMP: read_moment,
    ColumnType.DATE: read_day,
}


def plain_row(contract: Contract, values: Values) -> dict[str, object]:
    """The values by the contract's names in their plain forms; what has a wrong type stays.

    Numbers as numbers, moments as `2026-11-22 09:30:00` in UTC, days as text, yes and no as 1 and
    0: the forms that SQLite compares.
    """
    return {each.name: _plain(each.type, values.get(each.name)) for each in contract.columns}


def day_of_row(question: FeedQuestion, row: Values) -> date | None:
    """The local day of a plain row at its touchpoint; None where it cannot be told.

    Nor can it be told of years that a feed is not asked for, where a local time may not even exist.
    """
    contract = question.contract
    text = read_moment(row.get(contract.time))
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    if contract.clock is not Clock.UTC:
        return _within(moment)
    code = question.touchpoints.get(str(row.get(contract.touchpoint)), "")
    zone = question.zones.get(code, question.default_zone)
    try:
        return _within(moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)))
    except OverflowError:
        return None


def _within(moment: datetime) -> date | None:
    return moment.date() if FIRST_YEAR <= moment.year <= LAST_YEAR else None


def add_rows(rows: Sequence[Values], plan: Plan, question: FeedQuestion, sums: KeptSums) -> Answer:
    """Add plain rows to `sums` as `plan` measures those of the feed; what was found in them alone.

    The question must ask for their days.
    """
    contract = question.contract
    asked = replace(
        question,
        contract=replace(contract, table=contract.table.rpartition(".")[2]),
        undated_since=None,
    )
    days = [day for row in rows if (day := day_of_row(question, row))]
    years = (min(days).year - 1, max(days).year + 1)
    with _table_of(asked.contract, rows) as conn:
        table = find_table(conn, asked.contract)
        assert table is not None
        plan_of = plan_hours if plan.dimensions == _OF_HOURS else plan_days
        own = plan_of(table, asked, years, frozenset())
        with own.empty_sums() as added:
            answer = ask(conn, own, asked, added)
            sums.include(added)
            return answer


def _plain(kind: ColumnType, value: object) -> object:
    if value is None:
        return None
    read = _READERS.get(kind)
    if read is None:
        return str(value)
    found = read(value)
    return value if found is None else found


@contextmanager
def _table_of(contract: Contract, rows: Sequence[Values]) -> Iterator[Connection]:
    engine = sa.create_engine(
        "sqlite://", module=find_sqlite().module, poolclass=StaticPool, hide_parameters=True
    )
    columns = contract.columns
    typed = (sa.Column(each.physical_name, _TYPES.get(each.type, sa.Text())) for each in columns)
    table = sa.Table(contract.table, sa.MetaData(), *typed)
    values = [{each.physical_name: row.get(each.name) for each in columns} for row in rows]
    try:
        with engine.begin() as conn:
            register_functions(conn.connection.driver_connection)
            table.create(conn)
            conn.execute(table.insert(), values)
            yield conn
    finally:
        engine.dispose()
