"""Publishing killed at any point, and by many at once: old or new, and a retry changes nothing."""

import os
import random
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.engine import Connection

from callboard.access import LOCAL_USER
from callboard.services.publishing import benchmarks as publishing
from callboard.services.publishing.asking import Ask, Mode
from callboard.services.runtime import Runtime
from callboard.storage.audit import verify_audit
from callboard.storage.benchmark_tables import (
    benchmark,
    benchmark_act,
    benchmark_current,
    benchmark_removal,
    submission,
    submission_detail,
)
from callboard.storage.engine import open_store, write
from callboard.storage.publications import latest_publication
from callboard.storage.tables import run
from data_contracts.importing.answers import Answers
from tests.callboard.services.benchmark_file_text import file_of
from tests.conftest import on_both_engines
from tests.kills import duration, kill_after, needs_fork, start

KILLS = [20, pytest.param(200, marks=pytest.mark.full)]
PEERS = 400
pytestmark = needs_fork


def file_in(version: int) -> Ask:
    """Every version says another value of each peer, and of one peer that no other speaks of."""
    rows = [{"competitor": f"Peer {at}", "value": f"{20 + version % 60}"} for at in range(PEERS)]
    rows.append({"competitor": f"Only in {version}", "value": f"{20 + version % 60}"})
    answers = Answers(new_names=("*",))
    return Ask(name=f"{version}.csv", content=file_of(*rows), answers=answers, mode=Mode.PUBLISHER)


def publish(runtime: Runtime, url: str, ask: Ask) -> None:
    publishing.publish(replace(runtime, store=open_store(url)), LOCAL_USER, ask=ask)


def publish_until(runtime: Runtime, url: str, ask: Ask, statement: int) -> None:
    """Die in the middle of the transaction, at one of its statements."""
    store, statements = open_store(url), count(1)

    def die(conn: Connection, *_: object) -> None:
        if "callboard_writes" in conn.get_execution_options() and next(statements) == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(store, "after_cursor_execute", die)
    publishing.publish(replace(runtime, store=store), LOCAL_USER, ask=ask)


@contextmanager
def looking(url: str) -> Iterator[Connection]:
    """A connection after the queue of writers: the server is done with what was killed."""
    store = open_store(url)
    with write(store) as conn:
        yield conn
    store.dispose()


def what_counts(conn: Connection) -> tuple[set[float], int, set[str]]:
    """The values that count, how many there are, and which peers only one file speaks of."""
    rows = conn.execute(
        select(benchmark.c.value, benchmark.c.entity).join(
            benchmark_current, benchmark_current.c.benchmark_id == benchmark.c.id
        )
    ).all()
    only = {row.entity for row in rows if row.entity.startswith("Only")}
    return {row.value for row in rows}, len(rows), only


def as_it_should_be(version: int) -> tuple[set[float], int, set[str]]:
    return {20.0 + version % 60}, PEERS + 1, {f"Only in {version}"}


def is_whole(conn: Connection) -> bool:
    tables = (submission, submission_detail, benchmark_act, run)
    counts = {conn.scalar(select(func.count()).select_from(table)) for table in tables}
    said = conn.scalar(select(func.count()).select_from(benchmark))
    gone = conn.scalar(select(func.count()).select_from(benchmark_removal))
    number = latest_publication(conn)
    return not verify_audit(conn) and (counts, said, gone) == (
        {number},
        number * (PEERS + 1),
        number - 1,
    )


@pytest.fixture
def runtime(small_runtime: Runtime) -> Runtime:
    """With the engine that judges loaded, as in a process that serves."""
    publishing.get_ready().join()
    return small_runtime


@pytest.mark.parametrize("kills", KILLS)
@on_both_engines
def test_a_killed_publisher_leaves_the_old_file_or_the_new(
    runtime: Runtime, store_url: str, kills: int
) -> None:
    longest = duration(publish, runtime, store_url, file_in(1))
    chance, version = random.Random(20261129), 1
    for _ in range(kills):
        moment = chance.uniform(0.2, 1.1) * longest
        done = kill_after(moment, publish, runtime, store_url, file_in(version + 1))
        with looking(store_url) as conn:
            found = what_counts(conn)
            assert is_whole(conn)
        is_new = found == as_it_should_be(version + 1)
        assert is_new or (found == as_it_should_be(version) and not done)
        version += 1
        _retry_twice(runtime, store_url, version, is_new=is_new)


def _retry_twice(runtime: Runtime, url: str, version: int, *, is_new: bool) -> None:
    store = open_store(url)
    ours = replace(runtime, store=store)
    rows = [publishing.publish(ours, LOCAL_USER, ask=file_in(version)) for _ in range(2)]
    assert [is_new, True] == [row.is_repeat for row in rows]
    assert version == ours.publication()
    store.dispose()


@on_both_engines
def test_death_at_any_statement_of_the_transaction_leaves_the_old_file(
    runtime: Runtime, store_url: str
) -> None:
    duration(publish, runtime, store_url, file_in(1))
    for statement in count(1):
        if kill_after(60, publish_until, runtime, store_url, file_in(2), statement):
            break
        with looking(store_url) as conn:
            assert as_it_should_be(1) == what_counts(conn)
            assert is_whole(conn)
    assert 10 < statement
    with looking(store_url) as conn:
        assert as_it_should_be(2) == what_counts(conn)
        assert is_whole(conn)


def _all_at_once(runtime: Runtime, url: str, asks: list[Ask]) -> None:
    children = [start(publish, runtime, url, ask) for ask in asks]
    assert ["done"] * len(asks) == [told.recv() for _, told in children]
    for child, _ in children:
        child.join()


@on_both_engines
def test_the_same_file_from_eight_at_once_is_published_once(
    runtime: Runtime, store_url: str
) -> None:
    _all_at_once(runtime, store_url, [file_in(1)] * 8)
    with looking(store_url) as conn:
        assert (1, as_it_should_be(1)) == (latest_publication(conn), what_counts(conn))
        assert is_whole(conn)


@on_both_engines
def test_eight_files_at_once_each_replace_the_one_before(runtime: Runtime, store_url: str) -> None:
    _all_at_once(runtime, store_url, [file_in(version) for version in range(1, 9)])
    with looking(store_url) as conn:
        last = conn.scalar(select(submission.c.file_name).where(submission.c.publication == 8))
        assert as_it_should_be(int(str(last).removesuffix(".csv"))) == what_counts(conn)
        assert is_whole(conn)
