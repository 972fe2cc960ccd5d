import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from callboard.access import REFRESH_PROCESS
from callboard.clock import Clock
from callboard.errors import CallboardError, StoreUnavailable
from callboard.services.refreshing import loop as refresh_loop
from callboard.services.refreshing.loop import Attempt, refresh_forever
from callboard.services.refreshing.refresh import refresh
from callboard.services.refreshing.report import RefreshReport
from callboard.services.runtime import Runtime
from callboard.storage.lock import refresh_lock
from callboard.storage.runs import RunVerdict
from tests.callboard.services.feed_world import FeedWorld, at, contact, several
from tests.conftest import on_both_engines

FEEDS = 4


@pytest.fixture
def world(tmp_path: Path, database_url: str, store_url: str) -> FeedWorld:
    world = FeedWorld(tmp_path, feed_url=database_url, store_url=store_url)
    world.feeds["contacts"].add(*several(contact, [18], 10))
    return world


def _refresh(runtime: Runtime, feeds: Sequence[str]) -> RefreshReport:
    return refresh(runtime, REFRESH_PROCESS, feeds=tuple(feeds))


class Loop:
    """A refresh process in a thread, followed report by report."""

    def __init__(self, world: FeedWorld, every: float, attempt: Attempt | None = None) -> None:
        self.reports: list[RefreshReport] = []
        self.troubles: list[CallboardError] = []
        self.stop = threading.Event()
        self._came = threading.Condition()
        runtime = replace(world.runtime, clock=Clock(world.now))
        self._thread = threading.Thread(
            target=refresh_forever,
            args=(attempt or partial(_refresh, runtime),),
            kwargs={
                "every": timedelta(seconds=every),
                "stop": self.stop,
                "on_report": self._take,
                "on_trouble": self.troubles.append,
            },
            daemon=True,
        )

    def __enter__(self) -> "Loop":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self._thread.join(30)
        assert not self._thread.is_alive()

    def _take(self, report: RefreshReport) -> None:
        with self._came:
            self.reports.append(report)
            self._came.notify_all()

    def wait(self, is_so: Callable[[list[RefreshReport]], bool]) -> None:
        with self._came:
            assert self._came.wait_for(lambda: is_so(self.reports), 60)


def verdicts(report: RefreshReport) -> dict[str, RunVerdict]:
    return {each.feed: each.verdict for each in report.feeds}


@on_both_engines
def test_every_feed_is_read_in_every_round(world: FeedWorld) -> None:
    with Loop(world, every=0.1) as loop:
        loop.wait(lambda reports: len(reports) >= 2)
    assert {FEEDS} == {len(report.feeds) for report in loop.reports[:2]}
    assert RunVerdict.PUBLISHED is verdicts(loop.reports[0])["contacts"]
    assert RunVerdict.UNCHANGED is verdicts(loop.reports[1])["contacts"]


def test_what_is_new_is_published_without_being_asked(world: FeedWorld) -> None:
    with Loop(world, every=0.1) as loop:
        loop.wait(lambda reports: len(reports) >= 1)
        world.feeds["contacts"].add(contact("new", at(21)))
        loop.wait(lambda r: any(verdicts(e)["contacts"] is RunVerdict.PUBLISHED for e in r[1:]))
    assert 2 == len(world.readings("asa"))


@on_both_engines
def test_the_lock_is_free_between_rounds(world: FeedWorld) -> None:
    with Loop(world, every=60) as loop:
        loop.wait(lambda reports: len(reports) >= 1)
        with refresh_lock(world.runtime.store, "a person"):
            pass


def test_a_feed_that_is_down_is_asked_again_soon(
    world: FeedWorld, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(refresh_loop, "_PAUSES", (0.05, 0.05))
    definitions = world.runtime.definitions
    away = f"sqlite:///{tmp_path / 'away.db'}"
    world.runtime = replace(
        world.runtime, definitions=replace(definitions, databases={"main": away})
    )
    with Loop(world, every=60) as loop:
        loop.wait(lambda reports: len(reports) >= 3)
    assert {RunVerdict.FAILED} == set(verdicts(loop.reports[2]).values())
    assert 1 == world.runs()


def test_a_trouble_is_told_once_and_outlasted(
    world: FeedWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refresh_loop, "_PAUSES", (0.05, 0.05))
    failures = iter(range(3))

    def unreliable(feeds: Sequence[str]) -> RefreshReport:
        if next(failures, None) is not None:
            raise StoreUnavailable("The store did not answer.")
        return _refresh(replace(world.runtime, clock=Clock(world.now)), feeds)

    with Loop(world, every=60, attempt=unreliable) as loop:
        loop.wait(lambda reports: len(reports) >= 1)
    assert ["The store did not answer."] == [str(each) for each in loop.troubles]
    assert RunVerdict.PUBLISHED is verdicts(loop.reports[0])["contacts"]


def test_pauses_grow_to_fifteen_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refresh_loop, "_SPREAD", 0.0)
    assert [0, 1, 2, 4, 8, 15, 15] == [refresh_loop._pause(n) for n in range(7)]
