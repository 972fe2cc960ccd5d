"""What Callboard exports as benchmarks it imports again as the same publication: a no-op."""

from callboard.access import LOCAL_USER
from callboard.services.publishing.asking import Ask
from callboard.services.publishing.benchmarks import check_file, publish, read_history, withdraw
from callboard.services.publishing.export import export_current
from callboard.storage.benchmarks import read_current
from callboard.storage.engine import snapshot
from data_contracts.importing.answers import Answers
from tests.callboard.services.benchmark_file_text import file_of
from tests.callboard.services.small_world import SmallWorld
from tests.conftest import on_both_engines

ROWS = (
    {"value": "33.333333333333336", "note": "=1+1"},
    {"competitor": "Birch", "note": "-- see 'p. 7'", "sample_size": ""},
    {"competitor": "Cedar", "note": "@home\tand away", "source_name": "+Report"},
    {"kpi_code": "complaints", "value": "5.57", "unit": "per", "per": "1000"},
)
BIRCH = {"competitor": "Birch", "value": "4.4"}


def _publish_export(world: SmallWorld, content: bytes) -> bool:
    return publish(world.runtime, LOCAL_USER, name="values.csv", content=content).is_repeat


@on_both_engines
def test_publishing_what_was_exported_changes_nothing(own_world: SmallWorld) -> None:
    publish(own_world.runtime, LOCAL_USER, name="q3.csv", content=file_of(*ROWS))
    before = export_current(own_world.runtime, LOCAL_USER)
    assert _publish_export(own_world, before)
    assert 1 == own_world.runtime.publication()
    assert 1 == len(read_history(own_world.runtime, LOCAL_USER))
    assert before == export_current(own_world.runtime, LOCAL_USER)


@on_both_engines
def test_an_export_published_where_nothing_is_says_the_same(own_world: SmallWorld) -> None:
    first = publish(own_world.runtime, LOCAL_USER, name="q3.csv", content=file_of(*ROWS))
    content = export_current(own_world.runtime, LOCAL_USER)
    withdraw(own_world.runtime, LOCAL_USER, submission=first.id)
    assert not _publish_export(own_world, content)
    assert content == export_current(own_world.runtime, LOCAL_USER)
    with snapshot(own_world.runtime.store) as connection:
        assert "=1+1" in {row.note for row in read_current(connection)}


def test_periods_that_overlap_across_two_files_are_imported_again(own_world: SmallWorld) -> None:
    august = {"period_start": "2026-08-01", "period_end": "2026-10-31", "value": "6.1"}
    for name, rows in (("q3.csv", ({}, BIRCH)), ("moved.csv", (august, BIRCH | august))):
        publish(own_world.runtime, LOCAL_USER, name=name, content=file_of(*rows))
    content = export_current(own_world.runtime, LOCAL_USER)
    preview = check_file(own_world.runtime, LOCAL_USER, name="all.csv", content=content)
    assert "Adds 0, changes 0, leaves 4, rejects 0." == preview.sentence
    assert _publish_export(own_world, content)
    assert 2 == own_world.runtime.publication()
    assert content == export_current(own_world.runtime, LOCAL_USER)


def test_small_and_large_shares_of_two_files_are_imported_again(own_world: SmallWorld) -> None:
    for name, value in (("Alder", "0.4"), ("Birch", "22")):
        file = file_of({"competitor": name, "value": value, "source_name": f"{name} report"})
        confirmed = Answers(confirmed=frozenset({"scale:abandon"}))
        ask = Ask(name=f"{name}.csv", content=file, answers=confirmed)
        publish(own_world.runtime, LOCAL_USER, ask=ask)
    content = export_current(own_world.runtime, LOCAL_USER)
    preview = check_file(own_world.runtime, LOCAL_USER, name="all.csv", content=content)
    assert "Adds 0, changes 0, leaves 2, rejects 0." == preview.sentence
    assert _publish_export(own_world, content)


def test_a_new_period_that_overlaps_one_of_the_same_file_stays_out(own_world: SmallWorld) -> None:
    publish(own_world.runtime, LOCAL_USER, name="q3.csv", content=file_of({}))
    august = {"period_start": "2026-08-01", "period_end": "2026-10-31"}
    content = file_of({}, august, {"competitor": "Birch"})
    preview = check_file(own_world.runtime, LOCAL_USER, name="q4.csv", content=content)
    assert [(3, "overlap")] == [(each.row, each.reason_code) for each in preview.findings]
