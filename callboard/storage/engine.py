"""Opens the store and runs transactions on it; SQLite and PostgreSQL mean the same by them.

A read is a snapshot, a write is alone: writers queue, so publications commit in their order.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, make_url, select, text
from sqlalchemy.exc import ArgumentError

from callboard.errors import CallboardError, StoreUnavailable
from callboard.storage.failures import said_plainly
from callboard.storage.sqlite_library import SqliteLibrary, find_sqlite

__all__ = ["Connection", "Engine", "open_store", "snapshot", "write"]
READ_SECONDS = 5
WRITE_QUEUE_SECONDS = 20
WRITE_SECONDS = 900
_WRITES = "callboard_writes"
_WRITERS_QUEUE = 0x63616C6C  # any number that is ours: it names the advisory lock


def open_store(url: str) -> Engine:
    """An engine for `sqlite:///path` (its folder is made) or `postgresql://…`; connects lazily.

    CallboardError for a URL of another kind.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise CallboardError(_EXPECTED_URL) from error
    match parsed.get_backend_name():
        case "sqlite" if parsed.database and parsed.database != ":memory:":
            return _open_sqlite(parsed, Path(parsed.database), find_sqlite())
        case "postgresql":
            return _open_postgresql(parsed)
    raise CallboardError(_EXPECTED_URL)


_EXPECTED_URL = (
    "CALLBOARD_STORE_URL: found a URL the store cannot use; expected sqlite:///path/to/store.db "
    "or postgresql://user@host/database."
)


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one publication throughout; StoreUnavailable when that fails."""
    with said_plainly(), engine.connect() as conn:
        if conn.dialect.name == "postgresql":
            conn.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with conn.begin():
            yield conn


@contextmanager
def write(engine: Engine) -> Iterator[Connection]:
    """A connection in a transaction that commits at the end, or leaves no trace of itself.

    One writer at a time; StoreUnavailable when the queue or the store does not move.
    """
    with said_plainly(), engine.connect() as conn:
        conn.execution_options(**{_WRITES: True})
        with conn.begin():
            if conn.dialect.name == "postgresql":
                _queue_for_writing(conn)
            yield conn


def _queue_for_writing(conn: Connection) -> None:
    for name, seconds in (
        ("lock_timeout", WRITE_QUEUE_SECONDS),
        ("statement_timeout", WRITE_SECONDS),
    ):
        conn.execute(select(func.set_config(name, f"{seconds}s", True)))  # noqa: FBT003 - for this transaction
    here = func.hashtext(func.current_schema())
    conn.execute(select(func.pg_advisory_xact_lock(_WRITERS_QUEUE, here)))


def _open_postgresql(url: URL) -> Engine:
    given = url.query.get("options", "")
    options = f"{given} -c statement_timeout={READ_SECONDS}s -c lock_timeout=1s"
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,
        hide_parameters=True,
        **_POOL,
        connect_args=_PATIENCE | {"options": options.strip()},
    )


# A page reads for some milliseconds; a pool smaller than the threads that read starves the writer.
_POOL: dict[str, Any] = {"pool_size": 10, "max_overflow": 20, "pool_timeout": 10}

# Seconds, and one of milliseconds, after which a host that went away is given up.
_PATIENCE = {
    "connect_timeout": 3,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "tcp_user_timeout": 5000,
}


def _open_sqlite(url: URL, path: Path, library: SqliteLibrary) -> Engine:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(
            f"{path.parent}: found no such folder, and it cannot be made ({error.strerror}); "
            "expected a folder to write to. See CALLBOARD_HOME and CALLBOARD_STORE_URL."
        ) from error
    engine = create_engine(
        url.set(drivername="sqlite"), module=library.module, hide_parameters=True, **_POOL
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver commits nothing of its own accord
        for setting in _SQLITE_SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        connection.execute(f"PRAGMA journal_mode={library.journal_mode}")

    @event.listens_for(engine, "begin")
    def _begin(conn: Connection) -> None:
        is_writing = conn.get_execution_options().get(_WRITES, False)
        conn.execute(text("BEGIN IMMEDIATE" if is_writing else "BEGIN"))

    return engine


_SQLITE_SETTINGS = (
    f"busy_timeout={WRITE_QUEUE_SECONDS * 1000}",
    "synchronous=FULL",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "journal_size_limit=67108864",  # a full rebuild must not leave its log on disk for good
)
