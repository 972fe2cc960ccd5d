"""Databases for every test that needs one: fresh, cheap, the same on SQLite and PostgreSQL."""

import logging
import os
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings
from sqlalchemy import Engine, make_url

from callboard.storage.engine import open_store
from callboard.storage.migrations import migrate
from tests.postgres_server import running_server

for name in [each for each in os.environ if each.startswith("CALLBOARD_")]:
    if not name.startswith("CALLBOARD_TEST_"):
        del os.environ[name]  # no settings of the person at the keyboard

IS_FULL = os.environ.get("CALLBOARD_TEST_FULL") == "1"
settings.register_profile("quick", max_examples=200, deadline=None)  # shared cores keep no deadline
settings.register_profile("full", max_examples=5_000, deadline=None)
settings.load_profile("full" if IS_FULL else "quick")

ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
on_both_engines = pytest.mark.parametrize("engine_name", ENGINES)  # where one is usual
NewDatabase = Callable[[str], str]
_numbers = count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave what takes long to `dev.py test-full`; keep together what shares a server or a file."""
    leave_out = pytest.mark.skip(reason="takes long: dev.py test-full runs it")
    for item in items:
        folder = item.path.parent.name
        item.add_marker(pytest.mark.xdist_group(folder if folder == "browser" else item.path.stem))
        if item.get_closest_marker("full") and not IS_FULL:
            item.add_marker(leave_out)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL server's maintenance database."""
    with running_server() as url:
        yield url


@pytest.fixture(scope="session")
def new_postgres_database(postgres_server: str) -> Iterator[NewDatabase]:
    """Give the name of a template ("" for none), get the URL of a new database."""
    made: list[str] = []
    with psycopg.connect(postgres_server, autocommit=True) as admin:

        def new(template: str) -> str:
            name = f"test_{os.getpid()}_{next(_numbers)}"
            admin.execute(f"CREATE DATABASE {name} TEMPLATE {template or 'template0'}")
            made.append(name)
            return (
                make_url(postgres_server).set(database=name).render_as_string(hide_password=False)
            )

        yield new
        for name in reversed(made):
            admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
def postgres_url(new_postgres_database: NewDatabase) -> str:
    """The URL of an empty PostgreSQL database."""
    return new_postgres_database("")


@pytest.fixture(scope="session")
def migrated_postgres(new_postgres_database: NewDatabase) -> str:
    """The name of a PostgreSQL database with an empty store, to copy from."""
    url = new_postgres_database("")
    _make_store(url)
    return str(make_url(url).database)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with an empty store, to copy from."""
    path = tmp_path_factory.mktemp("store") / "empty.db"
    _make_store(f"sqlite:///{path}")
    return path


def _make_store(url: str) -> None:
    engine = open_store(url)
    migrate(engine)
    engine.dispose()


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """Each engine of the store in turn."""
    return str(request.param)


@pytest.fixture
def database_url(engine_name: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The URL of an empty database, on each engine in turn: a feed's, or a store to be migrated."""
    if engine_name == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def store_url(engine_name: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The URL of an empty store, on each engine in turn."""
    if engine_name == "sqlite":
        copy = shutil.copy(request.getfixturevalue("migrated_sqlite"), tmp_path / "store.db")
        return f"sqlite:///{copy}"
    new = request.getfixturevalue("new_postgres_database")
    return str(new(request.getfixturevalue("migrated_postgres")))


@pytest.fixture
def store(store_url: str) -> Iterator[Engine]:
    """An empty store, on each engine in turn."""
    engine = open_store(store_url)
    yield engine
    engine.dispose()


@pytest.fixture(autouse=True)
def _loggers_speak(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every test loggers that pass on what they hear, whatever an earlier test set up."""
    logging.disable(logging.NOTSET)
    for name in list(logging.Logger.manager.loggerDict):
        if name.split(".")[0] in ("callboard", "streamlit", "streamlitless"):
            monkeypatch.setattr(logging.getLogger(name), "disabled", False)
            monkeypatch.setattr(logging.getLogger(name), "propagate", True)
