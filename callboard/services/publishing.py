"""Benchmark files: checked, published, withdrawn, listed. Preview and publish read a file alike."""

import csv
import io
from dataclasses import replace
from datetime import datetime

from callboard.access import Action, Actor, require
from callboard.errors import FileRefused
from callboard.services.benchmark_files import Examined, examine, find_twin
from callboard.services.preview import make_preview, say_refusal
from callboard.services.runtime import Runtime
from callboard.storage.audit import append_audit
from callboard.storage.benchmarks import (
    KeptFinding,
    Submission,
    SubmissionState,
    add_submission,
    publish_submission,
    read_submissions,
    withdraw_submission,
)
from callboard.storage.engine import Connection, snapshot, write
from callboard.views import Preview, SubmissionRow
from data_contracts.catalogue import BENCHMARKS, LIBRARY, SUFFIX, read_contract

_SOURCES_SHOWN = 3


def check_file(runtime: Runtime, actor: Actor, *, name: str, content: bytes) -> Preview:
    """Return what publishing a file would do; nothing is stored."""
    require(actor, Action.CHECK_FILE)
    return make_preview(examine(runtime, name=name, content=content), runtime.definitions)


def publish(
    runtime: Runtime, actor: Actor, *, name: str, content: bytes, note: str = ""
) -> SubmissionRow:
    """Publish a file's good rows and keep its bad ones, in one transaction with its audit row.

    The same content twice changes nothing and returns the earlier submission (`is_repeat`). A file
    of which nothing can be published is kept as an attempt, and FileRefused says why.
    """
    require(actor, Action.PUBLISH)
    examined = examine(runtime, name=name, content=content)
    at = runtime.clock.now("UTC")
    if why := say_refusal(examined):
        with write(runtime.store) as connection:
            _keep_attempt(connection, examined, actor, at)
        raise FileRefused(f"{name}: {why}")
    with write(runtime.store) as connection:
        twin = find_twin(connection, examined.sha256)
        if twin is not None:
            return replace(_row(twin), is_repeat=True)
        number = _add(connection, examined, actor, at, note)
        publish_submission(connection, number, actor_id=actor.id, at=at, note=note)
        return _read(connection, number)


def withdraw(runtime: Runtime, actor: Actor, *, submission: int, note: str = "") -> SubmissionRow:
    """Make a published submission count no more; what it replaced is back.

    CallboardError for one that is not there or not published.
    """
    require(actor, Action.PUBLISH)
    at = runtime.clock.now("UTC")
    with write(runtime.store) as connection:
        withdraw_submission(connection, submission, actor_id=actor.id, at=at, note=note)
        return _read(connection, submission)


def read_history(runtime: Runtime, actor: Actor) -> tuple[SubmissionRow, ...]:
    """Return every submission, newest first."""
    require(actor, Action.READ_TRUST)
    with snapshot(runtime.store) as connection:
        return tuple(_row(each) for each in read_submissions(connection))


def template_csv() -> bytes:
    """Return an empty file with all columns, as a spreadsheet opens it without asking."""
    contract, _ = read_contract(LIBRARY / f"{BENCHMARKS}{SUFFIX}")
    assert contract is not None
    text = io.StringIO(newline="")
    csv.writer(text).writerow([column.physical_name for column in contract.columns])
    return text.getvalue().encode("utf-8-sig")


def _add(connection: Connection, examined: Examined, actor: Actor, at: datetime, note: str) -> int:
    report = examined.report
    kept = [KeptFinding(finding=each, raw=report.raw.get(each.row, "")) for each in report.findings]
    return add_submission(
        connection,
        _submission(examined, actor, at, note),
        content=examined.content,
        rows=examined.rows,
        findings=kept,
    )


def _keep_attempt(connection: Connection, examined: Examined, actor: Actor, at: datetime) -> None:
    """Keep who tried what and why not; of a file that cannot be read no byte."""
    report = examined.report
    new = replace(_submission(examined, actor, at, ""), state=SubmissionState.REFUSED, published=0)
    kept = [
        KeptFinding(finding=each, raw=report.raw.get(each.row, ""))
        for each in (*report.refusals, *report.findings)
    ]
    content = b"" if report.refusals else examined.content
    number = add_submission(connection, new, content=content, findings=kept)
    append_audit(
        connection,
        actor_id=actor.id,
        action=SubmissionState.REFUSED.value,
        target=f"submission {number}",
        at=at,
        detail={"file": examined.name, "sha256": examined.sha256},
    )


def _submission(examined: Examined, actor: Actor, at: datetime, note: str) -> Submission:
    report = examined.report
    sources = list(dict.fromkeys(row.source_name for row in examined.rows))
    more = len(sources) - _SOURCES_SHOWN
    told = ", ".join(sources[:_SOURCES_SHOWN])
    return Submission(
        sha256=examined.sha256,
        file_name=examined.name,
        size=len(examined.content),
        actor=actor.id,
        at=at,
        contract_sha256=examined.contract.sha256,
        encoding=report.encoding,
        delimiter=report.delimiter,
        rows_in=report.rows_in,
        published=report.published,
        quarantined=report.quarantined,
        collapsed=report.collapsed,
        note=note,
        source=f"{told} and {more} more" if more > 0 else told,
    )


def _read(connection: Connection, number: int) -> SubmissionRow:
    return _row(next(each for each in read_submissions(connection) if each.id == number))


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
