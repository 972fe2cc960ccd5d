"""What past runs made of a contract, as they were judged then."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from callboard.access import LOCAL_USER, Actor
from callboard.errors import CallboardError, NotAllowed
from callboard.services.contracts.history import (
    list_contracts,
    read_history,
    read_rule_history,
)
from callboard.storage.engine import snapshot, write
from callboard.storage.runs import RunVerdict, read_rule_results, read_runs, record_run
from data_contracts.catalogue import LIBRARY
from data_contracts.evidence import State
from tests.callboard.services.feed_world import FeedWorld, at, contact, several
from tests.conftest import on_both_engines

RANGE = "wait_seconds.range"
OF_WEB = replace(LOCAL_USER, touchpoints=frozenset({"web"}))


@pytest.fixture
def world(tmp_path: Path, database_url: str, store_url: str) -> FeedWorld:
    """Two runs: 30 good rows, then one more that is wrong."""
    world = FeedWorld(tmp_path, feed_url=database_url, store_url=store_url)
    world.feeds["contacts"].add(*several(contact, [18, 19, 20], 10))
    world.refresh_one("contacts")
    world.feeds["contacts"].add(contact("bad", at(21), wait_seconds=-1.0))
    world.now += timedelta(minutes=5)
    world.refresh_one("contacts", full=True)
    return world


def test_every_contract_is_listed_with_its_last_run(world: FeedWorld) -> None:
    found = {each.feed: each for each in list_contracts(world.runtime, LOCAL_USER)}
    assert sorted(world.runtime.definitions.contracts) == list(found)
    contacts = found["contacts"]
    assert ("1.0.0", "Customer service", "main", 19) == (
        contacts.version,
        contacts.owner,
        contacts.database,
        contacts.columns,
    )
    assert RunVerdict.UNCHANGED is contacts.verdict
    assert (None, None) == (found["deliveries"].last_run, found["deliveries"].verdict)


@on_both_engines
def test_runs_are_told_newest_first_with_what_was_broken(world: FeedWorld) -> None:
    second, first = read_history(world.runtime, LOCAL_USER, feed="contacts")
    assert (30, 30, 0) == (first.rows_in, first.rows_used, first.kept_out)
    assert (31, 30, 1) == (second.rows_in, second.rows_used, second.kept_out)
    assert RANGE not in first.broken
    assert RANGE in second.broken
    assert first.run_id < second.run_id
    assert 1 == len(read_history(world.runtime, LOCAL_USER, feed="contacts", runs=1))


def test_a_run_keeps_the_version_it_was_judged_by(world: FeedWorld) -> None:
    text = (LIBRARY / "contacts.odcs.yaml").read_text(encoding="utf-8")
    text = text.replace("version: 1.0.0", "version: 1.1.0")
    text = text.replace("schema:\n", "servers: [{server: main, type: custom}]\nschema:\n", 1)
    world.write("data_contracts/contacts.odcs.yaml", text)
    world.reopen()
    world.refresh_one("contacts", full=True)
    found = read_history(world.runtime, LOCAL_USER, feed="contacts")
    assert ["1.1.0", "1.0.0", "1.0.0"] == [each.version for each in found]


def test_a_rule_is_followed_over_the_runs(world: FeedWorld) -> None:
    told = read_rule_history(world.runtime, LOCAL_USER, feed="contacts", rule=RANGE)
    assert [(State.FAIL, 31, 1), (State.PASS, 30, 0)] == [
        (each.state, each.evaluated, each.failed) for each in told if not each.slice_key
    ]


def test_rules_that_ended_alike_are_counted_together(world: FeedWorld) -> None:
    newest, _ = read_history(world.runtime, LOCAL_USER, feed="contacts")
    contract = world.runtime.definitions.contracts["contacts"]
    states = [
        read_rule_history(world.runtime, LOCAL_USER, feed="contacts", rule=each.rule_id)[0].state
        for each in contract.checks
    ]
    assert 1 == states.count(State.FAIL)
    assert newest.kept + newest.failed + newest.not_evaluated >= len(states)
    assert 0 == newest.errors


def test_what_there_is_not_is_told_with_what_is_like_it(world: FeedWorld) -> None:
    with pytest.raises(CallboardError, match=r"There is no feed 'contcats'.*contacts"):
        read_history(world.runtime, LOCAL_USER, feed="contcats")
    with pytest.raises(CallboardError, match=r"no rule 'wait_seconds.rang'.*wait_seconds.range"):
        read_rule_history(world.runtime, LOCAL_USER, feed="contacts", rule="wait_seconds.rang")
    assert () == read_rule_history(world.runtime, LOCAL_USER, feed="deliveries", rule="key.unique")


def test_who_may_not_read_trust_reads_no_history(world: FeedWorld) -> None:
    nobody = Actor(id="x", name="X", roles=frozenset())
    with pytest.raises(NotAllowed):
        read_history(world.runtime, nobody, feed="contacts")
    with pytest.raises(NotAllowed):
        list_contracts(world.runtime, nobody)


def test_a_rule_is_followed_at_ones_own_touchpoints_only(world: FeedWorld) -> None:
    told = {
        each.slice_key
        for each in read_rule_history(world.runtime, LOCAL_USER, feed="contacts", rule=RANGE)
    }
    seen = read_rule_history(world.runtime, OF_WEB, feed="contacts", rule=RANGE)
    assert {"", "desk"} == told
    assert {""} == {each.slice_key for each in seen}


def _keep_run(world: FeedWorld) -> tuple[str, ...]:
    """Keep a run that tells of two touchpoints, of one that is not any more, and of the whole."""
    with snapshot(world.runtime.store) as conn:
        row = read_runs(conn, feed="contacts", limit=1)[0]
        whole = next(each for each in read_rule_results(conn, row.id) if not each.slice_key)
    places = ("Service desk", "Web chat, Average speed of answer", "Shut desk")
    reasons = (
        *(f"{each}: few." for each in places),
        f"{whole.description} {whole.message}".strip(),
    )
    slices = [
        replace(whole, rule_id=f"slice.{key}", slice_key=key, state=State.FAIL)
        for key in ("desk", "web")
    ]
    with write(world.runtime.store) as conn:
        record_run(conn, replace(row, reasons=reasons), [whole, *slices])
    return reasons


def test_what_is_broken_elsewhere_only_is_not_told(world: FeedWorld) -> None:
    _, web, _, whole = _keep_run(world)
    (newest,) = read_history(world.runtime, OF_WEB, feed="contacts", runs=1)
    assert ({"slice.web"}, (web, whole)) == (
        {each for each in newest.broken if each.startswith("slice.")},
        newest.reasons,
    )
    with pytest.raises(CallboardError, match=r"no rule 'slice\.desk'"):
        read_rule_history(world.runtime, OF_WEB, feed="contacts", rule="slice.desk")
