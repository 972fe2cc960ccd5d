import os
import signal
import socket
import threading
import time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import text

from callboard.errors import FeedUnavailable
from callboard.storage.feeds.engine import open_feed, read_feed


@pytest.fixture
def url(database_url: str) -> str:
    engine = sa.create_engine(database_url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as conn:
        conn.exec_driver_sql("CREATE TABLE visits (id INTEGER)")
        conn.exec_driver_sql("INSERT INTO visits VALUES (1)")
    engine.dispose()
    return database_url


def refusal(url: str, sql: str = "SELECT 1", **options: Any) -> str:
    with (
        pytest.raises(FeedUnavailable) as told,
        read_feed(open_feed(url), "Visits", **options) as conn,
    ):
        conn.execute(text(sql))
    return str(told.value)


def test_a_feed_is_read(url: str) -> None:
    with read_feed(open_feed(url), "Visits") as conn:
        assert [(1,)] == conn.execute(text("SELECT id FROM visits")).all()


@pytest.mark.parametrize(
    "sql",
    ["INSERT INTO visits VALUES (2)", "DELETE FROM visits", "CREATE TABLE other (id INTEGER)"],
)
def test_a_feed_cannot_be_written_to(url: str, sql: str) -> None:
    refusal(url, sql)
    with read_feed(open_feed(url), "Visits") as conn:
        assert [(1,)] == conn.execute(text("SELECT id FROM visits")).all()


def test_all_questions_of_a_read_see_the_same_rows(url: str) -> None:
    writer = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with writer.connect() as conn:
        if writer.dialect.name == "sqlite":
            conn.exec_driver_sql("PRAGMA journal_mode=WAL")
    with read_feed(open_feed(url), "Visits") as conn:
        before = conn.execute(text("SELECT count(*) FROM visits")).scalar_one()
        with writer.begin() as other:
            other.exec_driver_sql("INSERT INTO visits VALUES (2)")
        assert before == conn.execute(text("SELECT count(*) FROM visits")).scalar_one()
    writer.dispose()


def test_a_missing_table_is_said_plainly(url: str) -> None:
    assert "Visits: the table is not there." == refusal(url, "SELECT * FROM orders")


def test_a_refused_question_is_not_told_as_silence(url: str) -> None:
    assert (
        "Visits: the database refused the question; check that its columns hold what the contract "
        "says." == refusal(url, "SELECT no_such_function(id) FROM visits")
    )


@pytest.mark.postgres
def test_a_database_that_the_server_does_not_have_is_said_plainly(postgres_url: str) -> None:
    elsewhere = sa.make_url(postgres_url).set(database="nowhere")
    told = refusal(elsewhere.render_as_string(hide_password=False))
    assert "Visits: the server has no such database or user." == told


def test_a_missing_file_is_named_without_its_folder(tmp_path: Path) -> None:
    told = refusal(f"sqlite:///{tmp_path / 'orders.db'}")
    assert "Visits: the database file orders.db is not there." == told
    assert not (tmp_path / "orders.db").exists()


def test_a_file_that_is_no_database_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "orders.db").write_bytes(b"id;name\n1;Ada\n" * 100)
    told = refusal(f"sqlite:///{tmp_path / 'orders.db'}", "SELECT * FROM orders")
    assert "Visits: the file is not a readable SQLite database." == told


def test_a_server_that_is_away_gives_no_secret_away() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = refusal(f"postgresql://reader:hidden-word@127.0.0.1:{port}/shop")
    assert "Visits: the database does not answer; check that it is running and reachable." == told
    assert "hidden-word" not in told


@pytest.mark.parametrize("url", ["mysql://u:p@h/db", "nonsense", "sqlite://", "sqlite:///:memory:"])
def test_another_kind_of_address_is_refused(url: str) -> None:
    with pytest.raises(FeedUnavailable, match="cannot be used") as told:
        open_feed(url)
    assert ":p@" not in str(told.value)


_ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


def test_a_question_that_takes_too_long_is_given_up(url: str) -> None:
    began = time.monotonic()
    assert "Visits: the database took too long to answer." == refusal(url, _ENDLESS, seconds=0.5)
    assert time.monotonic() - began < 10


@pytest.mark.postgres
def test_a_server_that_is_frozen_is_given_up(postgres_url: str) -> None:
    def ask() -> None:
        with read_feed(open_feed(postgres_url), "Visits", seconds=1.0) as conn:
            process = conn.execute(text("SELECT pg_backend_pid()")).scalar_one()
            os.kill(process, signal.SIGSTOP)
            try:
                conn.execute(text("SELECT 1"))
            finally:
                os.kill(process, signal.SIGCONT)

    with pytest.raises(FeedUnavailable, match="took too long"):
        ask()


def test_a_read_leaves_no_connection_and_no_thread(url: str) -> None:
    before = threading.active_count()
    engine = open_feed(url)
    for _ in range(3):
        with read_feed(engine, "Visits") as conn:
            conn.execute(text("SELECT 1"))
    deadline = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert before == threading.active_count()
