from dataclasses import replace

import pytest
import sqlalchemy as sa

from callboard.storage.feeds.engine import open_feed, read_feed
from callboard.storage.feeds.forms import find_odd
from callboard.storage.feeds.table import FeedTable, find_table, lost_columns
from callboard.storage.feeds.watch import segments_to_keep
from data_contracts.model import Column, ColumnType, Contract
from tests.callboard.storage.feed_samples import made_up_contract

COLUMNS = (
    Column(name="id", physical_name="id", type=ColumnType.STRING, required=True, is_key=True),
    Column(name="touchpoint", physical_name="Desk", type=ColumnType.STRING, required=True),
    Column(name="at", physical_name="at", type=ColumnType.TIMESTAMP, required=True),
    Column(name="amount", physical_name="amount", type=ColumnType.NUMBER),
)
CONTRACT = made_up_contract("visits", COLUMNS)


def run(url: str, *statements: str) -> None:
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as conn:
        for statement in statements:
            conn.exec_driver_sql(statement)
    engine.dispose()


def found(url: str, contract: Contract = CONTRACT) -> FeedTable | None:
    with read_feed(open_feed(url), "Visits") as conn:
        return find_table(conn, contract)


def test_a_table_that_is_not_there_is_none(database_url: str) -> None:
    run(database_url, "CREATE TABLE another (id TEXT)")
    assert found(database_url) is None


def test_columns_are_found_by_their_physical_names(database_url: str) -> None:
    run(database_url, 'CREATE TABLE visits (id TEXT, "Desk" TEXT, at TIMESTAMP, amount REAL)')
    table = found(database_url)
    assert table is not None
    assert ((), frozenset()) == (table.missing, table.absent)


def test_capitals_alone_do_not_hide_a_column(database_url: str) -> None:
    run(database_url, "CREATE TABLE visits (ID TEXT, desk TEXT, At TIMESTAMP, amount REAL)")
    table = found(database_url)
    assert table is not None
    assert () == table.missing


def test_columns_that_nobody_promised_are_extra(database_url: str) -> None:
    run(database_url, 'CREATE TABLE visits (id TEXT, DESK TEXT, "Lunch?" TEXT, at TIMESTAMP)')
    table = found(database_url)
    assert table is not None
    assert ("Lunch?",) == table.extra
    assert 4 == len(table.columns)


def test_a_column_that_was_there_before_is_lost(database_url: str) -> None:
    run(database_url, "CREATE TABLE visits (id TEXT, desk TEXT, at TIMESTAMP, colour TEXT)")
    table = found(database_url)
    assert table is not None
    before = ["ID", "Desk", "at", "amount", "note", "Colour"]
    assert ("amount", "note") == lost_columns(table, before)
    assert () == lost_columns(table, table.columns)


def test_a_lost_column_that_is_required_is_missing_and_no_more(database_url: str) -> None:
    run(database_url, "CREATE TABLE visits (id TEXT, at TIMESTAMP, amount REAL)")
    table = found(database_url)
    assert table is not None
    assert () == lost_columns(table, ["id", "desk", "at"])


def test_what_is_required_and_not_there_is_missing(database_url: str) -> None:
    run(database_url, "CREATE TABLE visits (id TEXT, at TIMESTAMP)")
    table = found(database_url)
    assert table is not None
    assert ("touchpoint",) == table.missing
    assert {"touchpoint", "amount"} == table.absent


def test_a_view_is_as_good_as_a_table(database_url: str) -> None:
    run(
        database_url,
        "CREATE TABLE raw (id TEXT, d TEXT, at TIMESTAMP, amount REAL)",
        'CREATE VIEW visits AS SELECT id, d AS "Desk", at, amount FROM raw',
    )
    table = found(database_url)
    assert table is not None
    assert () == table.missing


def test_what_the_database_keeps_itself_is_known(database_url: str) -> None:
    run(
        database_url,
        'CREATE TABLE visits (id TEXT NOT NULL PRIMARY KEY, "Desk" TEXT, at TIMESTAMP NOT NULL, '
        'amount REAL, UNIQUE ("Desk", at))',
    )
    table = found(database_url)
    assert table is not None
    assert {"id", "at"} == table.filled
    assert {frozenset({"id"}), frozenset({"touchpoint", "at"})} == table.unique


@pytest.mark.postgres
def test_a_table_of_another_schema_is_named_with_it(postgres_url: str) -> None:
    run(
        postgres_url,
        "CREATE SCHEMA shop",
        'CREATE TABLE shop.visits (id TEXT, "Desk" TEXT, at TIMESTAMPTZ, amount REAL)',
    )
    assert found(postgres_url, replace(CONTRACT, table="shop.visits")) is not None
    assert found(postgres_url) is None


@pytest.mark.postgres
def test_a_column_of_another_type_is_said_so(postgres_url: str) -> None:
    run(postgres_url, 'CREATE TABLE visits (id INTEGER, "Desk" TEXT, at TEXT, amount TIMESTAMP)')
    table = found(postgres_url)
    assert table is not None
    assert {"at": "text", "amount": "timestamp"} == table.retyped


@pytest.mark.parametrize(
    ("amount", "odd"),
    [
        ("12.5", set()),
        ("'12.5'", {"amount"}),
        ("'abc'", set()),  # no number in any form: that is for the contract's check
        ("NULL", set()),
    ],
)
def test_a_readable_value_of_another_form_makes_a_column_odd(
    amount: str, odd: set[str], tmp_path: object
) -> None:
    url = f"sqlite:///{tmp_path}/feed.db"
    run(
        url,
        'CREATE TABLE visits (id TEXT, "Desk" TEXT, at TEXT, amount)',
        f"INSERT INTO visits VALUES ('1', 'd', '2026-03-04 05:06:07', {amount})",
    )
    with read_feed(open_feed(url), "Visits") as conn:
        table = find_table(conn, CONTRACT)
        assert table is not None
        assert odd == find_odd(conn, table)


def kept(url: str, cap: int, known: frozenset[str] = frozenset()) -> tuple[str, ...] | None:
    with read_feed(open_feed(url), "Visits") as conn:
        table = find_table(conn, CONTRACT)
        assert table is not None
        return segments_to_keep(conn, table, "touchpoint", cap=cap, known=known)


@pytest.fixture
def segmented(database_url: str) -> str:
    rows = ", ".join(f"('{name}')" for name in ["a"] * 3 + ["b"] * 2 + ["c", "d"])
    run(
        database_url,
        'CREATE TABLE visits (id TEXT, "Desk" TEXT, at TIMESTAMP, amount REAL)',
        f"INSERT INTO visits (\"Desk\") VALUES {rows}, (NULL), ('')",
    )
    return database_url


def test_few_segments_are_all_kept(segmented: str) -> None:
    assert kept(segmented, 4) is None


def test_of_many_segments_the_largest_are_kept(segmented: str) -> None:
    assert ("a", "b") == kept(segmented, 2)


def test_a_segment_that_is_known_stays(segmented: str) -> None:
    assert ("a", "z") == kept(segmented, 2, frozenset({"z"}))


def test_where_there_is_already_an_other_nothing_is_added(segmented: str) -> None:
    assert ("d",) == kept(segmented, 12, frozenset({"d", "other", "unknown"}))
