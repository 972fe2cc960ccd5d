"""Tables and columns that go, come or are empty: named, and told where they hold nothing."""

from callboard.storage.engine import snapshot
from callboard.storage.runs import RunVerdict, read_rule_results, read_runs
from data_contracts.evidence import State
from tests.callboard.services.feed_world import (
    FeedWorld,
    at,
    on,
)
from tests.conftest import on_both_engines


@on_both_engines
def test_a_lost_column_is_named(refreshed: FeedWorld) -> None:
    refreshed.feeds["contacts"].run("ALTER TABLE contacts DROP COLUMN outcome")
    report = refreshed.refresh_one("contacts")
    assert RunVerdict.WITHHELD is report.verdict
    assert "outcome" in report.reasons[0]
    assert {on(18), on(19), on(20)} == set(refreshed.readings("asa"))


@on_both_engines
def test_a_lost_table_is_named(refreshed: FeedWorld) -> None:
    refreshed.feeds["contacts"].run("DROP TABLE contacts")
    report = refreshed.refresh_one("contacts")
    assert ("The table contacts is not there.",) == report.reasons


def test_a_column_that_the_contract_may_lack_is_just_empty(world: FeedWorld) -> None:
    world.feeds["contacts"].run("ALTER TABLE contacts DROP COLUMN handle_seconds")
    assert RunVerdict.PUBLISHED is world.refresh_one("contacts").verdict
    assert {} == world.readings("aht")
    assert 3 == len(world.readings("asa"))


def test_a_column_that_goes_or_comes_is_told_and_holds_nothing(refreshed: FeedWorld) -> None:
    refreshed.feeds["contacts"].run("ALTER TABLE contacts DROP COLUMN handle_seconds")
    refreshed.feeds["contacts"].run("ALTER TABLE contacts ADD COLUMN colour TEXT")
    refreshed.feeds["contacts"].change("20-0", updated_at=at(21))
    report = refreshed.refresh_one("contacts")
    assert "not there any more: handle_seconds" in report.reasons[0]
    with snapshot(refreshed.runtime.store) as conn:
        run = read_runs(conn, feed="contacts")[0]
        results = {each.rule_id: each for each in read_rule_results(conn, run.id)}
    assert "The contract does not tell of colour." == results["dataset.extra_columns"].message
    assert (RunVerdict.PUBLISHED, State.FAIL) == (
        run.verdict,
        results["dataset.lost_columns"].state,
    )


def test_an_empty_table_is_no_good_first_run(world: FeedWorld) -> None:
    world.feeds["contacts"].run("DELETE FROM contacts")
    assert ("There is not a single row.",) == world.refresh_one("contacts").reasons
