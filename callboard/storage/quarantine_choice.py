"""Which rows in quarantine are meant, a page at a time, and what they can be told apart by."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Text, cast, func, select

from callboard.storage.quarantine import QuarantineStatus, StoredRow, stored_row
from callboard.storage.tables import quarantine


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChoice:
    """Which rows of a feed are meant; "" and None are all. `touchpoints` are those that may be.

    `rule` is one that the row breaks.
    """

    feed: str
    status: QuarantineStatus | None = QuarantineStatus.OPEN
    rule: str = ""
    touchpoint: str = ""
    day: date | None = None
    touchpoints: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """What the rows of a feed can be chosen by, each with its number of rows."""

    statuses: Mapping[str, int]
    rules: Mapping[str, int]
    touchpoints: Mapping[str, int]
    days: Mapping[date, int]


def read_chosen(
    conn: Connection, choice: RowChoice, *, limit: int, offset: int = 0
) -> tuple[StoredRow, ...]:
    """The rows that are meant, the most recently found first."""
    ordered = _chosen(select(quarantine), choice).order_by(
        quarantine.c.first_seen.desc(), quarantine.c.id.desc()
    )
    return tuple(stored_row(row) for row in conn.execute(ordered.limit(limit).offset(offset)))


def count_chosen(conn: Connection, choice: RowChoice) -> int:
    """How many rows are meant."""
    counted = _chosen(select(func.count()).select_from(quarantine), choice)
    return int(conn.execute(counted).scalar_one())


def read_facets(conn: Connection, choice: RowChoice) -> Facets:
    """What the rows that are meant can be told apart by; the statuses are of all of the feed."""
    columns = quarantine.c
    every = replace(choice, status=None)
    rules: dict[str, int] = {}
    for told, number in _counted(conn, cast(columns.rule_ids, Text), choice):
        for rule in json.loads(told):
            rules[rule] = rules.get(rule, 0) + number
    days = {day: number for day, number in _counted(conn, columns.day, choice) if day is not None}
    return Facets(
        statuses=dict(_counted(conn, columns.status, every)),
        rules=dict(sorted(rules.items())),
        touchpoints=dict(sorted(_counted(conn, columns.touchpoint, choice))),
        days=dict(sorted(days.items(), reverse=True)),
    )


def _chosen(rows: Select[Any], choice: RowChoice) -> Select[Any]:
    columns = quarantine.c
    tests: list[ColumnElement[bool]] = [columns.feed == choice.feed]
    if choice.status is not None:
        tests.append(columns.status == choice.status)
    if choice.rule:
        tests.append(cast(columns.rule_ids, Text).contains(f'"{choice.rule}"', autoescape=True))
    if choice.touchpoint:
        tests.append(columns.touchpoint == choice.touchpoint)
    if choice.day is not None:
        tests.append(columns.day == choice.day)
    if choice.touchpoints is not None:
        tests.append(columns.touchpoint.in_(sorted(choice.touchpoints)))
    return rows.where(*tests)


def _counted(
    conn: Connection, column: ColumnElement[Any], choice: RowChoice
) -> list[tuple[Any, int]]:
    rows = _chosen(select(column, func.count()).select_from(quarantine), choice).group_by(column)
    return [(value, int(number)) for value, number in conn.execute(rows)]
