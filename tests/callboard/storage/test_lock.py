import time
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from callboard.errors import Busy
from callboard.storage import lock as lock_module
from callboard.storage.engine import open_store, write
from callboard.storage.lock import refresh_lock
from tests.kills import kill_after, needs_fork, start

SHORT = timedelta(seconds=1)
LONG = timedelta(seconds=60)


def try_for_the_lock(url: str, number: int, seconds: float) -> None:
    """End in an error unless the lock was free."""
    with refresh_lock(open_store(url), f"process {number}", LONG):
        time.sleep(seconds)


def hold(url: str, time_to_live: timedelta) -> None:
    with refresh_lock(open_store(url), "the killed one", time_to_live):
        time.sleep(60)


def test_the_second_is_told_who_holds_the_lock(store: Engine) -> None:
    with (
        refresh_lock(store, "first", LONG),
        pytest.raises(Busy, match="first is refreshing since"),
        refresh_lock(store, "second", LONG),
    ):
        pass


def test_even_one_holder_cannot_have_the_lock_twice(store: Engine) -> None:
    with (
        refresh_lock(store, "first", LONG),
        pytest.raises(Busy),
        refresh_lock(store, "first", LONG),
    ):
        pass


def test_the_lock_is_free_again_afterwards_even_after_an_error(store: Engine) -> None:
    with pytest.raises(ZeroDivisionError), refresh_lock(store, "first", LONG):
        raise ZeroDivisionError
    with refresh_lock(store, "second", LONG) as held:
        assert "second" == held.holder


@needs_fork
def test_of_processes_that_race_exactly_one_gets_the_lock(store_url: str) -> None:
    children = [start(try_for_the_lock, store_url, number, 2.0) for number in range(4)]
    outcomes = []
    for child, told in children:
        child.join()
        try:
            outcomes.append(told.recv())
        except EOFError:
            outcomes.append("busy")
    assert ["busy", "busy", "busy", "done"] == sorted(outcomes)


@needs_fork
def test_the_lock_of_a_killed_process_is_free_when_its_lease_has_run_out(store_url: str) -> None:
    kill_after(0.5, hold, store_url, SHORT)
    store = open_store(store_url)
    with pytest.raises(Busy, match="the killed one"), refresh_lock(store, "next", LONG):
        pass
    time.sleep(SHORT.total_seconds())
    with refresh_lock(store, "next", LONG) as held:
        assert "next" == held.holder
    store.dispose()


def test_a_lease_is_renewed_while_the_work_goes_on(store: Engine) -> None:
    with refresh_lock(store, "first", timedelta(seconds=0.6)):
        time.sleep(1.5)
        with pytest.raises(Busy), refresh_lock(store, "second", LONG):
            pass


def test_a_holder_that_slept_too_long_cannot_publish(
    store: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock_module, "BEATS", 0.001)  # the heart stands still
    with refresh_lock(store, "sleeper", timedelta(seconds=0.2)) as lease:
        time.sleep(0.3)
        with (
            refresh_lock(store, "other", LONG),
            pytest.raises(Busy, match="taken over"),
            write(store) as conn,
        ):
            lease.confirm(conn)


def test_confirming_renews_the_lease(store: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock_module, "BEATS", 0.001)
    with refresh_lock(store, "first", timedelta(seconds=0.6)) as lease:
        time.sleep(0.4)
        with write(store) as conn:
            lease.confirm(conn)
        time.sleep(0.4)
        with pytest.raises(Busy), refresh_lock(store, "second", LONG):
            pass
