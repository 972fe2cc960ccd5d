"""A small world for every test of the services."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from callboard.services.runtime import Runtime
from callboard.storage.engine import open_store
from tests.callboard.services.small_world import SmallWorld, copy_store, open_small_runtime


@pytest.fixture
def engine_name() -> str:
    """SQLite alone: what is different on PostgreSQL is tested in storage, or `on_both_engines`."""
    return "sqlite"


@pytest.fixture(scope="session")
def small_runtime(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Runtime:
    """The small workspace, loaded once; its store is only there to be replaced."""
    folder = tmp_path_factory.mktemp("small")
    return open_small_runtime(folder, copy_store(migrated_sqlite, folder))


@pytest.fixture
def world(tmp_path: Path, migrated_sqlite: Path, small_runtime: Runtime) -> Iterator[SmallWorld]:
    """An empty store on SQLite with a workspace of three touchpoints."""
    store = open_store(copy_store(migrated_sqlite, tmp_path))
    yield SmallWorld(replace(small_runtime, store=store))
    store.dispose()


@pytest.fixture
def own_world(store: Engine, small_runtime: Runtime, tmp_path: Path) -> SmallWorld:
    """An empty store with a workspace folder of the test's own."""
    folder = shutil.copytree(small_runtime.settings.workspace, tmp_path / "own")
    settings = replace(small_runtime.settings, workspace=folder)
    return SmallWorld(replace(small_runtime, store=store, settings=settings))
