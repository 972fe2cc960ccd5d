from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from callboard.storage.feeds.engine import open_feed, read_feed
from callboard.storage.feeds.table_inspection import SeenTable, Tables, list_schemas, list_tables
from data_contracts.model import ColumnType
from tests.callboard.services.stranger import HOSTILE, create_stranger


@pytest.fixture
def stranger(database_url: str) -> str:
    create_stranger(database_url)
    return database_url


@pytest.fixture
def owner(postgres_url: str) -> Iterator[Engine]:
    """The owner of a PostgreSQL database, who may change it."""
    engine = sa.create_engine(postgres_url.replace("postgresql:", "postgresql+psycopg:"))
    yield engine
    engine.dispose()


def _tables(url: str, schema: str = "") -> Tables:
    with read_feed(open_feed(url), "stranger") as conn:
        return list_tables(conn, schema)


def _by_name(url: str) -> dict[str, SeenTable]:
    return {each.name: each for each in _tables(url).tables}


def _kinds(table: SeenTable) -> dict[str, ColumnType | None]:
    return {each.name: each.kind for each in table.columns}


def _run(engine: Engine, *statements: str) -> None:
    with engine.begin() as conn:
        for each in statements:
            conn.exec_driver_sql(each)


def test_tables_and_views_are_listed_whatever_they_are_called(stranger: str) -> None:
    tables = _by_name(stranger)
    assert {"zendesk_export", "sales_orders", "employees", "app_log", HOSTILE, "answers"} == set(
        tables
    )
    assert ["answers"] == [name for name, each in tables.items() if each.is_view]


def test_keys_are_those_the_database_itself_keeps(stranger: str) -> None:
    tables = _by_name(stranger)
    assert ("ticket_id",) == tables["zendesk_export"].key
    assert {frozenset({"ticket_id"})} == tables["zendesk_export"].unique
    assert ((), frozenset()) == (tables["answers"].key, tables["answers"].unique)


def test_declared_types_are_told_in_the_words_of_contracts(stranger: str) -> None:
    kinds = _kinds(_by_name(stranger)["zendesk_export"])
    assert (ColumnType.INTEGER, ColumnType.TIMESTAMP, ColumnType.NUMBER, ColumnType.BOOLEAN) == (
        *(kinds[name] for name in ("ticket_id", "opened_at", "queue_seconds", "solved")),
    )


def test_sqlite_has_no_schemas(tmp_path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    create_stranger(url)
    with read_feed(open_feed(url), "stranger") as conn:
        assert ("", ()) == list_schemas(conn)


def test_a_view_that_lost_its_table_does_not_hide_the_others(tmp_path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    create_stranger(url)
    engine = sa.create_engine(url)
    _run(engine, "CREATE VIEW broken AS SELECT * FROM gone")
    engine.dispose()
    found = _tables(url)
    assert ("broken",) == found.unreadable
    assert "zendesk_export" in {each.name for each in found.tables}


@pytest.mark.postgres
def test_a_schema_is_looked_at_alone(postgres_url: str, owner: Engine) -> None:
    _run(
        owner,
        "CREATE TABLE here (a int)",
        "CREATE SCHEMA crm",
        "CREATE TABLE crm.there (a int PRIMARY KEY)",
    )
    with read_feed(open_feed(postgres_url), "stranger") as conn:
        assert ("public", ("crm", "public")) == list_schemas(conn)
    assert ["here"] == [each.shown for each in _tables(postgres_url).tables]
    (there,) = _tables(postgres_url, "crm").tables
    assert ("crm.there", ("a",)) == (there.shown, there.key)


@pytest.mark.postgres
def test_types_that_no_contract_can_promise_are_known_as_such(
    postgres_url: str, owner: Engine
) -> None:
    _run(
        owner,
        "CREATE TYPE mood AS ENUM ('sad', 'happy')",
        "CREATE TABLE odd (id uuid, m mood, doc jsonb, list int[], span interval, at timestamptz)",
    )
    (odd,) = _tables(postgres_url).tables
    assert {
        "id": ColumnType.STRING,
        "m": ColumnType.STRING,
        "doc": None,
        "list": None,
        "span": None,
        "at": ColumnType.TIMESTAMP,
    } == _kinds(odd)
    assert odd.column("at").has_zone


@pytest.mark.postgres
def test_the_parts_of_a_partitioned_table_are_one_table(postgres_url: str, owner: Engine) -> None:
    _run(
        owner,
        "CREATE TABLE calls (at timestamptz NOT NULL) PARTITION BY RANGE (at)",
        "CREATE TABLE calls_1 PARTITION OF calls FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
        "CREATE MATERIALIZED VIEW counted AS SELECT count(*) AS n FROM calls",
    )
    assert [("calls", False), ("counted", True)] == [
        (each.name, each.is_view) for each in _tables(postgres_url).tables
    ]
