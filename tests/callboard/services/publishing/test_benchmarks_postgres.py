"""Publishing on PostgreSQL: the same values come back as the same, and withdrawing brings back."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from callboard.access import LOCAL_USER
from callboard.services.publishing import benchmarks as publishing
from callboard.services.runtime import Runtime
from callboard.storage.benchmarks import read_current
from callboard.storage.engine import open_store, snapshot
from tests.callboard.services.benchmark_file_text import file_of, peers
from tests.callboard.services.small_world import SmallWorld

NewDatabase = Callable[[str], str]
pytestmark = pytest.mark.postgres


@pytest.fixture
def team_world(
    small_runtime: Runtime, new_postgres_database: NewDatabase, migrated_postgres: str
) -> Iterator[SmallWorld]:
    """A workspace whose store is an empty PostgreSQL database."""
    store = open_store(new_postgres_database(migrated_postgres))
    yield SmallWorld(replace(small_runtime, store=store))
    store.dispose()


def test_a_published_file_reads_back_as_it_was(team_world: SmallWorld) -> None:
    odd = {"value": "33.333333333333336", "note": "naïve ☕ 'x'; --", "sample_size": "999999999999"}
    told = {"name": "q3.csv", "content": file_of(odd)}
    assert 1 == publishing.publish(team_world.runtime, LOCAL_USER, **told).published
    preview = publishing.check_file(team_world.runtime, LOCAL_USER, **told)
    assert "Adds 0, changes 0, leaves 1, rejects 0." == preview.sentence


def test_withdrawing_brings_back_what_was_there(team_world: SmallWorld) -> None:
    runtime = team_world.runtime
    publishing.publish(runtime, LOCAL_USER, name="a.csv", content=peers(Alder="5", Birch="7"))
    later = publishing.publish(runtime, LOCAL_USER, name="b.csv", content=peers(Alder="6"))
    publishing.withdraw(runtime, LOCAL_USER, submission=later.id)
    with snapshot(runtime.store) as connection:
        assert [5.0, 7.0] == [row.value for row in read_current(connection)]
