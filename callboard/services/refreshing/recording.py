"""Keeps what became of a refresh: its run, the rows kept out, the feed's state, a publication."""

import time
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from callboard.access import Actor
from callboard.services.defining.databases import STORE
from callboard.services.refreshing.findings import Findings, Reading
from callboard.services.refreshing.held import holds_of
from callboard.services.refreshing.quarantine import settle_acts, to_quarantine
from callboard.services.refreshing.report import FeedReport
from callboard.services.refreshing.slice_states import (
    Judged,
    kept_evidence,
    kept_results,
    slice_runs,
)
from callboard.services.runtime import Runtime
from callboard.storage.engine import Connection
from callboard.storage.feeds.question import FeedQuestion
from callboard.storage.feeds.rows import unknown_days
from callboard.storage.publications import PublicationKind, add_publication
from callboard.storage.quarantine import count_quarantine, read_quarantine, replace_quarantine
from callboard.storage.runs import (
    FeedState,
    RunRow,
    RunVerdict,
    SliceState,
    number_run,
    record_contract,
    record_run,
    write_feed_state,
)
from callboard.storage.slices import SliceDay, keep_slice_run, replace_slice_days
from callboard.storage.waivers import Waiver
from data_contracts.catalogue import LIBRARY
from data_contracts.evidence_text import write_evidence
from data_contracts.model import Contract

GOOD = frozenset({RunVerdict.PUBLISHED, RunVerdict.UNCHANGED})
_OF_LIBRARY = "library/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """Who refreshes which feed, when it began, where the feed stood then, the waivers in force."""

    runtime: Runtime
    actor: Actor
    contract: Contract
    old: FeedState
    at: datetime
    clock: float
    waivers: tuple[Waiver, ...] = ()

    @property
    def duration(self) -> timedelta:
        """How long it has taken so far."""
        return timedelta(seconds=time.monotonic() - self.clock)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of it: the feed's new state, and how many readings differ on how many days."""

    state: FeedState
    changed: int = 0
    days: int = 0
    findings: Findings | None = None
    judged: Judged | None = None
    error_id: str = ""

    @property
    def rows_in(self) -> int:
        """How many rows were looked at."""
        return self.reading.rows_in if self.reading else 0

    @property
    def rows_used(self) -> int:
        """How many of them keep their contract."""
        return self.reading.rows_used if self.reading else 0

    @property
    def rows_collapsed(self) -> int:
        """How many of them are copies of others."""
        return self.reading.rows_collapsed if self.reading else 0

    @property
    def reading(self) -> Reading | None:
        """What was read, if anything was."""
        return self.findings.reading if self.findings else None


def record(conn: Connection, attempt: Attempt, outcome: Outcome) -> FeedReport:
    """Keep the run with its rules, quarantine and state; a publication if any of it can be seen."""
    _keep_contract(conn, attempt)
    state = outcome.state
    results = outcome.judged.verdict.results if outcome.judged else ()
    known = (*attempt.old.slices, *state.slices)
    run_id = record_run(conn, _run_row(attempt, outcome), kept_results(results, known))
    _keep_slices(conn, attempt, outcome, run_id)
    has_new_rows = _quarantine(conn, attempt, outcome, run_id)
    is_good = state.verdict in GOOD
    state = replace(
        state,
        run_id=run_id,
        last_good_run_id=run_id if is_good else state.last_good_run_id,
        rows_quarantined_open=count_quarantine(conn).get(state.feed, 0),
    )
    write_feed_state(conn, state)
    publication = None
    if outcome.changed or has_new_rows or is_seen(attempt.old, state):
        publication = publish(conn, attempt, outcome)
        number_run(conn, run_id, publication)
    return report(attempt, outcome, publication)


def publish(conn: Connection, attempt: Attempt, outcome: Outcome) -> int:
    """Number what is new, so that open pages show it; call it last in a transaction."""
    kind = PublicationKind.REFRESH if outcome.changed else PublicationKind.STATE
    told = report(attempt, outcome, None)
    return add_publication(
        conn, kind=kind, actor_id=attempt.actor.id, note=told.sentence, at=attempt.at
    )


def is_seen(old: FeedState, new: FeedState) -> bool:
    """Whether a page about the feed reads differently now."""
    if (old.verdict in GOOD) != (new.verdict in GOOD) or old.run_id is None:
        return True
    if new.verdict not in GOOD and old.verdict is not new.verdict:
        return True
    shown = ("reasons", "as_of", "first_day", "last_day", "rows_quarantined_open")
    if _facts(old) != _facts(new):
        return True
    return any(getattr(old, name) != getattr(new, name) for name in shown)


def _facts(state: FeedState) -> list[SliceState]:
    """What is said of the slices; that rows have come to one, the state of the feed says."""
    bare = (replace(each, as_of=None) for each in state.slices)
    return [each for each in bare if each != SliceState(touchpoint=each.touchpoint)]


def report(attempt: Attempt, outcome: Outcome, publication: int | None) -> FeedReport:
    """The outcome for whoever asked for the refresh."""
    return FeedReport(
        feed=attempt.contract.feed,
        name=attempt.contract.name,
        verdict=outcome.state.verdict,
        rows_in=outcome.rows_in,
        rows_used=outcome.rows_used,
        days=outcome.days,
        changed=outcome.changed,
        seconds=attempt.duration.total_seconds(),
        reasons=outcome.state.reasons,
        publication=publication,
        error_id=outcome.error_id,
        rows_collapsed=outcome.rows_collapsed,
    )


def _run_row(attempt: Attempt, outcome: Outcome) -> RunRow:
    judged = outcome.judged
    return RunRow(
        feed=attempt.contract.feed,
        contract_sha256=attempt.contract.sha256,
        started_at=attempt.at,
        finished_at=attempt.at + attempt.duration,
        duration_ms=round(attempt.duration.total_seconds() * 1000),
        triggered_by=attempt.actor.id,
        rows_in=outcome.rows_in,
        rows_used=outcome.rows_used,
        rows_quarantined=outcome.rows_in - outcome.rows_used - outcome.rows_collapsed,
        verdict=outcome.state.verdict,
        reasons=outcome.state.reasons,
        as_of=outcome.state.as_of,
        engine=judged.verdict.engine if judged else "",
        document=judged.verdict.document if judged else "",
        error_id=outcome.error_id,
        rows_collapsed=outcome.rows_collapsed,
        evidence=write_evidence(kept_evidence(judged.dataset)) if judged else "",
    )


def _keep_slices(conn: Connection, attempt: Attempt, outcome: Outcome, run_id: int) -> None:
    """Keep how many rows each touchpoint has on the days published, and how its rules ended."""
    reading, judged, feed = outcome.reading, outcome.judged, attempt.contract.feed
    if reading is None or judged is None:
        return
    if attempt.contract.server != STORE:
        keep_slice_run(conn, slice_runs(feed, run_id, judged=judged, answer=reading.answer))
    if outcome.state.verdict in GOOD:
        rows = [
            SliceDay(
                feed=feed,
                touchpoint=touchpoint,
                day=day,
                rows_in=found.rows_in,
                rows_used=found.rows_used,
                run_id=run_id,
            )
            for (touchpoint, day), found in reading.answer.slices.items()
        ]
        held = holds_of(outcome.state)
        replace_slice_days(conn, feed=feed, days=judged.days, rows=rows, held=held)


def _quarantine(conn: Connection, attempt: Attempt, outcome: Outcome, run_id: int) -> bool:
    """Put the rows that were kept out where they wait; whether some are there the first time."""
    findings = outcome.findings
    if findings is None or findings.reading is None:
        return False
    is_good, has_all = outcome.state.verdict in GOOD, findings.reading.has_all_broken
    replace_quarantine(
        conn,
        feed=attempt.contract.feed,
        run_id=run_id,
        days=_judged_days(findings, is_good=is_good),
        rows=to_quarantine(findings.question, findings.reading.broken),
        at=attempt.at,
    )
    settle_acts(conn, findings, is_good=is_good, has_all=has_all, at=attempt.at)
    newest = read_quarantine(conn, feed=attempt.contract.feed, limit=1)
    return bool(newest) and newest[0].first_seen == attempt.at


def _judged_days(findings: Findings, *, is_good: bool) -> Collection[date | None] | None:
    """The days whose failing rows are all known; None for all days there are."""
    assert findings.reading is not None
    if not is_good:
        return ()
    if findings.reading.has_all_broken:
        return findings.question.days
    return _known_days(findings.question, findings.reading)


def _known_days(question: FeedQuestion, reading: Reading) -> Collection[date | None]:
    """Of rows of which only some were kept: the days of which all were."""
    told = reading.answer.broken_on
    everything = {None, *told, *(day for _, day in reading.answer.slices)}
    asked = everything if question.days is None else question.days
    return frozenset(asked) - unknown_days(told, reading.broken)


def _keep_contract(conn: Connection, attempt: Attempt) -> None:
    contract = attempt.contract
    is_ours = contract.source.startswith(_OF_LIBRARY)
    own = attempt.runtime.settings.workspace / contract.source
    path = LIBRARY / Path(contract.source).name if is_ours else own
    record_contract(
        conn,
        feed=contract.feed,
        version=contract.version,
        sha256=contract.sha256,
        document=path.read_text(encoding="utf-8") if path.exists() else "",
        at=attempt.at,
    )
