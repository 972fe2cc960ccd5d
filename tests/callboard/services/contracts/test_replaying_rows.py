"""Today's rows under another contract: what a refresh by it would find."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import CallboardError, FeedUnavailable, NotAllowed
from callboard.services.contracts.replaying_rows import RowsReplay, replay_rows
from data_contracts.catalogue import LIBRARY
from data_contracts.evidence import State
from tests.callboard.services.feed_world import FeedWorld, at, contact, several
from tests.conftest import on_both_engines

NAME = "contacts.odcs.yaml"
RANGE = "wait_seconds.range"
Document = dict[str, Any]


@pytest.fixture
def world(tmp_path: Path, database_url: str, store_url: str) -> FeedWorld:
    """30 good rows of which 4 wait for a minute and more, and one that is wrong."""
    world = FeedWorld(tmp_path, feed_url=database_url, store_url=store_url)
    feed = world.feeds["contacts"]
    feed.add(*several(contact, [18, 19, 20], 10))
    feed.add(*(contact(f"w{n}", at(20), wait_seconds=60.0 + n) for n in range(4)))
    feed.add(contact("bad", at(20), wait_seconds=-1.0))
    world.refresh_one("contacts")
    return world


def _file(folder: Path, change: Callable[[Document], None]) -> Path:
    found = yaml.safe_load((LIBRARY / NAME).read_text(encoding="utf-8"))
    change(found)
    path = folder / NAME
    path.write_text(yaml.safe_dump(found, sort_keys=False), encoding="utf-8")
    return path


def _column(found: Document, name: str) -> Document:
    return next(each for each in found["schema"][0]["properties"] if each["name"] == name)


def _tighter(found: Document) -> None:
    _column(found, "wait_seconds")["logicalTypeOptions"]["maximum"] = 60


def _replay(world: FeedWorld, path: Path | None = None, **options: Any) -> RowsReplay:
    (found,) = replay_rows(world.runtime, LOCAL_USER, feed="contacts", contract=path, **options)
    return found


def _everything(world: FeedWorld) -> tuple[Any, ...]:
    return world.everything(), world.state(), world.runs(), world.publication()


def test_the_same_contract_says_the_same(world: FeedWorld) -> None:
    found = _replay(world)
    assert (35, 1, 1, ()) == (
        found.rows_in,
        found.kept_out_before,
        found.kept_out_after,
        found.different,
    )
    assert (True, True) == (found.was_publishable, found.is_publishable)


def test_a_rule_whose_rows_were_never_counted_is_judged_by_the_rows(
    world: FeedWorld, tmp_path: Path
) -> None:
    found = _replay(world, _file(tmp_path, _tighter))
    (rule,) = (each for each in found.different if each.rule_id == RANGE)
    assert rule.before is not None
    assert rule.after is not None
    assert (1, 4) == (rule.before.failed, rule.after.failed)
    assert (State.FAIL, State.FAIL) == (rule.before.state, rule.after.state)
    assert (1, 4) == (found.kept_out_before, found.kept_out_after)


@on_both_engines
def test_what_a_refresh_by_it_finds_is_what_was_told(world: FeedWorld, tmp_path: Path) -> None:
    path = _file(tmp_path, _tighter)
    told = _replay(world, path)
    text = path.read_text(encoding="utf-8") + "servers: [{server: main, type: custom}]\n"
    world.write(f"data_contracts/{NAME}", text)
    world.reopen()
    report = world.refresh_one("contacts", full=True)
    assert (report.rows_in, report.rows_quarantined) == (told.rows_in, told.kept_out_after)


def test_nothing_is_stored(world: FeedWorld, tmp_path: Path) -> None:
    before = _everything(world)
    _replay(world, _file(tmp_path, _tighter))
    _replay(world, _file(tmp_path, _tighter), runs=1)
    assert before == _everything(world)


def test_only_the_days_of_the_runs_are_read(world: FeedWorld, tmp_path: Path) -> None:
    world.feeds["contacts"].add(contact("new", at(22), wait_seconds=75.0))
    world.now += timedelta(minutes=5)
    world.refresh_one("contacts")
    newest = _replay(world, _file(tmp_path, _tighter), runs=1)
    assert (at(19).date(), 26) == (newest.since, newest.rows_in)
    assert (36, None) == ((all_of := _replay(world)).rows_in, all_of.since)


def test_a_rule_that_is_new_or_gone_is_told(world: FeedWorld, tmp_path: Path) -> None:
    def change(found: Document) -> None:
        del _column(found, "wait_seconds")["logicalTypeOptions"]
        _column(found, "region")["required"] = True

    found = {e.rule_id: e for e in _replay(world, _file(tmp_path, change)).different}
    gone, new = found[RANGE], found["region.required"]
    assert gone.after is None
    assert new.before is None
    assert new.after is not None
    assert 35 == new.after.failed


def test_what_cannot_be_read_is_said(world: FeedWorld, tmp_path: Path) -> None:
    with pytest.raises(CallboardError, match="There is no feed 'contcats'"):
        replay_rows(world.runtime, LOCAL_USER, feed="contcats")
    stranger = LIBRARY / "backlog.odcs.yaml"
    with pytest.raises(CallboardError, match="There is no feed 'backlog'"):
        replay_rows(world.runtime, LOCAL_USER, contract=stranger)


def test_rows_are_judged_for_those_who_may_read_all_of_them(world: FeedWorld) -> None:
    executive = Actor(id="e", name="Eve", roles=frozenset({Role.EXECUTIVE}))
    of_desk = replace(LOCAL_USER, name="Dan", touchpoints=frozenset({"desk"}))
    for actor, told in ((executive, "Eve may not"), (of_desk, "Dan may read rows of single")):
        with pytest.raises(NotAllowed, match=told):
            replay_rows(world.runtime, actor, feed="contacts")


def test_a_database_that_is_down_is_told_without_its_address(tmp_path: Path) -> None:
    urls = {name: f"sqlite:///{tmp_path}/{name}.db" for name in ("feed_url", "store_url")}
    world = FeedWorld(tmp_path, **urls)
    for each in world.feeds.values():
        each.engine.dispose()
    (tmp_path / "feed_url.db").unlink()
    with pytest.raises(FeedUnavailable) as error:
        _replay(world)
    assert str(tmp_path) not in str(error.value)
