"""Opens the databases that others own: only to read, never for long, and failing in plain words.

A read is one transaction, so that all questions of a refresh see the same rows.
"""

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Timer
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    NullPool,
    create_engine,
    event,
    func,
    make_url,
    select,
    text,
)
from sqlalchemy.exc import (
    ArgumentError,
    InterfaceError,
    NoSuchModuleError,
    OperationalError,
    StatementError,
)

from callboard.errors import FeedUnavailable
from callboard.storage.feeds.plain_values import register_functions
from callboard.storage.sqlite_library import find_sqlite

CONNECT_SECONDS = 3
SCAN_SECONDS = 900
_SORT_MEMORY_MB = 256


def open_feed(url: str) -> Engine:
    """An engine that can only read `sqlite:///path` or `postgresql://…`; it connects lazily.

    FeedUnavailable for a URL of another kind. No connection outlives its read.
    """
    try:
        parsed = make_url(url)
        match parsed.get_backend_name():
            case "sqlite" if parsed.database and parsed.database != ":memory:":
                return _open_sqlite(parsed, parsed.database)
            case "postgresql":
                return _open_postgresql(parsed)
    except (ArgumentError, NoSuchModuleError) as error:
        raise FeedUnavailable(_EXPECTED_URL) from error
    raise FeedUnavailable(_EXPECTED_URL)


_EXPECTED_URL = (
    "The address of a feed's database cannot be used; expected sqlite:///path/to/file.db or "
    "postgresql://user@host/database in workspace.yaml, under databases."
)


@contextmanager
def read_feed(engine: Engine, name: str, *, seconds: float = SCAN_SECONDS) -> Iterator[Connection]:
    """A connection in one read-only transaction on the database of the feed called `name`.

    FeedUnavailable, with a sentence that gives nothing away, when the database does not answer,
    refuses, or takes more than `seconds` (a frozen server included).
    """
    is_late = Event()
    try:
        with engine.connect() as conn, _deadline(conn, seconds, is_late), conn.begin():
            _prepare(conn, seconds)
            yield conn
    except StatementError as error:
        raise FeedUnavailable(f"{name}: {_sentence(error, engine.url, is_late)}") from error


@contextmanager
def _deadline(conn: Connection, seconds: float, is_late: Event) -> Iterator[None]:
    """Cut the connection when time is up: only that ends the wait for a server that is frozen."""
    cut = _cutter(conn)

    def stop() -> None:
        is_late.set()
        cut()

    timer = Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cutter(conn: Connection) -> Callable[[], None]:
    driver: Any = conn.connection.driver_connection
    if conn.dialect.name == "sqlite":
        interrupt: Callable[[], None] = driver.interrupt
        return interrupt

    def shut() -> None:
        with suppress(OSError), socket.socket(fileno=os.dup(driver.fileno())) as line:
            line.shutdown(socket.SHUT_RDWR)

    return shut


def _prepare(conn: Connection, seconds: float) -> None:
    if conn.dialect.name != "postgresql":
        return
    conn.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
    for setting, value in (
        ("statement_timeout", f"{int(seconds * 1000)}"),
        ("lock_timeout", "2s"),
        ("work_mem", f"{_SORT_MEMORY_MB}MB"),
        ("jit", "off"),  # it compiles for longer than these queries run
        ("timezone", "UTC"),
    ):
        conn.execute(select(func.set_config(setting, value, True)))  # noqa: FBT003 - for this transaction


def _open_postgresql(url: URL) -> Engine:
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        poolclass=NullPool,
        hide_parameters=True,
        connect_args={"connect_timeout": CONNECT_SECONDS},
    )


def _open_sqlite(url: URL, database: str) -> Engine:
    library = find_sqlite()
    path = database.removeprefix("file:").split("?")[0]
    engine = create_engine(
        url.set(drivername="sqlite", database=f"file:{path}", query={"mode": "ro", "uri": "true"}),
        module=library.module,
        poolclass=NullPool,
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def _prepare_connection(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver begins nothing of its own accord
        for setting in _SQLITE_SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        register_functions(connection)

    @event.listens_for(engine, "begin")
    def _begin(conn: Connection) -> None:
        conn.execute(text("BEGIN"))

    return engine


_SQLITE_SETTINGS = (
    "busy_timeout=5000",
    "trusted_schema=OFF",
    f"cache_size=-{_SORT_MEMORY_MB * 1024}",  # so that sorting stays in memory
    "temp_store=MEMORY",
)

_SENTENCES = (
    (("unable to open database file",), "the database file cannot be opened"),
    (("not a database", "malformed"), "the file is not a readable SQLite database"),
    (("database is locked", "lock timeout"), "the database is locked by another program"),
    (
        ("password authentication", "no password supplied"),
        "the database refuses the user or password",
    ),
    (("permission denied",), "the database user may not read the table"),
    (("no such table", "UndefinedTable"), "the table is not there"),
    (("no such column", "UndefinedColumn"), "a column is not there"),
    (("statement timeout", "interrupted"), "the database took too long to answer"),
)
_REFUSED = "the database refused the question; check that its columns hold what the contract says"
_NO_SUCH = "the server has no such database or user"
_OTHERWISE = "the database does not answer; check that it is running and reachable"


def _sentence(error: StatementError, url: URL, is_late: Event) -> str:
    if is_late.is_set():
        return "the database took too long to answer."
    if url.get_backend_name() == "sqlite" and not _sqlite_file(url).exists():
        return f"the database file {_sqlite_file(url).name} is not there."
    told = str(error)
    plain = (each for signs, each in _SENTENCES if any(sign in told for sign in signs))
    if _is_refused(error, url):
        return f"{next(plain, _REFUSED)}."
    return f"{next(plain, _NO_SUCH if 'does not exist' in told else _OTHERWISE)}."


def _is_refused(error: StatementError, url: URL) -> bool:
    """Whether the database heard the question and said no; a file that opens always hears it."""
    if url.get_backend_name() == "sqlite":
        return "disk I/O error" not in str(error)
    return not isinstance(error, (OperationalError, InterfaceError))


def _sqlite_file(url: URL) -> Path:
    return Path(str(url.database).removeprefix("file:"))
