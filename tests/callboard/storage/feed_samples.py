"""Feeds to ask: tables made from a contract on either engine, and rows to put into them."""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from callboard.storage.engine import open_store
from callboard.storage.feeds.question import FeedQuestion
from data_contracts.catalogue import LIBRARY, SUFFIX, read_contract
from data_contracts.model import Check, Column, ColumnType, Contract

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ZONES = {"desk": "Europe/London", "shop": "America/New_York", "web": "Australia/Lord_Howe"}
TOUCHPOINTS = {"desk": "desk", "shop": "shop", "web": "web", "Service Desk": "desk", "SD": "desk"}
Row = dict[str, Any]
# Around clock changes of London (29 March, 25 October), New York and Lord Howe, and a quiet week.
_DAYS = [date(2026, 3, 27), date(2026, 3, 28), date(2026, 3, 29), date(2026, 3, 30)]
_DAYS += [date(2026, 10, 3), date(2026, 10, 4), date(2026, 10, 24), date(2026, 10, 25)]
_DAYS += [date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 20)]


def made_up_contract(
    feed: str,
    columns: Sequence[Column],
    *,
    checks: Sequence[Check] = (),
    dimensions: Sequence[str] = (),
) -> Contract:
    """A contract for the table of that name, with a `touchpoint` and the moment `at`."""
    return Contract(
        feed=feed,
        name=feed.title(),
        version="1.0.0",
        status="active",
        sha256="",
        source="",
        server="main",
        table=feed,
        columns=tuple(columns),
        checks=tuple(checks),
        touchpoint="touchpoint",
        time="at",
        watermark="at",
        dimensions=tuple(dimensions),
    )


def library_contract(feed: str) -> Contract:
    contract, problems = read_contract(LIBRARY / f"{feed}{SUFFIX}", shown_as=feed)
    assert contract is not None, problems
    return contract


def question(contract: Contract, metrics: Sequence[Any] = (), **parts: Any) -> FeedQuestion:
    given: dict[str, Any] = {
        "contract": contract,
        "metrics": tuple(metrics),
        "touchpoints": TOUCHPOINTS,
        "zones": ZONES,
        "default_zone": "Europe/London",
        "now": NOW,
    }
    return FeedQuestion(**given | parts)


_POSTGRESQL = {
    ColumnType.STRING: sa.Text(),
    ColumnType.DATE: sa.Date(),
    ColumnType.TIMESTAMP: sa.DateTime(timezone=True),
    ColumnType.NUMBER: sa.Double(),
    ColumnType.INTEGER: sa.Integer(),
    ColumnType.BOOLEAN: sa.Boolean(),
}
_SQLITE = {
    ColumnType.STRING: "TEXT",
    ColumnType.DATE: "TEXT",
    ColumnType.TIMESTAMP: "TEXT",
    ColumnType.NUMBER: "REAL",
    ColumnType.INTEGER: "INTEGER",
    ColumnType.BOOLEAN: "INTEGER",
}


class SampleFeed:
    """The table of one contract in a database of its own, without any key or constraint."""

    def __init__(self, url: str, contract: Contract, **types: Any) -> None:
        self.url = url
        self._engine = open_store(url)
        self._contract = contract
        self._is_sqlite = url.startswith("sqlite")
        columns = [
            f'"{c.physical_name}" {self._type(c.type, types.get(c.name))}' for c in contract.columns
        ]
        with self._engine.begin() as conn:
            conn.exec_driver_sql(f'DROP TABLE IF EXISTS "{contract.table}"')
            conn.exec_driver_sql(f'CREATE TABLE "{contract.table}" ({", ".join(columns)})')

    def _type(self, kind: ColumnType, given: str | None) -> str:
        if given is not None:
            return given
        if self._is_sqlite:
            return _SQLITE[kind]
        return str(_POSTGRESQL[kind].compile(self._engine.dialect))

    def fill(self, rows: Sequence[Row]) -> None:
        names = [each.physical_name for each in self._contract.columns]
        table = sa.table(self._contract.table, *map(sa.column, names))
        values = [
            {
                each.physical_name: self._stored(row.get(each.name))
                for each in self._contract.columns
            }
            for row in rows
        ]
        with self._engine.begin() as conn:
            conn.execute(sa.delete(table))
            if values:
                conn.execute(sa.insert(table), values)

    def _stored(self, value: Any) -> Any:
        if not self._is_sqlite:
            return value
        if isinstance(value, datetime):
            return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
        if isinstance(value, date):
            return value.isoformat()
        return int(value) if isinstance(value, bool) else value

    def close(self) -> None:
        self._engine.dispose()


def random_rows(contract: Contract, dice: random.Random, count: int) -> list[Row]:
    """Rows that keep their contract, with gaps wherever it allows them."""
    rows = (_row(contract, dice, number) for number in range(count))
    return list({tuple(row[name] for name in contract.key): row for row in rows}.values())


def _row(contract: Contract, dice: random.Random, number: int) -> Row:
    enums = {check.column: check.values for check in contract.checks if check.values}
    ranges = {check.column: check for check in contract.checks if check.kind == "range"}
    moment = datetime.combine(dice.choice(_DAYS), datetime.min.time(), UTC) + timedelta(
        seconds=dice.randrange(86_400)
    )
    row: Row = {}
    for column in contract.columns:
        low = high = None
        if column.name in ranges:
            low, high = ranges[column.name].low, ranges[column.name].high
        match column.type:
            case ColumnType.TIMESTAMP:
                value: Any = moment
            case ColumnType.DATE:
                value = moment.date()
            case ColumnType.BOOLEAN:
                value = dice.random() < 0.5
            case ColumnType.INTEGER:
                value = dice.randint(int(low or 0), int(min(high or 40, (low or 0) + 40)))
            case ColumnType.NUMBER:
                value = round(
                    min(dice.lognormvariate(2, 1.5), high or 1e9) - (dice.random() < 0.1), 3
                )
                value = max(value, low if low is not None else value)
            case _:
                value = dice.choice(enums.get(column.name) or ("red", "green", "blue"))
        if not column.required and dice.random() < 0.25:
            value = None
        row[column.name] = value
    row[contract.touchpoint] = dice.choice(list(TOUCHPOINTS))
    _fit_together(contract, row, moment, dice)
    for key in contract.key:
        if contract.column(key).type is ColumnType.STRING and key != contract.touchpoint:
            row[key] = f"{key}-{number}"
    return row


_SCORES = {"csat": (1, 5), "internal": (1, 5), "ces": (1, 7), "nps": (0, 10), "enps": (0, 10)}


def _fit_together(contract: Contract, row: Row, moment: datetime, dice: random.Random) -> None:
    """What the checks of a feed expect of two columns together."""
    if contract.feed == "survey_answers":
        row["score"] = dice.randint(*_SCORES[row["survey"]])
    if contract.feed == "deliveries":
        row["ordered_at"] = moment - timedelta(hours=dice.randint(1, 200))
        if row["delivered_at"] is not None:
            row["delivered_at"] = moment + timedelta(minutes=dice.randint(-55, 600))
