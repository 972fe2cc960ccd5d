"""What is kept of a file that was handed in, whether it counts or not."""

from dataclasses import dataclass, replace
from datetime import datetime

import pyarrow as pa

from callboard.access import Actor
from callboard.services.publishing.diffing import publishers_of
from callboard.services.publishing.evidence import keep_run
from callboard.services.publishing.files import Examined
from callboard.services.publishing.returning import keep_raws
from callboard.storage.audit import append_audit
from callboard.storage.benchmark_columns import digest_of, with_keys, with_sayings
from callboard.storage.benchmark_rows import SubmissionDetail
from callboard.storage.benchmarks import (
    Submission,
    SubmissionState,
    add_removals,
    add_rows,
    add_submission,
    publish_submission,
    read_submission,
)
from callboard.storage.engine import Connection
from callboard.storage.submissions import add_detail, add_returned
from data_contracts.evidence import GateVerdict

_SOURCES_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who does it, when, and what is said of it."""

    actor: Actor
    at: datetime
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Everything that is kept of a file, made before anybody has to wait for the store."""

    examined: Examined
    verdict: GateVerdict
    rows: "pa.Table"
    detail: SubmissionDetail


def prepare(examined: Examined, verdict: GateVerdict) -> Prepared:
    """Return what will be kept of a file that can be published."""
    ask, report, rows = examined.ask, examined.report, with_sayings(examined.rows)
    detail = SubmissionDetail(
        mode=ask.mode.value,
        base=ask.base,
        digest=digest_of(rows),
        answers=ask.answers_json,
        sheet=report.reading.sheet if report.reading else "",
        contract_version=examined.contract.version,
        publishers=tuple(sorted(publishers_of(rows).unique().to_pylist())),
    )
    return Prepared(examined=examined, verdict=verdict, rows=with_keys(rows), detail=detail)


def keep_published(connection: Connection, prepared: Prepared, act: Act) -> Submission:
    """Keep a file, its good rows and its findings, publish it, and keep the engine's verdict."""
    examined, verdict = prepared.examined, prepared.verdict
    number = add_submission(
        connection,
        _submission(examined, act),
        content=examined.ask.content,
        findings=keep_raws(examined.report, examined.report.findings),
    )
    add_rows(connection, number, prepared.rows)
    add_detail(connection, number, prepared.detail)
    gone = examined.diff.current.take(pa.array(examined.diff.removes))
    add_removals(connection, number, gone)
    add_returned(connection, number, examined.returned)
    publication = publish_submission(
        connection, number, actor_id=act.actor.id, at=act.at, note=act.note
    )
    keep_run(connection, examined, verdict, actor=act.actor, at=act.at, publication=publication)
    return read_submission(connection, number)


def keep_attempt(connection: Connection, examined: Examined, act: Act) -> None:
    """Keep who tried what and why not; of a file that cannot be read no byte."""
    report = examined.report
    new = replace(
        _submission(examined, act),
        state=SubmissionState.REFUSED,
        published=0,
        quarantined=report.rows_in,
        collapsed=0,
    )
    number = add_submission(
        connection,
        new,
        content=b"" if report.refusals else examined.ask.content,
        findings=keep_raws(report, (*report.refusals, *report.findings)),
    )
    append_audit(
        connection,
        actor_id=act.actor.id,
        action=SubmissionState.REFUSED.value,
        target=f"submission {number}",
        at=act.at,
        detail={"file": examined.name, "sha256": examined.sha256},
    )


def _submission(examined: Examined, act: Act) -> Submission:
    report = examined.report
    sources = examined.rows["source_name"].unique().to_pylist()
    more = len(sources) - _SOURCES_SHOWN
    told = ", ".join(sources[:_SOURCES_SHOWN])
    return Submission(
        sha256=examined.sha256,
        file_name=examined.name,
        size=len(examined.ask.content),
        actor=act.actor.id,
        at=act.at,
        contract_sha256=examined.contract.sha256,
        encoding=report.encoding,
        delimiter=report.delimiter,
        rows_in=report.rows_in,
        published=report.published,
        quarantined=report.quarantined,
        collapsed=report.collapsed,
        note=act.note,
        source=f"{told} and {more} more" if more > 0 else told,
        answers_sha=examined.ask.answers_sha,
    )
