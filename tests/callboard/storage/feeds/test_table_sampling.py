import pytest
import sqlalchemy as sa

from callboard.errors import FeedUnavailable
from callboard.storage.feeds.engine import open_feed, read_feed
from callboard.storage.feeds.table_inspection import SeenTable, list_tables
from callboard.storage.feeds.table_sampling import Sample, read_distinct, read_sample
from tests.callboard.services.stranger import (
    DESKS,
    HOSTILE,
    HOSTILE_COLUMN,
    HOSTILE_SITES,
    TICKETS,
    create_stranger,
)


@pytest.fixture
def stranger(database_url: str) -> str:
    create_stranger(database_url)
    return database_url


def _table(url: str, name: str) -> SeenTable:
    with read_feed(open_feed(url), name) as conn:
        return next(each for each in list_tables(conn, "").tables if each.name == name)


def _sample(url: str, name: str, limit: int) -> Sample:
    table = _table(url, name)
    with read_feed(open_feed(url), name) as conn:
        return read_sample(conn, table, limit)


def _distinct(url: str, name: str, column: str, limit: int = 10) -> dict[str, int]:
    table = _table(url, name)
    with read_feed(open_feed(url), name) as conn:
        return read_distinct(conn, table, column, limit=limit)


def _make(url: str, *statements: str) -> None:
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as conn:
        for each in statements:
            conn.exec_driver_sql(each)
    engine.dispose()


def test_a_small_table_is_read_whole(stranger: str) -> None:
    sample = _sample(stranger, "app_log", 100)
    assert (50, 50, True) == (len(sample.rows), sample.count, sample.is_all)
    assert ["line", "level"] == list(sample.rows.columns)


def test_a_sample_has_the_first_and_the_last_rows_where_there_is_a_key(stranger: str) -> None:
    sample = _sample(stranger, "zendesk_export", 100)
    numbers = {int(each) for each in sample.rows["ticket_id"]}
    assert (100, TICKETS, False) == (len(numbers), sample.count, sample.is_all)
    assert {1000, 1000 + TICKETS - 1} <= numbers


def test_no_row_is_twice_in_a_sample(stranger: str) -> None:
    sample = _sample(stranger, "zendesk_export", TICKETS - 10)
    assert sample.rows["ticket_id"].is_unique
    assert TICKETS >= len(sample.rows)


def test_hostile_names_are_names_and_nothing_else(stranger: str) -> None:
    sample = _sample(stranger, HOSTILE, 10)
    assert "1.5" == str(float(sample.rows[HOSTILE_COLUMN][0]))
    assert dict.fromkeys(HOSTILE_SITES, 30) == _distinct(stranger, HOSTILE, "site; --")
    assert TICKETS == _sample(stranger, "zendesk_export", 1).count


def test_different_values_come_with_their_rows_the_most_frequent_first(stranger: str) -> None:
    found = _distinct(stranger, "zendesk_export", "brand")
    assert (set(DESKS), TICKETS) == (set(found), sum(found.values()))
    assert sorted(found.values(), reverse=True) == list(found.values())


def test_different_values_are_bounded_and_numbers_are_text(stranger: str) -> None:
    assert 2 == len(_distinct(stranger, "zendesk_export", "brand", limit=2))
    assert {"1", "2"} == set(_distinct(stranger, "sales_orders", "shop"))


def test_a_value_that_is_not_utf8_does_not_hide_the_others(tmp_path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    _make(url, "CREATE TABLE t (a)", "INSERT INTO t VALUES (CAST(x'ff61' AS TEXT)), ('b')")
    assert ["\ufffda", "b"] == list(_sample(url, "t", 10).rows["a"])


def test_a_huge_value_is_cut(database_url: str) -> None:
    _make(database_url, "CREATE TABLE t (a text)", f"INSERT INTO t VALUES ('{'x' * 50_000}')")
    assert 1_000 == len(_sample(database_url, "t", 10).rows["a"][0])


@pytest.mark.postgres
def test_values_that_no_driver_can_hold_are_text(postgres_url: str) -> None:
    _make(
        postgres_url,
        "CREATE TABLE t (at timestamptz, n numeric, f float, doc jsonb, id uuid, flag bool)",
        "INSERT INTO t VALUES ('infinity', 'NaN', 'inf', '{}', gen_random_uuid(), true)",
        "INSERT INTO t VALUES ('2026-03-29 02:30:00+02', 1.50, 1e300, '{}', NULL, NULL)",
    )
    rows = _sample(postgres_url, "t", 10).rows
    assert ["at", "n", "f", "id", "flag"] == list(rows.columns)
    assert ["infinity", "2026-03-29 00:30:00"] == list(rows["at"])
    assert (["NaN", "1.50"], ["Infinity", "1e+300"]) == (list(rows["n"]), list(rows["f"]))
    assert ["true", None] == list(rows["flag"])


@pytest.mark.postgres
def test_a_table_that_may_not_be_read_says_so(postgres_url: str) -> None:
    _make(postgres_url, "CREATE TABLE secret (a int)")
    nobody = {"options": "-c role=pg_monitor"}  # a role of PostgreSQL's own, without any table
    url = sa.make_url(postgres_url).update_query_dict(nobody).render_as_string(hide_password=False)
    table = _table(url, "secret")
    with (
        pytest.raises(FeedUnavailable, match="secret: the database user may not read the table"),
        read_feed(open_feed(url), "secret") as conn,
    ):
        read_sample(conn, table, 10)
