"""However rows come and change, refreshing what is new ends where reading everything ends."""

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from callboard.services.refreshing.report import RefreshReport
from callboard.storage.runs import RunVerdict
from tests.callboard.services.feed_world import NOW, FeedWorld, at, contact, delivery
from tests.conftest import on_both_engines

_CHANNELS = ("phone", "mail", "chat", None)


class Life:
    """What happens to two feeds in the course of some days."""

    def __init__(self, world: FeedWorld, dice: random.Random) -> None:
        self._world = world
        self._dice = dice
        self._keys: dict[str, list[str]] = {"contacts": [], "deliveries": []}

    def step(self, day: int, hour: int) -> None:
        moment = at(day, hour)
        for _ in range(self._dice.randint(0, 4)):
            case = {"topic": self._dice.choice(["a", "b", "c", None]), "touchpoint": self._place()}
            self._add("contacts", contact, moment, channel=self._dice.choice(_CHANNELS), **case)
        for _ in range(self._dice.randint(0, 2)):
            self._add("deliveries", delivery, moment)
        if self._keys["contacts"] and self._dice.random() < 0.6:
            key = self._dice.choice(self._keys["contacts"])
            changed = {
                "wait_seconds": self._dice.choice([-1.0, 3.0, 40.0]),
                "touchpoint": self._dice.choice(["desk", "SD", "web", "nowhere"]),
                "kind": self._dice.choice(["complaint", "question"]),
            }
            self._world.feeds["contacts"].change(key, updated_at=moment, **changed)

    def _place(self) -> str:
        return self._dice.choice(["desk", "SD", "web"])

    def _add(self, feed: str, make: Any, moment: Any, **parts: Any) -> None:
        key = f"{feed}-{len(self._keys[feed])}"
        late = timedelta(hours=self._dice.choice([0, 0, 0, 20, 50]))
        self._world.feeds[feed].add(make(key, moment - late, updated_at=moment, **parts))
        self._keys[feed].append(key)


@on_both_engines
@pytest.mark.parametrize("seed", [1])
def test_increments_end_where_everything_ends(
    seed: int, tmp_path: Path, database_url: str, store_url: str
) -> None:
    world = FeedWorld(tmp_path, feed_url=database_url, store_url=store_url)
    let_everything_pass(world)
    life = Life(world, random.Random(seed))
    for day in range(10, 15):
        for hour in (8, 20):
            world.now = at(day, hour) + timedelta(minutes=5)
            life.step(day, hour)
            assert_none_failed(world.refresh("contacts", "deliveries"))
    by_increments = world.everything()
    assert any(row[0] == "contacts" for row in by_increments), "passages are among it"
    world.now = NOW
    again = world.refresh("contacts", "deliveries", full=True)
    assert by_increments == world.everything()
    assert {0} == {each.changed for each in again.feeds}


def let_everything_pass(world: FeedWorld) -> None:
    """A gate that holds a run back would hold back its days, which a later full run has."""
    definitions = world.runtime.definitions
    lenient = {
        feed: replace(contract, max_quarantine_share=1.0, max_feed_quarantine_share=1.0)
        for feed, contract in definitions.contracts.items()
    }
    lenient["contacts"] = replace(lenient["contacts"], journey_key="topic")
    world.runtime = replace(world.runtime, definitions=replace(definitions, contracts=lenient))


def assert_none_failed(report: RefreshReport) -> None:
    bad = (RunVerdict.FAILED, RunVerdict.WITHHELD)
    empty = "There is not a single row."
    assert not [e.reasons for e in report.feeds if e.verdict in bad and empty not in e.reasons]
