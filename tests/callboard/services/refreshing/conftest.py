"""The world that refreshes are tried in: thirty contacts of three days, not yet read."""

from pathlib import Path

import pytest

from callboard.storage.runs import RunVerdict
from tests.callboard.services.feed_world import (
    FeedWorld,
    contact,
    several,
)


@pytest.fixture
def world(tmp_path: Path, database_url: str, store_url: str) -> FeedWorld:
    world = FeedWorld(tmp_path, feed_url=database_url, store_url=store_url)
    world.feeds["contacts"].add(*several(contact, [18, 19, 20], 10))
    return world


@pytest.fixture
def refreshed(world: FeedWorld) -> FeedWorld:
    assert world.refresh_one("contacts").verdict is RunVerdict.PUBLISHED
    return world
