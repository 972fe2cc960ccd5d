"""A small world for every test of the services."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.callboard.services.small_world import SmallWorld, copy_store


@pytest.fixture
def world(tmp_path: Path, migrated_sqlite: Path) -> Iterator[SmallWorld]:
    """An empty store on SQLite with a workspace of three touchpoints."""
    small = SmallWorld(tmp_path, copy_store(migrated_sqlite, tmp_path))
    yield small
    small.runtime.store.dispose()
