"""What Callboard exports as benchmarks it imports again as the same publication: a no-op."""

from callboard.access import LOCAL_USER
from callboard.services.publishing.benchmarks import publish, read_history, withdraw
from callboard.services.publishing.export import export_current
from callboard.storage.benchmarks import read_current
from callboard.storage.engine import snapshot
from tests.callboard.services.benchmark_file_text import file_of
from tests.callboard.services.small_world import SmallWorld

ROWS = (
    {"value": "33.333333333333336", "note": "=1+1"},
    {"competitor": "Birch", "note": "-- see 'p. 7'", "sample_size": ""},
    {"competitor": "Cedar", "note": "@home\tand away", "source_name": "+Report"},
    {"kpi_code": "complaints", "value": "5.57", "unit": "per", "per": "1000"},
)


def _publish_export(world: SmallWorld, content: bytes) -> bool:
    return publish(world.runtime, LOCAL_USER, name="values.csv", content=content).is_repeat


def test_publishing_what_was_exported_changes_nothing(own_world: SmallWorld) -> None:
    publish(own_world.runtime, LOCAL_USER, name="q3.csv", content=file_of(*ROWS))
    before = export_current(own_world.runtime, LOCAL_USER)
    assert _publish_export(own_world, before)
    assert 1 == own_world.runtime.publication()
    assert 1 == len(read_history(own_world.runtime, LOCAL_USER))
    assert before == export_current(own_world.runtime, LOCAL_USER)


def test_an_export_published_where_nothing_is_says_the_same(own_world: SmallWorld) -> None:
    first = publish(own_world.runtime, LOCAL_USER, name="q3.csv", content=file_of(*ROWS))
    content = export_current(own_world.runtime, LOCAL_USER)
    withdraw(own_world.runtime, LOCAL_USER, submission=first.id)
    assert not _publish_export(own_world, content)
    assert content == export_current(own_world.runtime, LOCAL_USER)
    with snapshot(own_world.runtime.store) as connection:
        assert "=1+1" in {row.note for row in read_current(connection)}
