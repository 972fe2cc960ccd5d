"""Benchmark files: checked and published. Preview and publish read a file alike."""

import csv
import io
from dataclasses import replace
from functools import cache
from threading import Thread
from typing import NoReturn

import pyarrow as pa
import pyarrow.compute as pc

from callboard.access import Action, Actor, Scope, require
from callboard.errors import FileRefused
from callboard.services.naming.holding import as_it_stands
from callboard.services.publishing.asking import Ask, NotConfirmed, StaleBase
from callboard.services.publishing.evidence import judge_evidence
from callboard.services.publishing.files import Examined, compare_again, examine, find_twin
from callboard.services.publishing.history import read_history, tell_submissions
from callboard.services.publishing.preview import make_preview, say_refusal, say_unconfirmed
from callboard.services.publishing.recalling import keep_answers
from callboard.services.publishing.restoring import restore, withdraw
from callboard.services.publishing.store import Act, keep_attempt, keep_published, prepare
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope
from callboard.storage.benchmark_columns import hash_keys, with_sayings
from callboard.storage.benchmarks import Submission, Touched, read_submission, read_touched
from callboard.storage.engine import Connection, snapshot, write
from callboard.views import Preview, SubmissionRow
from data_contracts.catalogue import BENCHMARKS, LIBRARY, SUFFIX, read_contract
from data_contracts.gate import warm_up

__all__ = [
    "check_file",
    "get_ready",
    "publish",
    "read_history",
    "restore",
    "template_csv",
    "withdraw",
]


def check_file(
    runtime: Runtime, actor: Actor, *, ask: Ask | None = None, name: str = "", content: bytes = b""
) -> Preview:
    """Return what publishing a file would do; nothing is stored.

    A file with nothing said of it may be given by `name` and `content` alone.
    """
    require(actor, Action.CHECK_FILE)
    asked = (ask or Ask(name=name, content=content)).in_plain_words()
    examined = examine(runtime, open_scope(runtime, actor), asked)
    today = runtime.clock.today(runtime.workspace.time_zone)
    with snapshot(runtime.store) as connection:
        definitions = as_it_stands(runtime, connection).definitions
        return make_preview(connection, examined, definitions, today=today)


@cache
def get_ready() -> Thread:
    """Begin, once in a process, to load what judges a file, while a person reads the preview."""
    loading = Thread(target=warm_up, name="warm up the gate", daemon=True)
    loading.start()
    return loading


def publish(
    runtime: Runtime,
    actor: Actor,
    *,
    ask: Ask | None = None,
    name: str = "",
    content: bytes = b"",
    note: str = "",
) -> SubmissionRow:
    """Publish a file's good rows and keep its bad ones, in one transaction with its audit row.

    What is published already changes nothing and returns the submission that says it
    (`is_repeat`). A file of which nothing can be published is kept as an attempt, and FileRefused
    says why. NotConfirmed where a jump in scale waits for a word; StaleBase where somebody changed
    what the ask's base was compared with.
    """
    require(actor, Action.PUBLISH)
    asked = (ask or Ask(name=name, content=content, note=note)).in_plain_words()
    act = Act(actor=actor, at=runtime.clock.now("UTC"), note=asked.note)
    scope = open_scope(runtime, actor)
    examined = examine(runtime, scope, asked)
    with snapshot(runtime.store) as connection:
        repeat = _repeat(connection, examined)
    return repeat or _publish(runtime, scope, examined, act)


def _repeat(connection: Connection, examined: Examined) -> SubmissionRow | None:
    """The submission that says all of a file already, if one does."""
    twin = find_twin(connection, examined.sha256, examined.ask.answers_sha)
    if twin is not None:
        return _again(connection, twin)
    if not examined.rows.num_rows or not examined.diff.changes_nothing:
        return None
    owners = examined.diff.current["submission_id"].take(pa.array(examined.diff.before))
    return _again(connection, read_submission(connection, pc.max(owners).as_py()))


def _again(connection: Connection, submission: Submission) -> SubmissionRow:
    return replace(tell_submissions(connection, submission)[0], is_repeat=True)


def _publish(runtime: Runtime, scope: Scope, examined: Examined, act: Act) -> SubmissionRow:
    if why := say_refusal(examined):
        _refuse(runtime, examined, act, why)
    verdict = judge_evidence(examined)
    if not verdict.may_publish:
        _refuse(runtime, examined, act, " ".join(verdict.reasons))
    _require_confirmed(runtime, examined)
    prepared = prepare(examined, verdict)
    with write(runtime.store) as connection:
        examined = _as_of_now(connection, runtime, scope, examined)
        _require_confirmed(runtime, examined)
        if (repeat := _repeat(connection, examined)) is not None:  # somebody was quicker
            return repeat
        kept = keep_published(connection, replace(prepared, examined=examined), act)
        keep_answers(connection, examined, act, submission=kept.id)
        return tell_submissions(connection, kept)[0]


def _require_confirmed(runtime: Runtime, examined: Examined) -> None:
    if why := say_unconfirmed(examined, runtime.definitions):
        raise NotConfirmed(why)


def _as_of_now(
    connection: Connection, runtime: Runtime, scope: Scope, examined: Examined
) -> Examined:
    """Return the file against what is published by now.

    StaleBase where what it touches was changed since a person looked at it.
    """
    base, seen = examined.diff.base, examined.ask.base
    touched = read_touched(connection, since=base if seen is None else min(base, seen))
    if not touched.keys:
        return examined
    now = compare_again(connection, runtime, scope, examined)
    if seen is not None and (count := len(_keys_of(now) & touched.keys)):
        raise StaleBase(_say_stale(touched, count))
    return now


def _keys_of(examined: Examined) -> frozenset[str]:
    """The natural keys that a file says something of, or takes away."""
    gone = examined.diff.current["key"].take(pa.array(examined.diff.removes))
    return frozenset([*hash_keys(with_sayings(examined.rows)["key"]), *hash_keys(gone)])


def _say_stale(touched: Touched, count: int) -> str:
    who = " and ".join(touched.actors)
    values = "one of these values" if count == 1 else f"{count:,} of these values"
    return f"{who} published {values} meanwhile; look at the new comparison. Nothing was changed."


def template_csv() -> bytes:
    """Return an empty file with all columns, as a spreadsheet opens it without asking."""
    contract, _ = read_contract(LIBRARY / f"{BENCHMARKS}{SUFFIX}")
    assert contract is not None
    text = io.StringIO(newline="")
    csv.writer(text).writerow([column.physical_name for column in contract.columns])
    return text.getvalue().encode("utf-8-sig")


def _refuse(runtime: Runtime, examined: Examined, act: Act, why: str) -> NoReturn:
    with write(runtime.store) as connection:
        keep_attempt(connection, examined, act)
    raise FileRefused(f"{examined.name}: {why}")
