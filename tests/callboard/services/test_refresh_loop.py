import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from callboard.access import REFRESH_PROCESS
from callboard.clock import Clock
from callboard.errors import Busy, StoreUnavailable
from callboard.services import refresh_loop
from callboard.services.refresh_loop import refresh_forever
from callboard.services.refresh_report import RefreshReport
from callboard.storage.lock import refresh_lock
from callboard.storage.runs import RunVerdict
from tests.callboard.services.feed_world import FeedWorld, at, contact, several

FEEDS = 4


@pytest.fixture
def world(tmp_path: Path, database_url: str, store_url: str) -> FeedWorld:
    world = FeedWorld(tmp_path, feed_url=database_url, store_url=store_url)
    world.feeds["contacts"].add(*several(contact, [18], 10))
    return world


class Loop:
    """A refresh process in a thread, followed report by report."""

    def __init__(self, world: FeedWorld, every: float) -> None:
        self.reports: list[RefreshReport] = []
        self.stop = threading.Event()
        self._came = threading.Condition()
        runtime = replace(world.runtime, clock=Clock(world.now))
        self._thread = threading.Thread(
            target=refresh_forever,
            args=(runtime, REFRESH_PROCESS),
            kwargs={
                "every": timedelta(seconds=every),
                "stop": self.stop,
                "on_report": self._take,
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


def test_the_lock_is_held_all_the_while(world: FeedWorld) -> None:
    with Loop(world, every=60) as loop:
        loop.wait(lambda reports: len(reports) >= 1)
        another = refresh_lock(world.runtime.store, "another")
        with pytest.raises(Busy, match="is refreshing since"), another:
            pass
    with refresh_lock(world.runtime.store, "another"):
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


def test_a_store_that_is_down_is_waited_for(
    world: FeedWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refresh_loop, "_PAUSES", (0.05, 0.05))
    monkeypatch.setattr(refresh_loop, "_LEASE", timedelta(seconds=1))
    really, failures = refresh_loop.refresh_feeds, iter(range(2))

    def unreliable(*args: object, **kwargs: object) -> RefreshReport:
        if next(failures, None) is not None:
            raise StoreUnavailable("The store did not answer.")
        return really(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(refresh_loop, "refresh_feeds", unreliable)
    with Loop(world, every=60) as loop:
        loop.wait(lambda reports: len(reports) >= 1)
    assert RunVerdict.PUBLISHED is verdicts(loop.reports[0])["contacts"]


def test_pauses_grow_to_fifteen_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refresh_loop, "_SPREAD", 0.0)
    assert [0, 1, 2, 4, 8, 15, 15] == [refresh_loop._pause(n) for n in range(7)]
