"""The history of publishing: who handed in what, when, why, and what became of it."""

from dataclasses import replace
from datetime import datetime, timedelta

from callboard.access import Action, Actor, Role, is_allowed, require
from callboard.services.runtime import Runtime
from callboard.storage.benchmark_rows import SubmissionDetail
from callboard.storage.benchmarks import (
    Submission,
    SubmissionState,
    read_submissions,
    read_withdrawals,
)
from callboard.storage.engine import Connection, snapshot
from callboard.storage.submissions import read_details
from callboard.views import SubmissionRow

OWN_FOR = timedelta(hours=24)


def read_history(runtime: Runtime, actor: Actor, *, limit: int = 200) -> tuple[SubmissionRow, ...]:
    """Return the submissions, newest first, and what the actor may do with each."""
    require(actor, Action.READ_TRUST)
    now = runtime.clock.now("UTC")
    with snapshot(runtime.store) as connection:
        found = read_submissions(connection, limit=limit)
        rows = tell_submissions(connection, *found)
    return tuple(
        _with_rights(row, may=may_undo(actor, each, now=now))
        for row, each in zip(rows, found, strict=True)
    )


def may_undo(actor: Actor, submission: Submission, *, now: datetime) -> bool:
    """Whether somebody may withdraw a submission or bring it back: their own for a day, or any."""
    if not is_allowed(actor, Action.PUBLISH):
        return False
    is_fresh = now - submission.at < OWN_FOR
    return Role.ADMIN in actor.roles or (submission.actor == actor.id and is_fresh)


def _with_rights(row: SubmissionRow, *, may: bool) -> SubmissionRow:
    return replace(
        row,
        may_withdraw=may and row.state == SubmissionState.PUBLISHED.value,
        may_restore=may and row.state == SubmissionState.WITHDRAWN.value,
    )


def tell_submissions(connection: Connection, *submissions: Submission) -> tuple[SubmissionRow, ...]:
    """Return them with who withdrew them and why after the note they were published with."""
    withdrawals = read_withdrawals(connection)
    details = read_details(connection, [each.id for each in submissions])
    rows = []
    for each in submissions:
        row = _row(each, details.get(each.id))
        if each.state is SubmissionState.WITHDRAWN:
            actor, why = withdrawals[each.id]
            told = f"withdrawn by {actor}" + (f": {why}" if why else "")
            row = replace(row, note=f"{row.note}; {told}" if row.note else told)
        rows.append(row)
    return tuple(rows)


def _row(submission: Submission, detail: SubmissionDetail | None = None) -> SubmissionRow:
    """Return a submission as it is told; older ones have no details."""
    known = detail or SubmissionDetail(mode="")
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
        contract_sha256=submission.contract_sha256,
        contract_version=known.contract_version,
        mode=known.mode,
        sheet=known.sheet,
        publishers=known.publishers,
        removed=known.removed,
        returned=known.returned,
        came_back=known.came_back,
    )
