"""Benchmark files: checked, published, withdrawn, listed. Preview and publish read a file alike."""

import csv
import io
from dataclasses import replace
from functools import cache
from threading import Thread
from typing import NoReturn

from callboard.access import Action, Actor, require
from callboard.errors import FileRefused
from callboard.services.publishing.evidence import judge_evidence
from callboard.services.publishing.files import Examined, examine, find_twin
from callboard.services.publishing.preview import make_preview, say_refusal
from callboard.services.publishing.store import Act, keep_attempt, keep_published
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope
from callboard.storage.benchmarks import (
    Submission,
    SubmissionState,
    read_submission,
    read_submissions,
    read_withdrawals,
    withdraw_submission,
)
from callboard.storage.engine import Connection, snapshot, write
from callboard.views import Preview, SubmissionRow
from data_contracts.catalogue import BENCHMARKS, LIBRARY, SUFFIX, read_contract
from data_contracts.gate import warm_up

_LONGEST = 200


def check_file(runtime: Runtime, actor: Actor, *, name: str, content: bytes) -> Preview:
    """Return what publishing a file would do; nothing is stored."""
    require(actor, Action.CHECK_FILE)
    examined = examine(runtime, open_scope(runtime, actor), name=_plain(name), content=content)
    today = runtime.clock.today(runtime.workspace.time_zone)
    return make_preview(examined, runtime.definitions, today=today)


@cache
def get_ready() -> Thread:
    """Begin, once in a process, to load what judges a file, while a person reads the preview."""
    loading = Thread(target=warm_up, name="warm up the gate", daemon=True)
    loading.start()
    return loading


def publish(
    runtime: Runtime, actor: Actor, *, name: str, content: bytes, note: str = ""
) -> SubmissionRow:
    """Publish a file's good rows and keep its bad ones, in one transaction with its audit row.

    The same content twice changes nothing and returns the earlier submission (`is_repeat`). A file
    of which nothing can be published is kept as an attempt, and FileRefused says why.
    """
    require(actor, Action.PUBLISH)
    examined = examine(runtime, open_scope(runtime, actor), name=_plain(name), content=content)
    act = Act(actor=actor, at=runtime.clock.now("UTC"), note=_plain(note))
    if examined.twin is not None:
        return replace(_row(examined.twin), is_repeat=True)
    if why := say_refusal(examined):
        _refuse(runtime, examined, act, why)
    verdict = judge_evidence(examined)
    if not verdict.may_publish:
        _refuse(runtime, examined, act, " ".join(verdict.reasons))
    with write(runtime.store) as connection:
        twin = find_twin(connection, examined.sha256)  # of somebody who was quicker
        if twin is not None:
            return replace(_row(twin), is_repeat=True)
        return _row(keep_published(connection, examined, verdict, act))


def withdraw(runtime: Runtime, actor: Actor, *, submission: int, note: str = "") -> SubmissionRow:
    """Make a published submission count no more; what it replaced is back.

    CallboardError for one that is not there or not published.
    """
    require(actor, Action.PUBLISH)
    at = runtime.clock.now("UTC")
    with write(runtime.store) as connection:
        withdraw_submission(connection, submission, actor_id=actor.id, at=at, note=_plain(note))
        return _told(connection, read_submission(connection, submission))[0]


def read_history(runtime: Runtime, actor: Actor) -> tuple[SubmissionRow, ...]:
    """Return every submission, newest first."""
    require(actor, Action.READ_TRUST)
    with snapshot(runtime.store) as connection:
        return _told(connection, *read_submissions(connection))


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


def _plain(text: str) -> str:
    """What a person typed, without what a database cannot keep."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "").strip()[:_LONGEST]


def _told(connection: Connection, *submissions: Submission) -> tuple[SubmissionRow, ...]:
    """The submissions, with who withdrew them and why after the note they were published with."""
    withdrawals = read_withdrawals(connection)
    rows = []
    for each in submissions:
        row = _row(each)
        if each.state is SubmissionState.WITHDRAWN:
            actor, why = withdrawals[each.id]
            told = f"withdrawn by {actor}" + (f": {why}" if why else "")
            row = replace(row, note=f"{row.note}; {told}" if row.note else told)
        rows.append(row)
    return tuple(rows)


def _row(submission: Submission) -> SubmissionRow:
    return SubmissionRow(
        id=submission.id,
        at=submission.at,
        actor=submission.actor,
        file_name=submission.file_name,
        sha256=submission.sha256,
        source=submission.source,
        rows_in=submission.rows_in,
        published=submission.published,
        quarantined=submission.quarantined,
        collapsed=submission.collapsed,
        state=submission.state.value,
        publication=submission.publication,
        note=submission.note,
    )
