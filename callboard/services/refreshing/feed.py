"""The refresh of one feed: read, judge, and put into the store what may be published."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from callboard.access import Actor
from callboard.errors import FeedUnavailable
from callboard.logs import log_error
from callboard.services.feed_days import whole_until
from callboard.services.refreshing.asking import FeedReader
from callboard.services.refreshing.corrections import with_acts, with_corrected
from callboard.services.refreshing.findings import Findings, Wanted
from callboard.services.refreshing.question import definition_mark
from callboard.services.refreshing.recording import GOOD, Attempt, Outcome, publish, record, report
from callboard.services.refreshing.report import FeedReport
from callboard.services.refreshing.slice_states import Judged, broken_slices, slices_after
from callboard.services.refreshing.slice_words import warnings
from callboard.services.refreshing.slices import Slices, find_slices, rows_again
from callboard.services.refreshing.waiving import read_waivers_in_force, waivers_mark
from callboard.services.refreshing.writing import join_feeds, reached, write_reading
from callboard.services.runtime import Runtime
from callboard.storage.engine import Connection, snapshot, write
from callboard.storage.feeds.table import lost_columns
from callboard.storage.lock import Lease
from callboard.storage.quarantine import count_quarantine
from callboard.storage.runs import (
    FeedState,
    RunVerdict,
    read_feed_states,
    read_run,
    write_feed_state,
)
from data_contracts.business_time import counted_age
from data_contracts.evidence import DatasetEvidence
from data_contracts.evidence_text import read_evidence
from data_contracts.gate import judge_run

_DRAFT = "draft"


class FeedRefresh:
    """One refresh of one feed, by the holder of the refresh lock."""

    def __init__(self, runtime: Runtime, actor: Actor, lease: Lease, feed: str) -> None:
        """Look up where the feed stands."""
        self._runtime = runtime
        self._lease = lease
        with snapshot(runtime.store) as conn:
            known = read_feed_states(conn).get(feed)
            waivers = read_waivers_in_force(conn, runtime, feed)
        self._attempt = Attempt(
            runtime=runtime,
            actor=actor,
            contract=runtime.definitions.contracts[feed],
            old=known or FeedState(feed=feed, verdict=RunVerdict.FAILED),
            at=runtime.clock.now(runtime.workspace.time_zone).astimezone(UTC),
            clock=time.monotonic(),
            waivers=waivers,
        )

    def run(self, wanted: Wanted, on_rows: Callable[[int], None]) -> FeedReport:
        """Read, judge and store; a feed that cannot be read leaves the last good figures."""
        asked = replace(wanted, waivers=waivers_mark(self._attempt.waivers))
        with ExitStack() as stack:
            try:
                asked = with_acts(self._runtime, self._attempt.old.feed, asked)
                reader = FeedReader(self._runtime, self._attempt.old, asked, stack, on_rows)
                findings = with_corrected(self._runtime, reader.read())
            except FeedUnavailable as error:
                return self._store_failure(error)
            judged = None if findings.is_idle else self._judge(findings)
            with write(self._runtime.store) as conn:
                self._lease.confirm(conn)
                if judged is None:
                    return self._store_look(conn, findings)
                return record(conn, self._attempt, self._outcome(conn, findings, judged))

    def _judge(self, findings: Findings) -> Judged:
        reading, attempt = findings.reading, self._attempt
        answer = reading.answer if reading else None
        found = self._slices(findings)
        dataset = self._dataset(findings, found)
        evidence = (*answer.evidence, *broken_slices(answer.by_touchpoint)) if answer else ()
        waivers = [each.rule for each in attempt.waivers]
        return Judged(
            dataset=dataset,
            verdict=judge_run(attempt.contract, evidence, dataset, waivers=waivers),
            days=findings.question.days,
            newest=found.newest,
            at=attempt.at,
            unjudged=found.unjudged,
            waivers=waivers,
        )

    def _slices(self, findings: Findings) -> Slices:
        old, reading = self._attempt.old, findings.reading
        if reading is None:
            return Slices()
        state = reached(old, findings, reading)
        with snapshot(self._runtime.store) as conn:
            return find_slices(conn, self._runtime, old=old, findings=findings, reached=state)

    def _dataset(self, findings: Findings, found: Slices) -> DatasetEvidence:
        reading, table = findings.reading, findings.table
        dataset = DatasetEvidence(
            rows_in=0,
            has_table=findings.has_table,
            missing_columns=findings.missing,
            errors=findings.errors or {},
            columns=table.columns if table else (),
            extra_columns=table.extra if table else (),
            lost_columns=lost_columns(table, self._columns_before()) if table else (),
            is_draft=self._attempt.contract.status == _DRAFT,
        )
        if reading is None:
            return dataset
        again = rows_again(self._attempt.old, findings.question.days, reading.answer)
        known = [each for each in (reading.answer.newest, self._attempt.old.as_of) if each]
        return replace(
            dataset,
            rows_in=reading.rows_in,
            rows_quarantined=reading.rows_in - reading.rows_used - reading.rows_collapsed,
            rows_collapsed=reading.rows_collapsed,
            rows_known=again.rows_in,
            quarantined_known=again.rows_in - again.rows_used,
            age=self._age(max(known), self._attempt.at) if known else None,
            is_incremental=findings.question.days is not None,
            slices=found.evidence,
        )

    def _columns_before(self) -> tuple[str, ...]:
        """The columns that the feed's table had when it was last published."""
        run_id = self._attempt.old.last_good_run_id
        if run_id is None:
            return ()
        with snapshot(self._runtime.store) as conn:
            text = read_run(conn, run_id).evidence
        return read_evidence(text).columns if text else ()

    def _age(self, newest: datetime, now: datetime) -> timedelta:
        """How old the newest row is, by the days that count."""
        workspace = self._runtime.workspace
        days, zone = self._attempt.contract.freshness_days, workspace.time_zone
        return counted_age(newest, now, zone=zone, days=days, holidays=workspace.holidays)

    def _outcome(self, conn: Connection, findings: Findings, judged: Judged) -> Outcome:
        old, verdict, reading = self._attempt.old, judged.verdict, findings.reading
        if not verdict.may_publish or reading is None:
            state = replace(
                old,
                verdict=RunVerdict.WITHHELD,
                reasons=verdict.reasons,
                looked_at=self._attempt.at,
                seen=findings.seen,
            )
            return Outcome(state=state, findings=findings, judged=judged)
        slices = slices_after(self._runtime, old, judged)
        new = replace(reached(old, findings, reading), slices=slices)
        changed = write_reading(conn, self._runtime, old=old, new=new, findings=findings)
        state = replace(
            new,
            verdict=RunVerdict.PUBLISHED if changed else RunVerdict.UNCHANGED,
            reasons=warnings(self._runtime.definitions, verdict, slices),
            definition_hash=definition_mark(self._runtime.definitions, old.feed),
        )
        days = len(reading.answer.sums.days)
        return Outcome(state=state, changed=changed, days=days, findings=findings, judged=judged)

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
        holidays = self._runtime.workspace.holidays
        return any(
            whole_until(contract, self._attempt.old, zone, holidays=holidays)
            != whole_until(contract, state, zone, holidays=holidays)
            for zone in {definitions.zone(code) for code in definitions.touchpoints}
        )

    def _is_late(self, state: FeedState) -> bool:
        """Whether the newest row was older than promised when the feed was last asked."""
        promised = self._attempt.contract.freshness
        if promised is None or state.as_of is None or state.looked_at is None:
            return False
        return self._age(state.as_of, state.looked_at) > promised

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
