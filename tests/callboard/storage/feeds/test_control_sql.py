"""What a control table tells, on both engines, and what is said of one that tells nothing."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from callboard.storage.feeds.control_sql import ControlTotals, told_rows
from callboard.storage.feeds.engine import open_feed, read_feed
from callboard.storage.feeds.table import find_table
from data_contracts.model import Control
from tests.callboard.storage.feed_samples import question
from tests.callboard.storage.feeds.test_table import CONTRACT, run

CONTROL = Control(table="loads", day="loaded", rows="lines", touchpoint="place")
FIRST, SECOND, THIRD = (date(2026, 11, day) for day in (18, 19, 20))
TABLE = "CREATE TABLE loads (loaded DATE, place TEXT, lines INTEGER)"


def told(
    url: str, control: Control | None = CONTROL, days: frozenset[date] | None = None
) -> ControlTotals:
    asked = question(replace(CONTRACT, control=control), days=days)
    with read_feed(open_feed(url), "Visits") as conn:
        found = told_rows(conn, asked)
        assert find_table(conn, CONTRACT) is None  # the connection answers as before
    return found


def test_a_feed_without_control_is_told_nothing(database_url: str) -> None:
    run(database_url, TABLE, "INSERT INTO loads VALUES ('2026-11-18', 'desk', 3)")
    assert ControlTotals() == told(database_url, None)


def test_several_loads_of_a_day_and_the_names_of_a_touchpoint_are_added_up(
    database_url: str,
) -> None:
    rows = "('2026-11-18', 'desk', 3), ('2026-11-18', 'SD', 4), ('2026-11-19', 'shop', 0)"
    run(database_url, TABLE, f"INSERT INTO loads VALUES {rows}")
    assert {("desk", FIRST): 7, ("shop", SECOND): 0} == told(database_url).rows


def test_without_touchpoints_the_whole_feed_is_told_of(database_url: str) -> None:
    run(
        database_url,
        "CREATE TABLE loads (loaded DATE, lines NUMERIC)",
        "INSERT INTO loads VALUES ('2026-11-18', 12), ('2026-11-19', 8)",
    )
    whole = replace(CONTROL, touchpoint="")
    assert {("", FIRST): 12, ("", SECOND): 8} == told(database_url, whole).rows


def test_a_row_that_leaves_something_open_tells_nothing(database_url: str) -> None:
    rows = "(NULL, 'desk', 1), ('2026-11-18', NULL, 1), ('2026-11-18', 'nowhere', 1)"
    run(database_url, TABLE, f"INSERT INTO loads VALUES {rows}, ('2026-11-18', 'web', NULL)")
    assert ControlTotals() == told(database_url)


@pytest.mark.parametrize(
    ("days", "rows"),
    [
        (frozenset({FIRST, THIRD}), {("desk", FIRST): 1, ("desk", THIRD): 3}),
        (frozenset({SECOND}), {("desk", SECOND): 2}),
        (frozenset[date](), {}),
    ],
)
def test_only_the_days_that_are_asked_for_are_told(
    days: frozenset[date], rows: Mapping[tuple[str, date], int], database_url: str
) -> None:
    each = ", ".join(f"('2026-11-{17 + n}', 'desk', {n})" for n in range(1, 4))
    run(database_url, TABLE, f"INSERT INTO loads VALUES {each}")
    assert rows == told(database_url, days=days).rows


@pytest.mark.parametrize("kind", ["TEXT", "TIMESTAMP", "DATE"])
def test_a_day_may_be_text_or_a_moment(kind: str, database_url: str) -> None:
    run(
        database_url,
        f"CREATE TABLE loads (loaded {kind}, place TEXT, lines TEXT)",
        "INSERT INTO loads VALUES ('2026-11-18 00:00:00', 'desk', '5')",
    )
    assert {("desk", FIRST): 5} == told(database_url).rows
    assert {("desk", FIRST): 5} == told(database_url, days=frozenset({FIRST})).rows


def test_text_that_is_no_day_tells_nothing(database_url: str) -> None:
    run(
        database_url,
        "CREATE TABLE loads (loaded TEXT, place TEXT, lines TEXT)",
        "INSERT INTO loads VALUES ('soon', 'desk', '5'), ('2026-02-31', 'desk', '6')",
    )
    assert ControlTotals() == told(database_url)
    assert ControlTotals() == told(database_url, days=frozenset({FIRST}))


@pytest.mark.parametrize("lines", ["1.5", "many", ""])
def test_a_number_that_is_none_is_an_error(lines: str, database_url: str) -> None:
    run(
        database_url,
        "CREATE TABLE loads (loaded DATE, place TEXT, lines TEXT)",
        f"INSERT INTO loads VALUES ('2026-11-18', 'desk', '{lines}')",
    )
    sentence = "the control table loads tells no whole number of rows for 2026-11-18"
    assert ControlTotals(error=sentence) == told(database_url)


def test_a_table_that_is_not_there_is_an_error(database_url: str) -> None:
    run(database_url, "CREATE TABLE another (id TEXT)")
    assert ControlTotals(error="the control table loads is not there") == told(database_url)


def test_a_column_that_is_not_there_is_an_error(database_url: str) -> None:
    run(database_url, "CREATE TABLE loads (Loaded DATE, lines INTEGER)")
    assert ControlTotals(error="the control table loads has no column place") == told(database_url)


def test_a_view_whose_table_has_gone_is_an_error(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'feed.db'}"
    run(url, "CREATE VIEW loads AS SELECT loaded, place, lines FROM gone")
    assert ControlTotals(error="the control table loads cannot be read") == told(url)


HOSTILE = Control(table='a"; DROP', day="d%s :x", rows="select", touchpoint="it's")


def test_hostile_names_are_names_and_no_more(database_url: str) -> None:
    engine = sa.create_engine(database_url.replace("postgresql:", "postgresql+psycopg:"))
    columns = (sa.Column(each, sa.Text) for each in (HOSTILE.day, HOSTILE.rows, HOSTILE.touchpoint))
    table = sa.Table(HOSTILE.table, sa.MetaData(), *columns)
    with engine.begin() as conn:
        table.create(conn)
        conn.execute(table.insert().values(("2026-11-18", "9", "desk")))
    engine.dispose()
    assert {("desk", FIRST): 9} == told(database_url, HOSTILE).rows


@pytest.mark.postgres
def test_a_table_that_may_not_be_read_is_an_error(postgres_url: str) -> None:
    with psycopg.connect(postgres_url, autocommit=True) as conn:
        conn.execute(TABLE)
        conn.execute("CREATE ROLE stranger_to_loads LOGIN")
    try:
        url = sa.make_url(postgres_url).set(username="stranger_to_loads")
        found = told(url.render_as_string(hide_password=False))
        assert ControlTotals(error="the control table loads cannot be read") == found
    finally:
        with psycopg.connect(postgres_url, autocommit=True) as conn:
            conn.execute("DROP ROLE stranger_to_loads")


@pytest.mark.postgres
def test_a_control_table_of_another_schema_is_named_with_it(postgres_url: str) -> None:
    run(
        postgres_url,
        "CREATE SCHEMA audit",
        "CREATE TABLE audit.loads (loaded TIMESTAMPTZ, place TEXT, lines BIGINT)",
        "INSERT INTO audit.loads VALUES ('2026-11-18 23:30:00+00', 'desk', 5)",
    )
    control = replace(CONTROL, table="audit.loads")
    assert {("desk", FIRST): 5} == told(postgres_url, control, frozenset({FIRST})).rows
