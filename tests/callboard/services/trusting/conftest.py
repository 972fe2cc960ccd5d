"""Deliveries that wait in quarantine."""

import pytest

from tests.callboard.services.small_world import SmallWorld
from tests.callboard.services.trusting.quarantine_rows import PLACES, failing, keep_out


@pytest.fixture
def kept_out(world: SmallWorld) -> SmallWorld:
    """A delivery at each place waits."""
    world.reach()
    keep_out(world, *map(failing, PLACES))
    return world
