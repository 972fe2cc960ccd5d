"""Rows that stand in a feed several times count once, on both engines."""

import random
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest
import sqlalchemy as sa

from callboard.storage.feeds.engine import open_feed, read_feed
from callboard.storage.feeds.question import FeedQuestion
from callboard.storage.feeds.repeated import without_copies
from callboard.storage.feeds.rows import broken_rows
from callboard.storage.feeds.scan_answer import Answer, ask
from callboard.storage.feeds.scan_plan import plan_days
from callboard.storage.feeds.table import FeedTable, find_table
from data_contracts.masks import judge_rows
from data_contracts.model import Check, Column, ColumnType, Dimension, Kind, Severity
from tests.callboard.storage.feed_samples import (
    NOW,
    TOUCHPOINTS,
    Row,
    SampleFeed,
    made_up_contract,
    question,
)

YEARS = (2025, 2027)


def _column(name: str, kind: ColumnType, **parts: bool) -> Column:
    return Column(name=name, physical_name=name, type=kind, **parts)


def _check(kind: Kind, column: str, **parts: object) -> Check:
    return Check(
        rule_id=f"{column}.{kind.value}",
        kind=kind,
        column=column,
        severity=Severity.CRITICAL,
        dimension=Dimension.ACCURACY,
        description="",
        **parts,
    )


COLUMNS = [
    _column("id", ColumnType.STRING, is_key=True),
    _column("at", ColumnType.TIMESTAMP),
    _column("touchpoint", ColumnType.STRING),
    _column("amount", ColumnType.NUMBER),
]
CHECKS = [
    _check(Kind.REQUIRED, "id"),
    _check(Kind.TYPE, "amount", column_type=ColumnType.NUMBER),
    _check(Kind.RANGE, "amount", low=2, column_type=ColumnType.NUMBER),
    _check(Kind.UNIQUE, "id", columns=("id",)),
]
CONTRACT = made_up_contract("visits", COLUMNS, checks=CHECKS)
FIRST = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAYS = frozenset({date(2026, 3, 2), date(2026, 3, 3)})


def _random_rows(dice: random.Random) -> list[Row]:
    """Rows of which many are copies, many have a key of another, and some have none."""
    return [
        {
            "id": dice.choice(["a", "b", "c", "d", "e", "f", None]),
            "at": FIRST + timedelta(days=dice.randrange(4)),
            "touchpoint": dice.choice(["desk", "web"]),
            "amount": dice.choice([1.0, 2.5, None]),
        }
        for _ in range(dice.choice([5, 12, 40]))
    ]


def _asked(url: str, asked: FeedQuestion) -> tuple[Answer, int, int]:
    """The answer, how many rows are copies, and how many of the others are kept out."""
    with read_feed(open_feed(url), "Visits") as conn:
        table, copies = without_copies(conn, _table(conn), asked)
        plan = plan_days(table, asked, YEARS, frozenset())
        with plan.empty_sums() as sums:
            answer = ask(conn, plan, asked, sums)
        broken = broken_rows(conn, table, asked, YEARS, limit=1_000)
    return answer, copies, len(broken)


def _table(conn: sa.Connection) -> FeedTable:
    table = find_table(conn, CONTRACT)
    assert table is not None
    return table


def _once(rows: list[Row]) -> list[Row]:
    """Plain Python: the first of every row that has a key, and all that have none."""
    seen = {tuple(row.items()): row for row in rows if row["id"] is not None}
    return [*seen.values(), *(row for row in rows if row["id"] is None)]


@pytest.mark.parametrize("seed", range(6))
def test_every_row_is_used_kept_out_or_a_copy(database_url: str, seed: int) -> None:
    feed, dice = SampleFeed(database_url, CONTRACT), random.Random(seed)
    for _ in range(4):
        rows = _random_rows(dice)
        feed.fill(rows)
        answer, copies, broken = _asked(database_url, question(CONTRACT))
        once = _once(rows)
        masks = judge_rows(
            pd.DataFrame(once, columns=["id", "at", "touchpoint", "amount"]),
            CHECKS,
            known={"touchpoints": set(TOUCHPOINTS)},
            now=NOW,
        )
        assert len(rows) - len(once) == copies
        assert list(masks.evidence) == list(answer.evidence)
        assert len(rows) == answer.rows_used + broken + copies
    feed.close()


@pytest.mark.parametrize("seed", range(4))
def test_only_copies_of_the_days_asked_for_count(database_url: str, seed: int) -> None:
    feed, dice = SampleFeed(database_url, CONTRACT), random.Random(seed)
    rows = _random_rows(dice) * 2
    feed.fill(rows)
    answer, copies, broken = _asked(database_url, question(CONTRACT, days=DAYS))
    of_days = [row for row in rows if row["at"].date() in DAYS]
    assert len(of_days) - len(_once(of_days)) == copies
    assert len(of_days) == answer.rows_used + broken + copies
    feed.close()


def _fill(url: str, statement: str) -> None:
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as conn:
        conn.exec_driver_sql(statement)
        for amount in (1, 2):
            conn.exec_driver_sql(
                f"INSERT INTO visits VALUES ('a{amount}', '2026-03-01 12:00', 'web', 5)"
            )
    engine.dispose()


@pytest.mark.parametrize("constraint", ["PRIMARY KEY", ""])
def test_a_table_without_copies_is_asked_as_it_stands(database_url: str, constraint: str) -> None:
    _fill(
        database_url,
        f"CREATE TABLE visits (id VARCHAR(9) {constraint}, at TIMESTAMP, touchpoint TEXT, amount REAL)",
    )
    with read_feed(open_feed(database_url), "Visits") as conn:
        table = _table(conn)
        assert (table, 0) == without_copies(conn, table, question(CONTRACT))


def test_rows_that_look_alike_without_a_key_are_rows_of_their_own(database_url: str) -> None:
    contract = made_up_contract("visits", [_column(c.name, c.type) for c in COLUMNS])
    feed = SampleFeed(database_url, contract)
    feed.fill([{"id": "a", "at": FIRST, "touchpoint": "web", "amount": 1.0}] * 3)
    with read_feed(open_feed(database_url), "Visits") as conn:
        table = find_table(conn, contract)
        assert table is not None
        assert (table, 0) == without_copies(conn, table, question(contract))
    feed.close()


@pytest.mark.postgres
def test_columns_that_cannot_be_compared_are_compared_as_text(new_postgres_database) -> None:
    url = new_postgres_database("")
    _fill(url, "CREATE TABLE visits (id TEXT, at TIMESTAMP, touchpoint TEXT, amount REAL)")
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as conn:
        conn.exec_driver_sql(
            "ALTER TABLE visits ALTER touchpoint TYPE JSON USING to_json(touchpoint)"
        )
        conn.exec_driver_sql("INSERT INTO visits SELECT * FROM visits WHERE id = 'a1'")
    engine.dispose()
    with read_feed(open_feed(url), "Visits") as conn:
        assert 1 == without_copies(conn, _table(conn), question(CONTRACT))[1]
