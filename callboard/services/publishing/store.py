"""What is kept of a file that was handed in, whether it counts or not."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from callboard.access import Actor
from callboard.services.publishing.evidence import keep_run
from callboard.services.publishing.files import Examined
from callboard.storage.audit import append_audit
from callboard.storage.benchmarks import (
    KeptFinding,
    Submission,
    SubmissionState,
    add_submission,
    publish_submission,
    read_submission,
)
from callboard.storage.engine import Connection
from data_contracts.benchmarks import FileReport
from data_contracts.model import Finding, GateVerdict

_SOURCES_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who does it, when, and what is said of it."""

    actor: Actor
    at: datetime
    note: str


def keep_published(
    connection: Connection, examined: Examined, verdict: GateVerdict, act: Act
) -> Submission:
    """Keep a file, its good rows and its findings, publish it, and keep the engine's verdict."""
    number = add_submission(
        connection,
        _submission(examined, act),
        content=examined.content,
        rows=examined.rows,
        findings=_kept(examined.report, examined.report.findings),
    )
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
        content=b"" if report.refusals else examined.content,
        findings=_kept(report, (*report.refusals, *report.findings)),
    )
    append_audit(
        connection,
        actor_id=act.actor.id,
        action=SubmissionState.REFUSED.value,
        target=f"submission {number}",
        at=act.at,
        detail={"file": examined.name, "sha256": examined.sha256},
    )


def _kept(report: FileReport, findings: Iterable[Finding]) -> list[KeptFinding]:
    """Each finding with its row as it came; a row with several is kept with the first."""
    told: set[int] = set()
    kept = []
    for each in findings:
        raw = "" if each.row in told else report.raw.get(each.row, "")
        told.add(each.row)
        kept.append(KeptFinding(finding=each, raw=raw))
    return kept


def _submission(examined: Examined, act: Act) -> Submission:
    report = examined.report
    sources = list(dict.fromkeys(row.source_name for row in examined.rows))
    more = len(sources) - _SOURCES_SHOWN
    told = ", ".join(sources[:_SOURCES_SHOWN])
    return Submission(
        sha256=examined.sha256,
        file_name=examined.name,
        size=len(examined.content),
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
    )
