"""A killed publisher leaves the old figures or the new ones, never something between."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event, func, select
from sqlalchemy.exc import OperationalError

from callboard.errors import StoreUnavailable
from callboard.storage import engine as engine_module
from callboard.storage.audit import verify_audit
from callboard.storage.engine import open_store, snapshot, write
from callboard.storage.migrations import migrate
from callboard.storage.publications import PublicationKind, add_publication, latest_publication
from callboard.storage.readings import ReadingRow, replace_days
from callboard.storage.sqlite_library import SqliteLibrary
from callboard.storage.tables import reading, rollup
from tests.kills import duration, kill_after, needs_fork

KILLS = [20, pytest.param(200, marks=pytest.mark.full)]
NOW = datetime(2026, 11, 22, tzinfo=UTC)
METRICS = [f"metric_{number}" for number in range(6)]
DAYS = [date(2026, 9, 7) + timedelta(days=number) for number in range(56)]
SEGMENTS = [("", ""), ("channel", "phone"), ("channel", "chat"), ("channel", "e-mail")]


def rows(metrics: list[str], version: int) -> Iterator[ReadingRow]:
    for metric in metrics:
        for dimension, segment in SEGMENTS:
            for day in DAYS:
                yield ReadingRow("desk", metric, dimension, segment, day, version, 1.0, 1)


def replace(conn: Connection, metrics: list[str], version: int) -> None:
    replace_days(conn, metrics=metrics, days=DAYS, rows=rows(metrics, version))


def publish(conn: Connection) -> int:
    kind = PublicationKind.REFRESH
    return add_publication(conn, kind=kind, actor_id="refresh", note="", at=NOW)


def publish_at_once(url: str, version: int) -> None:
    with write(open_store(url)) as conn:
        replace(conn, METRICS, version)
        publish(conn)


def publish_in_pieces(url: str, version: int) -> None:
    """What must not be done: each piece is committed for itself."""
    engine = open_store(url)
    for metric in METRICS:
        with write(engine) as conn:
            replace(conn, [metric], version)
    with write(engine) as conn:
        publish(conn)


@contextmanager
def looking(url: str) -> Iterator[Connection]:
    """A connection after the queue of writers: the server is done with what was killed."""
    engine = open_store(url)
    with write(engine) as conn:
        yield conn
    engine.dispose()


def versions(conn: Connection) -> set[float]:
    """Every version that a daily reading, a roll-up or the publications are of."""
    daily = conn.scalars(select(reading.c.numerator).distinct())
    periods = conn.scalars(select(rollup.c.numerator / rollup.c.days).distinct())
    return {*daily, *periods, latest_publication(conn)}


def is_whole(conn: Connection) -> bool:
    days = conn.scalar(select(func.count()).select_from(reading))
    return days in (0, len(METRICS) * len(DAYS) * len(SEGMENTS)) and not verify_audit(conn)


def moments(longest: float, kills: int = 20) -> list[float]:
    chance = random.Random(20261122)
    return [chance.uniform(0, longest * 1.1) for _ in range(kills)]


@needs_fork
@pytest.mark.parametrize("kills", KILLS)
def test_a_killed_publisher_leaves_the_old_version_or_the_new(store_url: str, kills: int) -> None:
    kill_publishers(store_url, kills)


@needs_fork
def test_so_it_does_with_the_rollback_journal_of_an_older_sqlite(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = SqliteLibrary(sqlite3, "DELETE")
    monkeypatch.setattr(engine_module, "find_sqlite", lambda: library)
    url = f"sqlite:///{tmp_path / 'store.db'}"
    store = open_store(url)
    migrate(store)
    store.dispose()
    kill_publishers(url, 20)


def kill_publishers(store_url: str, kills: int) -> None:
    longest = duration(publish_at_once, store_url, 1)
    version = 1
    for moment in moments(longest, kills):
        acknowledged = kill_after(moment, publish_at_once, store_url, version + 1)
        with looking(store_url) as conn:
            found = versions(conn)
            assert is_whole(conn)
        assert found in ({version}, {version + 1})
        assert found == {version + 1} or not acknowledged
        version = int(found.pop())


@needs_fork
def test_the_same_kills_show_a_publisher_that_commits_in_pieces(store_url: str) -> None:
    longest = duration(publish_in_pieces, store_url, 1)
    mixed = 0
    for number, moment in enumerate(moments(longest), start=2):
        kill_after(moment, publish_in_pieces, store_url, number)
        with looking(store_url) as conn:
            mixed += len(versions(conn)) > 1
    assert 0 < mixed


def test_a_failure_at_any_statement_leaves_the_old_version(store_url: str) -> None:
    publish_at_once(store_url, 1)
    engine = open_store(store_url)
    failing = 1
    while _fails_at(failing, engine):
        with snapshot(engine) as conn:
            assert {1} == versions(conn)
            assert is_whole(conn)
        failing += 1
    assert 20 < failing
    with snapshot(engine) as conn:
        assert {2} == versions(conn)
    engine.dispose()


def _fails_at(number: int, engine: Engine) -> bool:
    """Publish version 2 on a disk that is full at one statement; False once there is none left."""
    statements = count(1)

    def fail(*_: object) -> None:
        if next(statements) == number:
            raise OperationalError("", {}, OSError("database or disk is full"))

    event.listen(engine, "before_cursor_execute", fail)
    try:
        with write(engine) as conn:
            replace(conn, METRICS, 2)
            publish(conn)
    except StoreUnavailable:
        return True
    finally:
        event.remove(engine, "before_cursor_execute", fail)
    return False
