"""The refresh of one feed: read, judge, and put into the store what may be published."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC

from callboard.access import Actor
from callboard.errors import FeedUnavailable
from callboard.logs import log_error
from callboard.services.feed_days import whole_until
from callboard.services.refreshing.asking import FeedReader, Findings, Wanted
from callboard.services.refreshing.corrections import with_acts, with_corrected
from callboard.services.refreshing.question import definition_mark
from callboard.services.refreshing.recording import GOOD, Attempt, Outcome, publish, record, report
from callboard.services.refreshing.report import FeedReport
from callboard.services.refreshing.writing import join_feeds, write_reading
from callboard.services.runtime import Runtime
from callboard.storage.engine import Connection, snapshot, write
from callboard.storage.lock import Lease
from callboard.storage.quarantine import count_quarantine
from callboard.storage.runs import FeedState, RunVerdict, read_feed_states, write_feed_state
from data_contracts.bounds import FRESHNESS
from data_contracts.evidence import DatasetEvidence, GateVerdict, State
from data_contracts.evidence_text import write_evidence
from data_contracts.gate import judge_run
from data_contracts.model import Severity


class FeedRefresh:
    """One refresh of one feed, by the holder of the refresh lock."""

    def __init__(self, runtime: Runtime, actor: Actor, lease: Lease, feed: str) -> None:
        """Look up where the feed stands."""
        self._runtime = runtime
        self._lease = lease
        with snapshot(runtime.store) as conn:
            known = read_feed_states(conn).get(feed)
        self._attempt = Attempt(
            runtime=runtime,
            actor=actor,
            contract=runtime.definitions.contracts[feed],
            old=known or FeedState(feed=feed, verdict=RunVerdict.FAILED),
            at=runtime.clock.now(runtime.workspace.time_zone).astimezone(UTC),
            clock=time.monotonic(),
        )

    def run(self, wanted: Wanted, on_rows: Callable[[int], None]) -> FeedReport:
        """Read, judge and store; a feed that cannot be read leaves the last good figures."""
        with ExitStack() as stack:
            try:
                asked = with_acts(self._runtime, self._attempt.old.feed, wanted)
                reader = FeedReader(self._runtime, self._attempt.old, asked, stack, on_rows)
                findings = with_corrected(self._runtime, reader.read())
            except FeedUnavailable as error:
                return self._store_failure(error)
            dataset = None if findings.is_idle else self._dataset(findings)
            verdict = None if dataset is None else self._judge(findings, dataset)
            with write(self._runtime.store) as conn:
                self._lease.confirm(conn)
                if dataset is None or verdict is None:
                    return self._store_look(conn, findings)
                outcome = self._outcome(conn, findings, verdict)
                return record(
                    conn, self._attempt, replace(outcome, evidence=write_evidence(dataset))
                )

    def _judge(self, findings: Findings, dataset: DatasetEvidence) -> GateVerdict:
        evidence = findings.reading.answer.evidence if findings.reading else ()
        return judge_run(self._attempt.contract, evidence, dataset)

    def _dataset(self, findings: Findings) -> DatasetEvidence:
        reading = findings.reading
        if reading is None:
            return DatasetEvidence(
                rows_in=0,
                has_table=findings.has_table,
                missing_columns=findings.missing,
                errors=findings.errors or {},
            )
        known = [each for each in (reading.answer.newest, self._attempt.old.as_of) if each]
        return DatasetEvidence(
            rows_in=reading.answer.rows_in,
            rows_quarantined=reading.answer.rows_in - reading.answer.rows_used,
            age=self._attempt.at - max(known) if known else None,
            is_incremental=findings.question.days is not None,
        )

    def _outcome(self, conn: Connection, findings: Findings, verdict: GateVerdict) -> Outcome:
        old, at = self._attempt.old, self._attempt.at
        if not verdict.may_publish or findings.reading is None:
            state = replace(
                old,
                verdict=RunVerdict.WITHHELD,
                reasons=verdict.reasons,
                looked_at=at,
                seen=findings.seen,
            )
            return Outcome(state=state, findings=findings, verdict=verdict)
        written = write_reading(conn, self._runtime, old, findings, findings.reading)
        state = replace(
            written.state,
            verdict=RunVerdict.PUBLISHED if written.changed else RunVerdict.UNCHANGED,
            reasons=_warnings(verdict),
            definition_hash=definition_mark(self._runtime.definitions, old.feed),
        )
        return Outcome(
            state=state,
            changed=written.changed,
            days=written.days,
            findings=findings,
            verdict=verdict,
        )

    def _store_look(self, conn: Connection, findings: Findings) -> FeedReport:
        """Nothing is new: keep when that was, and tell what time alone has changed."""
        old, at = self._attempt.old, self._attempt.at
        is_good = old.verdict in GOOD
        state = replace(
            old,
            looked_at=at,
            seen=findings.seen,
            last_good_at=at if is_good else old.last_good_at,
            verdict=RunVerdict.UNCHANGED if is_good else old.verdict,
            rows_quarantined_open=count_quarantine(conn).get(old.feed, 0),
        )
        changed = join_feeds(conn, self._runtime, old, state) if is_good else 0
        write_feed_state(conn, state)
        outcome = Outcome(state=state, changed=changed, findings=findings)
        is_told = changed or self._is_late(old) != self._is_late(state) or self._is_a_day_on(state)
        return report(
            self._attempt, outcome, publish(conn, self._attempt, outcome) if is_told else None
        )

    def _is_a_day_on(self, state: FeedState) -> bool:
        """Whether a day has become whole since the feed was last read."""
        definitions, contract = self._runtime.definitions, self._attempt.contract
        return any(
            whole_until(contract, self._attempt.old, zone) != whole_until(contract, state, zone)
            for zone in {definitions.zone(code) for code in definitions.touchpoints}
        )

    def _is_late(self, state: FeedState) -> bool:
        """Whether the newest row was older than promised when the feed was last asked."""
        promised = self._attempt.contract.freshness
        if promised is None or state.as_of is None or state.looked_at is None:
            return False
        return state.looked_at - state.as_of > promised

    def _store_failure(self, error: FeedUnavailable) -> FeedReport:
        error_id = log_error(error, event="a feed is unavailable", feed=self._attempt.old.feed)
        old = self._attempt.old
        state = replace(
            old,
            verdict=RunVerdict.FAILED,
            reasons=(str(error),),
            looked_at=self._attempt.at,
            seen="",
        )
        outcome = Outcome(state=state, error_id=error_id)
        with write(self._runtime.store) as conn:
            self._lease.confirm(conn)
            if old.run_id is not None and (old.verdict, old.reasons) == (
                state.verdict,
                state.reasons,
            ):
                write_feed_state(conn, state)
                return report(self._attempt, outcome, None)
            return record(conn, self._attempt, outcome)


def _warnings(verdict: GateVerdict) -> tuple[str, ...]:
    """Rules of less than critical weight that are broken; lateness is told by the clock instead."""
    return tuple(
        f"{each.description} {each.message}".strip()
        for each in verdict.results
        if each.state is State.FAIL
        and each.severity is Severity.WARNING
        and each.rule_id != FRESHNESS
    )
