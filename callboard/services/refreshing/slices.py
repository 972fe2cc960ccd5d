"""What the gates are to know of each slice: its days that were read, beside those that were."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from callboard.services.feed_days import day_of, whole_until
from callboard.services.refreshing.findings import Findings, Reading
from callboard.services.refreshing.question import definition_mark
from callboard.services.refreshing.slice_scales import judge_scales
from callboard.services.refreshing.slice_volumes import (
    Absence,
    Volumes,
    needed_since,
    volumes_of,
)
from callboard.services.refreshing.waiving import read_waivers_in_force
from callboard.services.runtime import Runtime
from callboard.storage.engine import Connection
from callboard.storage.feeds.scan_answer import Answer, SliceCount
from callboard.storage.runs import FeedState
from callboard.storage.slices import read_slice_days
from data_contracts.evidence import Gate, Held, SliceEvidence
from data_contracts.gates.fresh import Promise, judge_freshness
from data_contracts.gates.shares import DayRows, judge_shares
from data_contracts.gates.totals import judge_totals
from data_contracts.model import Contract

_DAY = timedelta(days=1)
_SLACK = timedelta(days=8)  # by which the last whole day may lie before the last


@dataclass(frozen=True, slots=True, kw_only=True)
class Slices:
    """What was found of the slices of a feed.

    `newest` is the newest moment of each touchpoint whose rows come often enough to be late.
    `unjudged` are the days that were read with rows, but with nothing for a rule to judge them by.
    """

    evidence: tuple[SliceEvidence, ...] = ()
    newest: Mapping[str, datetime] = field(default_factory=dict)
    unjudged: frozenset[Held] = frozenset()


def find_slices(
    conn: Connection,
    runtime: Runtime,
    *,
    old: FeedState,
    findings: Findings,
    reached: FeedState,
) -> Slices:
    """The evidence of every slice; `conn` is of the store, `reached` how far the feed has come."""
    contract, reading = findings.question.contract, findings.reading
    if reading is None:
        return Slices()
    known = _Known(runtime=runtime, contract=contract, old=old, reached=reached)
    volumes = {} if contract.is_sparse else known.volumes(conn, findings, reading)
    newest = known.newest(findings, reading, volumes)
    is_comparable = old.definition_hash == definition_mark(runtime.definitions, old.feed)
    found = (
        *known.shares(findings, reading),
        *(each for one in volumes.values() for each in known.judged(one)),
        *judge_scales(
            conn,
            reading,
            factor=contract.scale_factor,
            is_comparable=is_comparable,
            is_whole=findings.question.days is None,
        ),
        *known.freshness(newest, volumes),
        *known.totals(findings, reading),
    )
    return Slices(
        evidence=tuple(replace(e, unjudged=()) for e in found if e.judged or not e.unjudged),
        newest=newest,
        unjudged=frozenset(
            Held(touchpoint=e.touchpoint, metric=e.metric, day=day, rule_id=e.gate.value)
            for e in found
            for day in e.unjudged
        ),
    )


def rows_again(old: FeedState, days: Collection[date] | None, answer: Answer) -> SliceCount:
    """The rows of what was held or waived before and is read once more; none of a whole feed."""
    known = {(e.touchpoint, day) for e in old.slices for day in (*e.held, *e.waived)}
    again = [
        found
        for (touchpoint, day), found in answer.slices.items()
        if days is not None and not known.isdisjoint({(touchpoint, day), ("", day)})
    ]
    return SliceCount(
        rows_in=sum(each.rows_in for each in again),
        rows_used=sum(each.rows_used for each in again),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """A feed as it was before a run, and how far it has come with it."""

    runtime: Runtime
    contract: Contract
    old: FeedState
    reached: FeedState

    def volumes(self, conn: Connection, findings: Findings, reading: Reading) -> dict[str, Volumes]:
        """The rows of each touchpoint by day: those that were read, and those published before.

        Days that are held are read every time, so their rows are known.
        """
        read = findings.question.days
        rows: dict[str, dict[date, int]] = {}
        if read is not None and self.old.last_day is not None:
            since = self._needed_since(self.old.last_day - _SLACK)
            for each in read_slice_days(conn, feed=self.contract.feed, since=since):
                if each.day not in read:
                    rows.setdefault(each.touchpoint, {})[each.day] = each.rows_in
        for (touchpoint, day), found in reading.answer.slices.items():
            rows.setdefault(touchpoint, {})[day] = found.rows_in
        absences = self._absences(conn)
        made = (
            volumes_of(each, rows.get(each, {}), until=until, absence=absences[each])
            for each in sorted(absences)
            if (until := self._whole_until(each)) is not None
        )
        return {each.touchpoint: each for each in made if each is not None}

    def _needed_since(self, until: date) -> date:
        told = (needed_since(until, each.missing) for each in self.old.slices)
        return min(told, default=needed_since(until))

    def _absences(self, conn: Connection) -> dict[str, Absence]:
        """For each touchpoint, which days tell nothing since their rows are missing."""
        waivers = read_waivers_in_force(conn, self.runtime, self.contract.feed)
        waived = {e.slice_key for e in waivers if e.rule_id == Gate.COMPLETENESS.value}
        missing = {each.touchpoint: each.missing for each in self.old.slices if not each.metric}
        return {
            touchpoint: Absence(
                missing=frozenset(missing.get(touchpoint, ())),
                after=self.old.last_day or date.min,
                is_waived=bool(waived & {"", touchpoint}),
            )
            for touchpoint in self.runtime.definitions.touchpoints
        }

    def shares(self, findings: Findings, reading: Reading) -> Iterator[SliceEvidence]:
        """Judge the days that have begun: what is dated later is nobody's day yet."""
        counts: dict[str, dict[date, DayRows]] = {}
        for (touchpoint, day), found in sorted(reading.answer.slices.items()):
            if day <= day_of(findings.question.now, self._zone(touchpoint)):
                counts.setdefault(touchpoint, {})[day] = DayRows(found.rows_in, found.rows_used)
        for touchpoint, days in counts.items():
            yield judge_shares(touchpoint, days, limit=self.contract.max_quarantine_share)

    def judged(self, volumes: Volumes) -> Iterator[SliceEvidence]:
        """Completeness and volume; a day is missing once what was promised of it is over."""
        zone = self._zone(volumes.touchpoint)
        promised = self.contract.freshness or timedelta()
        over = day_of((self.reached.last_good_at or datetime.now(UTC)) - promised, zone) - _DAY
        yield from volumes.judge(missing_until=min(volumes.until, over))

    def newest(
        self, findings: Findings, reading: Reading, volumes: Mapping[str, Volumes]
    ) -> dict[str, datetime]:
        """The newest moment of each touchpoint that has rows on most days."""
        is_whole = findings.question.days is None
        before = {} if is_whole else {e.touchpoint: e.as_of for e in self.old.slices if e.as_of}
        found = dict(before)
        for touchpoint, moment in reading.answer.newest_by.items():
            found[touchpoint] = max(moment, before.get(touchpoint, moment))
        return {each: found[each] for each in volumes if volumes[each].comes_daily if each in found}

    def freshness(
        self, newest: Mapping[str, datetime], volumes: Mapping[str, Volumes]
    ) -> Iterator[SliceEvidence]:
        """Judge each of them where rows were to be expected since its next ones were due."""
        now, contract = self.reached.last_good_at, self.contract
        if contract.freshness is None or now is None:
            return
        for touchpoint, moment in newest.items():
            promise = Promise(
                age=contract.freshness,
                zone=self._zone(touchpoint),
                days=contract.freshness_days,
                holidays=frozenset(self.runtime.workspace.holidays),
            )
            if _was_expected(volumes[touchpoint], promise, moment, now):
                yield judge_freshness(touchpoint, moment, promised=promise, now=now)

    def totals(self, findings: Findings, reading: Reading) -> Iterator[SliceEvidence]:
        """Judge the days that are over by what the control table tells of them."""
        control = self.contract.control
        if control is None:
            return
        if reading.told.error:
            yield SliceEvidence(gate=Gate.TOTALS, touchpoint="", judged=0, error=reading.told.error)
            return
        rows = _rows_by_slice(findings, reading, is_whole=not control.touchpoint)
        if rows is None:
            days = tuple({day for _, day in reading.answer.slices})
            yield SliceEvidence(gate=Gate.TOTALS, touchpoint="", judged=0)
            yield SliceEvidence(gate=Gate.TOTALS, touchpoint="", judged=0, unjudged=days)
            return
        told: dict[str, dict[date, int]] = {}
        for (touchpoint, day), number in sorted(reading.told.rows.items()):
            until = self._whole_until(touchpoint)
            if until is not None and day <= until:
                told.setdefault(touchpoint, {})[day] = number
        for each in sorted(told.keys() | rows.keys()):
            yield judge_totals(each, rows.get(each, {}), told=told.get(each, {}))

    def _whole_until(self, touchpoint: str) -> date | None:
        return whole_until(
            self.contract,
            self.reached,
            self._zone(touchpoint),
            holidays=self.runtime.workspace.holidays,
        )

    def _zone(self, touchpoint: str) -> str:
        return self.runtime.definitions.zone(touchpoint)


def _rows_by_slice(
    findings: Findings, reading: Reading, *, is_whole: bool
) -> Mapping[str, Mapping[date, int]] | None:
    """How many rows came by touchpoint and day, or by day alone (""), before any was corrected.

    Rows of no known touchpoint are told by those kept out; None where not all of them were kept.
    """
    rows: dict[str, Counter[date]] = {}
    came = reading.answer.slices if reading.came is None else reading.came
    for (touchpoint, day), found in came.items():
        rows.setdefault("" if is_whole else touchpoint, Counter())[day] += found.rows_in
    if not is_whole:
        return rows
    if not reading.has_all_broken:
        return None
    name, known = findings.question.contract.touchpoint, findings.question.touchpoints
    broken = (*reading.broken, *reading.corrected)
    strays = (each for each in broken if str(each.values.get(name)) not in known)
    whole = rows.setdefault("", Counter())
    whole.update(each.day for each in strays if each.day is not None)
    return rows


def _was_expected(volumes: Volumes, promise: Promise, newest: datetime, now: datetime) -> bool:
    """Whether nothing is late, or rows are usual on a day since the next ones were due."""
    due, today = day_of(promise.due(newest), promise.zone), day_of(now, promise.zone)
    if due > today:
        return True
    days = (due + n * _DAY for n in range(min((today - due).days + 1, 8)))
    return any(volumes.is_usual(day) for day in days)
