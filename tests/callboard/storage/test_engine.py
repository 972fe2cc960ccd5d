import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event, func, select, text
from sqlalchemy.exc import IntegrityError

from callboard.errors import CallboardError, StoreUnavailable
from callboard.storage import engine as engine_module
from callboard.storage.engine import open_store, snapshot, write
from callboard.storage.migrations import migrate
from callboard.storage.publications import PublicationKind, add_publication, latest_publication
from callboard.storage.sqlite_library import choose_journal, find_sqlite
from callboard.storage.tables import publication
from tests.callboard.storage.test_kills import METRICS, publish_at_once, replace, versions
from tests.kills import needs_fork, start

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def publish(conn: Connection) -> int:
    kind = PublicationKind.REFRESH
    return add_publication(conn, kind=kind, actor_id="refresh", note="", at=NOW)


def publish_often(url: str, times: int) -> None:
    store = open_store(url)
    for _ in range(times):
        with write(store) as conn:
            publish(conn)


def fail_in_the_middle(store: Engine) -> None:
    with write(store) as conn:
        conn.execute(text("CREATE TABLE leftover (a INTEGER)"))
        publish(conn)
        raise ZeroDivisionError


def setting(store: Engine, name: str) -> object:
    with snapshot(store) as conn:
        return conn.execute(text(f"PRAGMA {name}")).scalar()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),  # FULL
        ("foreign_keys", 1),
        ("busy_timeout", 20_000),
        ("trusted_schema", 0),
    ],
)
def test_sqlite_runs_with_the_settings_that_were_proved(
    tmp_path: Path, name: str, expected: object
) -> None:
    assert expected == setting(open_store(f"sqlite:///{tmp_path / 'store.db'}"), name)


def test_a_sqlite_library_with_the_race_keeps_a_rollback_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if choose_journal(sqlite3).journal_mode == "WAL":
        pytest.skip("the standard library's SQLite is repaired here")
    monkeypatch.setattr(engine_module, "find_sqlite", lambda: choose_journal(sqlite3))
    assert "delete" == setting(open_store(f"sqlite:///{tmp_path / 'store.db'}"), "journal_mode")


def test_the_folder_of_a_sqlite_store_is_made(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'a' / 'b' / 'store.db'}")
    with snapshot(store) as conn:
        assert 1 == conn.scalar(select(1))


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://u:secret@h/d", "what"])
def test_a_url_of_another_kind_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(CallboardError, match="expected sqlite:///") as refusal:
        open_store(url)
    assert "secret" not in str(refusal.value)


def test_a_snapshot_goes_on_seeing_what_it_saw_first(store: Engine) -> None:
    if store.dialect.name == "sqlite" and find_sqlite().journal_mode != "WAL":
        pytest.skip("with a rollback journal readers and writers wait for one another")
    with snapshot(store) as reader:
        seen = latest_publication(reader)
        with write(store) as conn:
            publish(conn)
        assert seen == latest_publication(reader)
    with snapshot(store) as reader:
        assert seen + 1 == latest_publication(reader)


def test_a_write_that_fails_leaves_no_trace_not_even_a_table(store: Engine) -> None:
    with pytest.raises(ZeroDivisionError):
        fail_in_the_middle(store)
    with snapshot(store) as conn:
        assert 0 == latest_publication(conn)
        assert not store.dialect.has_table(conn, "leftover")


@pytest.mark.postgres
def test_a_postgresql_snapshot_cannot_write(postgres_url: str) -> None:
    with (
        pytest.raises(StoreUnavailable, match="written"),
        snapshot(open_store(postgres_url)) as conn,
    ):
        conn.execute(text("CREATE TABLE a (b INTEGER)"))


@pytest.mark.postgres
def test_a_read_that_takes_too_long_is_ended_in_plain_words(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "READ_SECONDS", 1)
    store = open_store(postgres_url)
    with pytest.raises(StoreUnavailable, match="too long"), snapshot(store) as conn:
        conn.execute(select(func.pg_sleep(5)))


def test_a_server_that_is_not_there_is_said_without_its_password() -> None:
    store = open_store("postgresql://reader:hunter2@127.0.0.1:9/none")
    with pytest.raises(StoreUnavailable) as failure, snapshot(store):
        pass
    assert "The store did not answer. Check that its database is running and reachable." == str(
        failure.value
    )
    assert "hunter2" not in repr(failure.value.__cause__)


def test_a_damaged_file_is_said_in_plain_words(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(b"not a database at all" * 1000)
    with (
        pytest.raises(StoreUnavailable, match="damaged"),
        snapshot(open_store(f"sqlite:///{path}")),
    ):
        pass


def test_a_file_that_cannot_be_opened_is_said_in_plain_words(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.mkdir()
    with (
        pytest.raises(StoreUnavailable, match="cannot be opened"),
        snapshot(open_store(f"sqlite:///{path}")),
    ):
        pass


def test_a_store_without_tables_is_said_in_plain_words(database_url: str) -> None:
    with (
        pytest.raises(StoreUnavailable, match="not prepared"),
        snapshot(open_store(database_url)) as conn,
    ):
        latest_publication(conn)


def test_a_second_writer_is_told_that_the_store_is_busy(
    store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "WRITE_QUEUE_SECONDS", 1)
    monkeypatch.setattr(engine_module, "_SQLITE_SETTINGS", ("busy_timeout=1000",))
    first, second = open_store(store_url), open_store(store_url)
    with write(first) as conn:
        publish(conn)
        with pytest.raises(StoreUnavailable, match="busy"), write(second):
            pass
    with write(second) as conn:
        assert 2 == publish(conn)
    first.dispose()
    second.dispose()


@needs_fork
def test_processes_that_read_and_then_write_all_succeed(store_url: str) -> None:
    children = [start(publish_often, store_url, 30) for _ in range(4)]
    assert ["done"] * 4 == [told.recv() for _, told in children]
    for child, _ in children:
        child.join()
    store = open_store(store_url)
    with snapshot(store) as conn:
        assert [*range(1, 121)] == [*conn.scalars(select(publication.c.number).order_by("number"))]
    store.dispose()


def test_a_statement_that_makes_no_sense_is_not_blamed_on_the_store(store: Engine) -> None:
    with pytest.raises(IntegrityError), write(store) as conn:
        conn.execute(publication.insert().values(number=1, at=NOW))


def test_a_full_disk_refuses_the_whole_and_works_again_when_there_is_room(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    migrate(open_store(url))
    publish_at_once(url, 1)
    store = open_store(url)
    with snapshot(store) as conn:
        size = conn.scalar(text("PRAGMA page_count"))

    @event.listens_for(store, "connect")
    def _limit(connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count={size}")

    store.dispose()
    with pytest.raises(StoreUnavailable, match="disk"), write(store) as conn:
        replace(conn, [*METRICS, "one_more"], 2)
    with snapshot(store) as conn:
        assert {1} == versions(conn)
    store.dispose()
    publish_at_once(url, 2)
    with snapshot(open_store(url)) as conn:
        assert {2} == versions(conn)


@pytest.mark.postgres
def test_a_server_that_was_restarted_is_used_again_without_an_error(postgres_url: str) -> None:
    store, other = open_store(postgres_url), open_store(postgres_url)
    with snapshot(store) as conn:
        first = conn.scalar(select(func.pg_backend_pid()))
    end_backend(other, first)
    with snapshot(store) as conn:
        assert first != conn.scalar(select(func.pg_backend_pid()))


@pytest.mark.postgres
def test_a_server_that_goes_away_in_the_middle_is_said_in_plain_words(postgres_url: str) -> None:
    store, other = open_store(postgres_url), open_store(postgres_url)
    with pytest.raises(StoreUnavailable, match="did not answer"):
        read_while_it_ends(store, other)


def read_while_it_ends(store: Engine, other: Engine) -> None:
    with snapshot(store) as conn:
        end_backend(other, conn.scalar(select(func.pg_backend_pid())))
        conn.scalar(select(1))


def end_backend(store: Engine, number: object) -> None:
    with write(store) as conn:
        assert conn.scalar(select(func.pg_terminate_backend(number, 5000)))
