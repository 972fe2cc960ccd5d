"""Past runs under another contract: what would be different, and what cannot be said."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from callboard.access import LOCAL_USER, Actor
from callboard.errors import CallboardError, DefinitionError, NotAllowed
from callboard.services.contracts.replaying import ReplayedRun, RuleTurn, replay_runs
from callboard.storage.engine import snapshot
from callboard.storage.runs import RunVerdict, read_runs
from data_contracts.catalogue import LIBRARY
from data_contracts.evidence import State
from tests.callboard.services.feed_world import FeedWorld, at, contact, several
from tests.conftest import on_both_engines

NAME = "contacts.odcs.yaml"
RANGE = "wait_seconds.range"
Document = dict[str, Any]


@pytest.fixture
def world(tmp_path: Path) -> FeedWorld:
    urls = {name: f"sqlite:///{tmp_path}/{name}.db" for name in ("feed_url", "store_url")}
    return _withheld(FeedWorld(tmp_path, **urls))


@pytest.fixture
def world_on_each(tmp_path: Path, database_url: str, store_url: str) -> FeedWorld:
    return _withheld(FeedWorld(tmp_path, feed_url=database_url, store_url=store_url))


def _withheld(world: FeedWorld) -> FeedWorld:
    """9 good rows, 1 that breaks one rule, 2 that break another, 1 that breaks both."""
    feed = world.feeds["contacts"]
    feed.add(*several(contact, [18, 19, 20], 3))
    feed.add(contact("w", at(20), wait_seconds=-1.0))
    feed.add(*(contact(f"h{n}", at(20), handle_seconds=-1.0) for n in range(2)))
    feed.add(contact("both", at(20), wait_seconds=-1.0, handle_seconds=-1.0))
    assert RunVerdict.WITHHELD is world.refresh_one("contacts").verdict
    return world


def _column(found: Document, name: str) -> Document:
    return next(each for each in found["schema"][0]["properties"] if each["name"] == name)


def _milder(found: Document) -> None:
    _column(found, "wait_seconds")["customProperties"] = [
        {"property": "severity", "value": "warning"}
    ]


def _share(found: Document) -> None:
    entry = {"property": "callboard.maxFeedQuarantineShare", "value": 0.5}
    found["customProperties"].append(entry)


def _without_ranges(found: Document) -> None:
    for name in ("wait_seconds", "handle_seconds"):
        del _column(found, name)["logicalTypeOptions"]


def _wider(found: Document) -> None:
    _column(found, "wait_seconds")["logicalTypeOptions"]["minimum"] = -5


def _text(change: Callable[[Document], None]) -> str:
    found = yaml.safe_load((LIBRARY / NAME).read_text(encoding="utf-8"))
    found["servers"] = [{"server": "main", "type": "custom"}]
    change(found)
    return yaml.safe_dump(found, sort_keys=False)


def _file(folder: Path, change: Callable[[Document], None]) -> Path:
    path = folder / NAME
    path.write_text(_text(change), encoding="utf-8")
    return path


def _replayed(world: FeedWorld, path: Path | None = None) -> tuple[ReplayedRun, ...]:
    return replay_runs(world.runtime, LOCAL_USER, feed="contacts", contract=path)[0].runs


def _whole(run: ReplayedRun) -> list[RuleTurn]:
    return [turn for turn in run.turns if not turn.slice_key]


@on_both_engines
def test_replaying_with_the_same_contract_changes_no_verdict(world_on_each: FeedWorld) -> None:
    feed = world_on_each.feeds["contacts"]
    feed.run("DELETE FROM contacts WHERE handle_seconds < 0")
    assert RunVerdict.PUBLISHED is world_on_each.refresh_one("contacts", full=True).verdict
    feed.run("ALTER TABLE contacts DROP COLUMN outcome")
    world_on_each.refresh_one("contacts")
    feed.run("DELETE FROM contacts")
    world_on_each.refresh_one("contacts")
    feed.run("DROP TABLE contacts")
    world_on_each.refresh_one("contacts")
    runs = _replayed(world_on_each)
    assert 4 <= len(runs)
    assert {True, False} == {run.was_published for run in runs}
    assert [] == [run for run in runs if run.is_different or run.unjudged]


def test_a_higher_share_would_have_published(world: FeedWorld, tmp_path: Path) -> None:
    [run] = _replayed(world, _file(tmp_path, _share))
    assert (False, True, 4, 4, 4) == (
        run.was_published,
        run.is_published,
        run.kept_out,
        run.fewest_kept_out,
        run.most_kept_out,
    )
    turn = RuleTurn(
        rule_id="dataset.quarantine_share", slice_key="", before=State.FAIL, after=State.PASS
    )
    assert (turn,) == run.turns


def test_a_rule_whose_rows_were_not_counted_is_not_evaluated(
    world: FeedWorld, tmp_path: Path
) -> None:
    [run] = _replayed(world, _file(tmp_path, _wider))
    assert ("slice.quarantine_share", RANGE) == run.unjudged
    assert not [turn for turn in run.turns if turn.rule_id == RANGE]


def test_a_rule_that_is_gone_is_told_where_it_was_broken(world: FeedWorld, tmp_path: Path) -> None:
    [run] = _replayed(world, _file(tmp_path, _without_ranges))
    gone = [(turn.rule_id, turn.before) for turn in _whole(run) if turn.after is None]
    assert [("handle_seconds.range", State.FAIL), (RANGE, State.FAIL)] == gone
    assert (True, 0, 0) == (run.is_published, run.fewest_kept_out, run.most_kept_out)


def test_rows_that_only_a_milder_rule_kept_out_would_be_used(
    world: FeedWorld, tmp_path: Path
) -> None:
    [run] = _replayed(world, _file(tmp_path, _milder))
    assert (4, 3, 3) == (run.kept_out, run.fewest_kept_out, run.most_kept_out)


@pytest.mark.parametrize(
    "change", [_share, _milder, _without_ranges], ids=lambda each: each.__name__
)
def test_what_is_foretold_is_what_a_refresh_by_that_contract_finds(
    world: FeedWorld, tmp_path: Path, change: Callable[[Document], None]
) -> None:
    [foretold] = _replayed(world, _file(tmp_path, change))
    world.write(f"data_contracts/{NAME}", _text(change))
    world.reopen()
    world.refresh_one("contacts", full=True)
    with snapshot(world.runtime.store) as conn:
        run = read_runs(conn, feed="contacts")[0]
    assert foretold.fewest_kept_out <= run.rows_quarantined <= foretold.most_kept_out
    assert foretold.is_published in (None, run.verdict is not RunVerdict.WITHHELD)


def test_a_run_is_judged_by_what_its_own_contract_counted(world_on_each: FeedWorld) -> None:
    world_on_each.write(f"data_contracts/{NAME}", _text(_wider))
    world_on_each.reopen()
    world_on_each.refresh_one("contacts", full=True)
    world_on_each.write(f"data_contracts/{NAME}", _text(_share))
    world_on_each.reopen()
    assert RANGE in _replayed(world_on_each)[0].unjudged


def test_replaying_stores_nothing(world: FeedWorld, tmp_path: Path) -> None:
    before = (world.runs(), world.publication(), world.state())
    _replayed(world, _file(tmp_path, _share))
    assert before == (world.runs(), world.publication(), world.state())


def test_a_contract_that_is_not_the_feeds_is_refused(world: FeedWorld, tmp_path: Path) -> None:
    path = _file(tmp_path, _share)
    with pytest.raises(CallboardError, match="is the contract of contacts, not of deliveries"):
        replay_runs(world.runtime, LOCAL_USER, feed="deliveries", contract=path)
    with pytest.raises(CallboardError, match="There is no feed 'contact'"):
        replay_runs(world.runtime, LOCAL_USER, feed="contact")
    with pytest.raises(DefinitionError):
        replay_runs(world.runtime, LOCAL_USER, contract=_file(tmp_path, lambda f: f.pop("status")))


def test_replaying_needs_the_right_to_it(world: FeedWorld) -> None:
    nobody = Actor(id="n", name="Nobody", roles=frozenset())
    with pytest.raises(NotAllowed):
        replay_runs(world.runtime, nobody)


def test_turns_are_of_ones_own_touchpoints_only(world: FeedWorld, tmp_path: Path) -> None:
    path = _file(tmp_path, _without_ranges)
    of_web = replace(LOCAL_USER, touchpoints=frozenset({"web"}))
    (seen,) = replay_runs(world.runtime, of_web, feed="contacts", contract=path)[0].runs
    assert {"", "desk"} == {turn.slice_key for turn in _replayed(world, path)[0].turns}
    assert {""} == {turn.slice_key for turn in seen.turns}
