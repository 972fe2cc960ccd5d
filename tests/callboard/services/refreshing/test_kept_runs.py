"""What is kept of a run: its rules, what it was judged by, and what is told once."""

import hashlib
from dataclasses import replace
from datetime import timedelta

from callboard.storage.contract_texts import read_contract_text
from callboard.storage.engine import snapshot
from callboard.storage.runs import RunVerdict, read_rule_results, read_runs
from data_contracts.evidence import State
from data_contracts.evidence_text import read_evidence
from data_contracts.model import Weekdays
from tests.callboard.services.feed_world import (
    NOW,
    FeedWorld,
    at,
    contact,
    on,
)


def test_a_day_that_is_over_and_lateness_are_each_told_once_by_a_publication(
    refreshed: FeedWorld,
) -> None:
    refreshed.feeds["contacts"].add(contact("new", at(22, 10)))
    assert 2 == refreshed.refresh_one("contacts").publication
    told = []
    for hours in (1, 20, 30, 40):
        refreshed.now = NOW + timedelta(hours=hours)
        told.append(refreshed.refresh_one("contacts").publication)
    assert [None, 3, 4, None] == told


def test_a_warning_is_a_reason_but_no_obstacle(refreshed: FeedWorld) -> None:
    refreshed.feeds["contacts"].add(contact("odd", at(21), updated_at=NOW + timedelta(days=3)))
    report = refreshed.refresh_one("contacts")
    assert RunVerdict.PUBLISHED is report.verdict
    assert (1, on(21)) == (len(report.reasons), refreshed.state().last_day)
    assert at(20) == refreshed.state().as_of


def test_every_rule_is_kept_with_its_run(refreshed: FeedWorld) -> None:
    with snapshot(refreshed.runtime.store) as conn:
        run = read_runs(conn, feed="contacts")[0]
        results = {each.rule_id: each for each in read_rule_results(conn, run.id)}
    assert (State.PASS, 30, 0) == (
        results["wait_seconds.range"].state,
        results["wait_seconds.range"].evaluated,
        results["wait_seconds.range"].failed,
    )
    assert State.NOT_EVALUATED is results["sla_met.type"].state
    assert "great_expectations" in run.engine
    assert (30, 30, 0) == (run.rows_in, run.rows_used, run.rows_quarantined)


def test_a_run_keeps_what_it_was_judged_by(refreshed: FeedWorld) -> None:
    refreshed.feeds["contacts"].add(contact("odd", at(20), wait_seconds=-1))
    refreshed.refresh_one("contacts")
    with snapshot(refreshed.runtime.store) as conn:
        run = read_runs(conn, feed="contacts")[0]
    dataset = read_evidence(run.evidence)
    assert (31, 1, True) == (dataset.rows_in, dataset.rows_quarantined, dataset.is_incremental)
    assert NOW - at(20) == dataset.age


def test_the_text_of_a_contract_of_the_library_is_kept(refreshed: FeedWorld) -> None:
    contract = refreshed.runtime.definitions.contracts["contacts"]
    with snapshot(refreshed.runtime.store) as conn:
        text = read_contract_text(conn, feed="contacts", sha256=contract.sha256)
    assert contract.sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_the_age_of_a_feed_counts_the_days_that_its_contract_says(refreshed: FeedWorld) -> None:
    definitions = refreshed.runtime.definitions
    own = replace(definitions.contracts["contacts"], freshness_days=Weekdays.BUSINESS_DAYS)
    told = replace(definitions, contracts={**definitions.contracts, "contacts": own})
    refreshed.runtime = replace(refreshed.runtime, definitions=told)
    refreshed.refresh_one("contacts", full=True)
    with snapshot(refreshed.runtime.store) as conn:
        run = read_runs(conn, feed="contacts")[0]
    assert timedelta(hours=15) == read_evidence(run.evidence).age


def test_a_run_keeps_that_its_table_was_gone(world: FeedWorld) -> None:
    world.feeds["contacts"].run("DROP TABLE contacts")
    world.refresh_one("contacts")
    with snapshot(world.runtime.store) as conn:
        run = read_runs(conn, feed="contacts")[0]
    assert not read_evidence(run.evidence).has_table
