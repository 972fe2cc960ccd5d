"""The suite of a contract: plain, whole, and of the same opinion as our own masks."""

import json
import os
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path

import pandas as pd
import pytest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.clock import Clock
from callboard.errors import CallboardError, NotAllowed
from callboard.services.contracts.suites import RowComparison, compare_rows, read_suite
from callboard.storage.feeds.engine import open_feed, read_feed
from callboard.storage.feeds.sampled_rows import newest_rows
from callboard.storage.feeds.table import find_table
from data_contracts.gx_suite import typed_rows
from tests.callboard.services.feed_world import FeedWorld, at, contact, several
from tests.conftest import on_both_engines

ELSEWHERE = """\
import json, sys
import great_expectations as gx
import pandas as pd

assert not any(name.partition(".")[0] in ("callboard", "data_contracts") for name in sys.modules)
gx.get_context(mode="ephemeral")
suite = gx.ExpectationSuite(**json.load(open(sys.argv[1])))
frame = pd.read_parquet(sys.argv[2])
asset = gx.get_context(mode="ephemeral").data_sources.add_pandas("here").add_dataframe_asset("rows")
batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": frame})
answer = batch.validate(suite, result_format="SUMMARY").to_json_dict()
print(json.dumps({each["expectation_config"]["meta"]["rule"]: each["result"]["unexpected_count"]
                  for each in answer["results"]}))
"""


@pytest.fixture
def world(tmp_path: Path, database_url: str, store_url: str) -> FeedWorld:
    """30 good rows, and one row for each of some rules that it breaks."""
    world = FeedWorld(tmp_path, feed_url=database_url, store_url=store_url)
    feed = world.feeds["contacts"]
    feed.add(*several(contact, [18, 19, 20], 10))
    feed.add(contact("w", at(20), wait_seconds=-1.0))
    feed.add(contact("h", at(20), handle_seconds=1e9))
    feed.add(contact("k", at(20), kind="riddle"))
    feed.add(contact("p", at(20), touchpoint="nowhere"))
    feed.add(contact("f", at(29)))
    feed.add(contact("l", at(20), channel="x" * 61))
    world.runtime = replace(world.runtime, clock=Clock(world.now))
    return world


def _counts(found: RowComparison) -> dict[str, int]:
    return {each.rule_id: each.ours for each in found.counts if each.ours}


def _stored(world: FeedWorld) -> pd.DataFrame:
    contract = world.runtime.definitions.contracts["contacts"]
    url = world.runtime.definitions.databases[contract.server]
    with read_feed(open_feed(url), contract.name) as conn:
        table = find_table(conn, contract)
        assert table is not None
        return newest_rows(conn, table, 1_000)


def test_every_rule_is_in_the_suite_or_named(world: FeedWorld) -> None:
    suite = read_suite(world.runtime, LOCAL_USER, feed="contacts")
    document = json.loads(suite.text)
    told = [each["meta"]["rule"] for each in document["expectations"]]
    contract = world.runtime.definitions.contracts["contacts"]
    rules = [each.rule_id for each in (*contract.checks, *contract.row_counts)]
    assert sorted(rules) == sorted([*told, *suite.untold])
    assert suite.untold == document["meta"]["not_in_the_suite"]
    assert len(told) > 20


@on_both_engines
def test_both_count_the_same_broken_rows(world: FeedWorld) -> None:
    found = compare_rows(world.runtime, LOCAL_USER, feed="contacts", sample=1_000)
    assert (36, ()) == (found.rows, found.different)
    assert {
        "wait_seconds.range": 1,
        "handle_seconds.range": 1,
        "kind.one_of": 1,
        "touchpoint.known": 1,
        "created_not_future": 1,
        "updated_not_future": 1,
        "channel.length": 1,
    } == _counts(found)


def test_the_newest_rows_are_judged(world: FeedWorld) -> None:
    found = compare_rows(world.runtime, LOCAL_USER, feed="contacts", sample=1)
    assert (1, {"created_not_future": 1, "updated_not_future": 1}) == (found.rows, _counts(found))


def test_the_file_counts_the_same_in_a_process_without_us(world: FeedWorld, tmp_path: Path) -> None:
    suite, rows = tmp_path / "suite.json", tmp_path / "rows.parquet"
    suite.write_text(read_suite(world.runtime, LOCAL_USER, feed="contacts").text, "utf-8")
    found = compare_rows(world.runtime, LOCAL_USER, feed="contacts", sample=1_000)
    contract = world.runtime.definitions.contracts["contacts"]
    typed_rows(_stored(world), contract).to_parquet(rows)
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, suite, rows],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert {each.rule_id: each.engine for each in found.counts} == told


def test_a_value_of_another_type_breaks_its_type_for_both(tmp_path: Path) -> None:
    urls = {name: f"sqlite:///{tmp_path}/{name}.db" for name in ("feed_url", "store_url")}
    world = FeedWorld(tmp_path, **urls)
    world.feeds["contacts"].add(contact("a", at(20)), contact("b", at(20), wait_seconds="long"))
    found = compare_rows(world.runtime, LOCAL_USER, feed="contacts", sample=10)
    assert (2, (), {"wait_seconds.type": 1}) == (found.rows, found.different, _counts(found))


def test_a_rule_of_a_column_that_is_not_there_is_told(tmp_path: Path) -> None:
    urls = {name: f"sqlite:///{tmp_path}/{name}.db" for name in ("feed_url", "store_url")}
    world = FeedWorld(tmp_path, **urls)
    world.feeds["contacts"].add(contact("a", at(20)))
    world.feeds["contacts"].run("ALTER TABLE contacts DROP COLUMN topic")
    found = compare_rows(world.runtime, LOCAL_USER, feed="contacts", sample=10)
    assert (("topic.length",), ()) == (found.absent, found.different)


def test_what_cannot_be_judged_is_said(world: FeedWorld) -> None:
    with pytest.raises(CallboardError, match="There is no feed 'contcats'"):
        read_suite(world.runtime, LOCAL_USER, feed="contcats")
    world.feeds["contacts"].run("DROP TABLE contacts")
    with pytest.raises(CallboardError, match="found no table contacts with the column created_at"):
        compare_rows(world.runtime, LOCAL_USER, feed="contacts", sample=10)
    nobody = Actor(id="x", name="X", roles=frozenset())
    with pytest.raises(NotAllowed):
        compare_rows(world.runtime, nobody, feed="contacts", sample=10)


def test_a_comparison_is_for_those_who_may_read_all_rows_and_shows_none(tmp_path: Path) -> None:
    urls = {name: f"sqlite:///{tmp_path}/{name}.db" for name in ("feed_url", "store_url")}
    world = FeedWorld(tmp_path, **urls)
    world.feeds["contacts"].add(contact("secret", at(20)))
    found = compare_rows(world.runtime, LOCAL_USER, feed="contacts", sample=10)
    assert ["rows", "counts", "absent"] == [each.name for each in fields(found)]
    executive = Actor(id="e", name="Eve", roles=frozenset({Role.EXECUTIVE}))
    of_desk = replace(LOCAL_USER, name="Dan", touchpoints=frozenset({"desk"}))
    for actor, told in ((executive, "Eve may not"), (of_desk, "Dan may read rows of single")):
        with pytest.raises(NotAllowed, match=told):
            compare_rows(world.runtime, actor, feed="contacts", sample=10)
