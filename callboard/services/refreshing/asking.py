"""Asks one feed what is new, and for the sums and the evidence of the days that it is new on."""

import hashlib
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from callboard.services.refreshing.findings import Findings, Hours, Reading, Wanted
from callboard.services.refreshing.held import days_to_ask_again
from callboard.services.refreshing.passages import find_passages
from callboard.services.refreshing.question import ask_about, definition_mark
from callboard.services.runtime import Runtime
from callboard.settings import HOURLY_DAYS
from callboard.storage.corrections import read_corrections
from callboard.storage.engine import Connection, snapshot
from callboard.storage.feeds.control_sql import told_rows
from callboard.storage.feeds.engine import open_feed, read_feed
from callboard.storage.feeds.forms import find_odd, read_odd
from callboard.storage.feeds.question import FeedQuestion
from callboard.storage.feeds.repeated import without_copies
from callboard.storage.feeds.rows import BrokenRow, broken_rows, unknown_days
from callboard.storage.feeds.scan_answer import Answer, ask
from callboard.storage.feeds.scan_plan import Plan, plan_days, plan_hours, restriction
from callboard.storage.feeds.table import FeedTable, find_table
from callboard.storage.feeds.time_sql import Years
from callboard.storage.feeds.watch import Look, look, segments_to_keep, years_of
from callboard.storage.open_days import open_days_after
from callboard.storage.runs import FeedState, RunVerdict
from callboard.storage.series_ids import known_segments
from data_contracts.model import Clock, Kind

_TOLD_BACK = 35  # days back that a control table may tell anew of
_BEGINNING = datetime(1, 1, 2, tzinfo=UTC)
_JUST_NOW = timedelta(seconds=10)
_DAY = timedelta(days=1)


class FeedReader:
    """Reads one feed for one refresh; its findings can be read until `stack` is closed."""

    def __init__(
        self,
        runtime: Runtime,
        state: FeedState,
        wanted: Wanted,
        stack: ExitStack,
        on_rows: Callable[[int], None],
    ) -> None:
        """Keep what is known before."""
        definitions = runtime.definitions
        self._runtime = runtime
        self._state = state
        self._wanted = wanted
        self._stack = stack
        self._on_rows = on_rows
        self._mark = definition_mark(definitions, state.feed)
        self._seen_by = f"{self._mark}:{wanted.waivers}"
        self._told = ""
        now = runtime.clock.now(runtime.workspace.time_zone).astimezone(UTC)
        self._asked = ask_about(definitions, state.feed, now)
        self._contract = definitions.contracts[state.feed]
        self._url = definitions.databases[self._contract.server]

    def read(self) -> Findings:
        """What the feed says; FeedUnavailable if it says nothing."""
        with read_feed(open_feed(self._url), self._contract.name) as conn:
            table = find_table(conn, self._contract)
            if table is None:
                return Findings(question=self._asked, has_table=False)
            if not_promised := self._not_as_promised(table):
                return not_promised
            return self._read_new(conn, table)

    def _not_as_promised(self, table: FeedTable) -> Findings | None:
        contract = self._contract
        essential = {contract.time, contract.touchpoint, contract.watermark} & table.absent
        missing = tuple(sorted({*table.missing, *essential}))
        errors = {
            check.rule_id: f"the column is {table.retyped[check.column]} in the database"
            for check in contract.checks
            if check.kind is Kind.TYPE and check.column in table.retyped
        }
        if missing or errors:
            return Findings(question=self._asked, missing=missing, errors=errors, table=table)
        return None

    def _read_new(self, conn: Connection, table: FeedTable) -> Findings:
        wanted, self._told = self._wanted, self._told_lately(conn)
        is_asked_for = wanted.is_full or wanted.since is not None or wanted.has_acts
        is_as_waived = self._state.seen.startswith(f"{self._seen_by}:")
        may_be_idle = is_as_waived and not is_asked_for
        if self._is_full() and not may_be_idle:
            return self._read_rows(conn, table, self._asked, "")
        since = self._since()
        found = look(conn, table, self._asked, since)
        seen = self._seen(found)
        if may_be_idle and seen == self._state.seen:
            return Findings(question=self._asked, seen=seen)
        if self._is_full():
            return self._read_rows(conn, table, self._asked, seen)
        not_in_order = days_to_ask_again(self._state, with_all=not is_as_waived)
        again = wanted.days | not_in_order | self._days_of_misdated()
        days = wanted.and_moved(found.days | self._days_since() | again)
        undated = since if found.has_undated else None
        question = replace(self._asked, days=days, undated_since=undated)
        if not days and undated is None:
            return Findings(question=question, seen=seen)
        return self._read_rows(conn, table, question, seen)

    def _is_full(self) -> bool:
        is_first = self._state.last_good_run_id is None or not self._state.watermark
        is_new = self._state.definition_hash != self._mark or self._was_judged_otherwise()
        return self._wanted.is_full or is_first or is_new

    def _was_judged_otherwise(self) -> bool:
        """Whether definitions that are no more withheld the feed, and kept rows out of it."""
        is_of_now = self._state.seen.startswith(f"{self._mark}:")
        return self._state.verdict is RunVerdict.WITHHELD and not is_of_now

    def _seen(self, found: Look) -> str:
        return f"{self._seen_by}:{found.seen}{self._told}"

    def _told_lately(self, conn: Connection) -> str:
        """A mark of what the control table tells of the latest days and of those not in order.

        It is made before a scan: no savepoint may end the scan's cursors.
        """
        if self._contract.control is None:
            return ""
        today = self._asked.now.date()
        latest = (today + (1 - n) * _DAY for n in range(_TOLD_BACK + 2))
        days = days_to_ask_again(self._state).union(latest)
        told = told_rows(conn, replace(self._asked, days=days))
        text = repr((sorted(told.rows.items()), told.error))
        return f":{hashlib.sha256(text.encode()).hexdigest()[:8]}"

    def _since(self) -> datetime:
        """From when on rows may have been written that were not seen yet."""
        if not self._state.watermark:
            return _BEGINNING
        return datetime.fromisoformat(self._state.watermark) - self._contract.late

    def _days_since(self) -> frozenset[date]:
        first = self._wanted.since
        if first is None:
            return frozenset()
        today = self._runtime.clock.today(self._asked.default_zone)
        last = max(today, self._state.last_day or today) + _DAY
        return frozenset(first + n * _DAY for n in range((last - first).days + 1))

    def _days_of_misdated(self) -> frozenset[date]:
        """Days still to come: a row in quarantine leaves them once its date is put right."""
        today = self._runtime.clock.today(self._asked.default_zone)
        with snapshot(self._runtime.store) as conn:
            return open_days_after(conn, feed=self._contract.feed, last=today + _DAY)

    def _read_rows(
        self, conn: Connection, table: FeedTable, question: FeedQuestion, seen: str
    ) -> Findings:
        question = replace(question, kept=self._kept(conn, table, question))
        reading = self._reading(conn, table, question)
        answer = reading.answer
        return Findings(
            question=question,
            table=table,
            seen=seen or self._seen_if_withheld(conn, table, reading),
            seen_once_published=self._seen_once_published(conn, table, question, answer),
            reading=reading,
        )

    def _reading(self, conn: Connection, table: FeedTable, question: FeedQuestion) -> Reading:
        told = told_rows(conn, question)  # before a scan, whose cursors no savepoint may end
        years = _years(conn, table, question)
        once, collapsed = without_copies(conn, table, question)
        odd = find_odd(conn, once)
        plan = plan_days(once, question, years, odd)
        answer = self._ask(conn, plan, question)
        while answer.unread:
            odd |= answer.unread
            plan = plan_days(once, question, years, odd)
            answer = self._ask(conn, plan, question)
        rows = read_odd(once, odd, restriction(once, question)) if odd else once
        return Reading(
            plan=plan,
            answer=answer,
            broken=self._broken(conn, rows, question, years, answer),
            hours=self._hours(conn, once, question, odd),
            rows_collapsed=collapsed,
            told=told,
            passages=find_passages(conn, table, question, odd),
        )

    def _seen_if_withheld(self, conn: Connection, table: FeedTable, reading: Reading) -> str:
        """A mark for a whole feed that will hardly be published, so that it is not read in vain."""
        share = self._contract.max_feed_quarantine_share
        answer = reading.answer
        kept_out = answer.rows_in - answer.rows_used
        is_right = answer.rows_in and kept_out <= share * answer.rows_in
        if is_right and not reading.told.error:
            return ""
        since = self._since()
        return self._seen(look(conn, table, self._asked, since))

    def _seen_once_published(
        self, conn: Connection, table: FeedTable, question: FeedQuestion, answer: Answer
    ) -> str:
        """No mark where the newest row is of this very moment: more of it may still come."""
        before = None if question.days is None else self._state.as_of
        newest = max((each for each in (answer.newest, before) if each), default=None)
        if newest is None or datetime.now(UTC) - newest < _JUST_NOW:
            return ""
        since = newest - self._contract.late
        return self._seen(look(conn, table, self._asked, since))

    def _ask(self, conn: Connection, plan: Plan, question: FeedQuestion) -> Answer:
        sums = self._stack.enter_context(plan.empty_sums())
        return ask(conn, plan, question, sums, on_rows=self._on_rows)

    def _broken(
        self,
        conn: Connection,
        rows: FeedTable,
        question: FeedQuestion,
        years: Years,
        answer: Answer,
    ) -> tuple[BrokenRow, ...]:
        if answer.rows_in == answer.rows_used:
            return ()
        limit = self._runtime.settings.quarantine_cap
        found = broken_rows(conn, rows, question, years, limit=limit)
        lost = self._days_of_corrected() & unknown_days(answer.broken_on, found)
        if not lost:
            return found
        of_lost = replace(question, days=lost, undated_since=None)
        more = broken_rows(conn, rows, of_lost, years, limit=None)
        others = (row for row in found if row.day not in lost)
        return (*others, *(row for row in more if row.day in lost))

    def _days_of_corrected(self) -> frozenset[date]:
        """The days with rows that people corrected, which are used however many others break."""
        with snapshot(self._runtime.store) as conn:
            held = read_corrections(conn, feed=self._contract.feed)
        return frozenset(each.day for each in held if each.day is not None)

    def _hours(
        self, conn: Connection, table: FeedTable, question: FeedQuestion, odd: frozenset[str]
    ) -> Hours | None:
        """The hours of the recent days among those that are read, for feeds that have hours."""
        today = self._runtime.clock.today(question.default_zone)
        recent = {today + (1 - n) * _DAY for n in range(HOURLY_DAYS + 2)}
        days = frozenset(recent if question.days is None else recent & question.days)
        if self._contract.clock is Clock.DATE or not days:
            return None
        of_hours = replace(question, days=days, undated_since=None)
        plan = plan_hours(table, of_hours, _years(conn, table, of_hours), odd)
        answer = self._ask(conn, plan, of_hours)
        return Hours(plan=plan, sums=answer.sums, days=days)

    def _kept(
        self, conn: Connection, table: FeedTable, question: FeedQuestion
    ) -> dict[str, tuple[str, ...]]:
        is_whole = question.days is None
        metrics = [each.code for each in question.metrics]
        known: dict[str, frozenset[str]] = {}
        if not is_whole:
            with snapshot(self._runtime.store) as store:
                known = {
                    name: known_segments(store, metrics=metrics, dimension=name)
                    for name in question.dimensions
                }
        kept = {
            name: segments_to_keep(
                conn,
                table,
                name,
                cap=self._runtime.workspace.segment_cap,
                known=known.get(name, frozenset()),
                where=restriction(table, question),
            )
            for name in question.dimensions
        }
        return {name: segments for name, segments in kept.items() if segments is not None}


def _years(conn: Connection, table: FeedTable, question: FeedQuestion) -> Years:
    if question.days:
        return min(question.days).year - 1, max(question.days).year + 1
    return years_of(conn, table, question)
