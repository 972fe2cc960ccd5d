"""Runs a scan and takes in what it found: evidence, how far the data reaches, and the sums."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from callboard.storage.feeds.question import FeedQuestion
from callboard.storage.feeds.scan_evidence import Broken, Group
from callboard.storage.feeds.scan_plan import NEWEST, Plan
from callboard.storage.feeds.scan_sums import KeptSums
from data_contracts.evidence import Evidence
from data_contracts.model import Clock

_BATCH = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SliceCount:
    """How many rows a touchpoint has on a day, and how many of them keep their contract."""

    rows_in: int
    rows_used: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a scan found.

    `rows_used` of `rows_in` keep their contract and are in the `sums`. `newest` is the last moment
    at which a row was written. `unread` are columns with values in a form that the plan did not
    expect, but that can be read: then the answer is not right yet. `slices` are by touchpoint and
    local day, rows without one of them are in none; `by_touchpoint` and `newest_by` say of each
    touchpoint that has rows what `evidence` and `newest` say of all. `broken_on` counts the rows
    that break a critical check by local day, those without one under None.
    """

    sums: KeptSums
    rows_in: int
    rows_used: int
    newest: datetime | None
    evidence: tuple[Evidence, ...]
    unread: frozenset[str]
    slices: Mapping[tuple[str, date], SliceCount] = field(default_factory=dict)
    by_touchpoint: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    newest_by: Mapping[str, datetime] = field(default_factory=dict)
    broken_on: Mapping[date | None, int] = field(default_factory=dict)


def ask(
    conn: Connection,
    plan: Plan,
    question: FeedQuestion,
    sums: KeptSums,
    *,
    on_rows: Callable[[int], None] = lambda _: None,
) -> Answer:
    """The feed's answer, its sums put into `sums`; `on_rows` hears how many rows were taken in."""
    reader = _Reader(plan, question, sums)
    result = conn.execution_options(stream_results=True).execute(plan.statement)
    for batch in result.partitions(_BATCH):
        for row in batch:
            reader.take(row)
        sums.flush()
        on_rows(reader.rows_in)
    return reader.answer()


class _Reader:
    """Takes in row after row of a scan."""

    def __init__(self, plan: Plan, question: FeedQuestion, sums: KeptSums) -> None:
        self.rows_in = 0
        self._rows_used = 0
        self._plan = plan
        self._question = question
        self._sums = sums
        self._after_broken = 4 + plan.evidence.numbers
        self._evidence_from = self._after_broken + 1 + len(plan.measures)
        self._names = (*plan.names[len(plan.measures) :], *plan.same)
        self._same = [self._after_broken + 1 + place for place in plan.same.values()]
        self._slices: dict[tuple[str, date], list[int]] = {}
        self._broken_on: dict[date | None, int] = {}
        self._found: dict[tuple[str | None, Broken], list[Any]] = {}

    def take(self, row: Sequence[Any]) -> None:
        """Count a group of rows and keep its sums, unless its rows break their contract."""
        arm, told_day, touchpoint, segment = row[:4]
        day = day_of(told_day)
        if day is not None and self._question.days is not None and day not in self._question.days:
            return
        broken: Broken = tuple(row[4 : self._after_broken])
        is_used = day is not None and touchpoint is not None and not any(broken)
        if arm == 0:
            n = row[self._after_broken]
            self._count_rows(touchpoint, day, n, n if is_used else 0)
            if any(broken):
                self._broken_on[day] = self._broken_on.get(day, 0) + n
            found = (*row[self._evidence_from :], *(row[i] for i in self._same))
            self._count_found((touchpoint, broken), n, found)
        if is_used:
            assert day is not None
            values = row[self._after_broken + 1 : self._evidence_from]
            self._sums.add(arm, day, touchpoint, segment, values)

    def _count_rows(self, touchpoint: str | None, day: date | None, n: int, used: int) -> None:
        self.rows_in += n
        self._rows_used += used
        if touchpoint is not None and day is not None:
            known = self._slices.setdefault((touchpoint, day), [0, 0])
            known[0] += n
            known[1] += used

    def _count_found(self, key: tuple[str | None, Broken], n: int, found: Sequence[Any]) -> None:
        known = self._found.get(key)
        if known is None:
            self._found[key] = [n, *found]
            return
        known[0] += n
        for i, name in enumerate(self._names, start=1):
            value = found[i - 1]
            known[i] = _later(known[i], value) if name == NEWEST else known[i] + value

    def answer(self) -> Answer:
        """What was found in all rows taken in; a row that names no touchpoint is of none."""
        groups: dict[str | None, list[Group]] = {}
        for (touchpoint, broken), (n, *found) in self._found.items():
            counts = dict(zip(self._names, found, strict=True))
            group = Group(broken=broken, rows=n, counts=counts)
            groups.setdefault(touchpoint, []).append(group)
        everything = [group for each in groups.values() for group in each]
        of = {each: groups[each] for each in sorted(filter(None, groups))}
        newest = {each: self._newest(found) for each, found in of.items()}
        return Answer(
            sums=self._sums,
            rows_in=self.rows_in,
            rows_used=self._rows_used,
            newest=self._newest(everything),
            evidence=self._evidence(everything),
            unread=self._plan.evidence.unread(everything),
            slices={
                key: SliceCount(rows_in=n, rows_used=used)
                for key, (n, used) in self._slices.items()
            },
            by_touchpoint={each: self._evidence(found, each) for each, found in of.items()},
            newest_by={each: moment for each, moment in newest.items() if moment is not None},
            broken_on=self._broken_on,
        )

    def _evidence(self, groups: Sequence[Group], touchpoint: str = "") -> tuple[Evidence, ...]:
        found = (rule.evidence(groups) for rule in self._plan.evidence.rules)
        return tuple(replace(each, slice_key=touchpoint) for each in found)

    def _newest(self, groups: Iterable[Group]) -> datetime | None:
        newest = None
        for group in groups:
            newest = _later(newest, group.counts.get(NEWEST))
        return moment_of(newest, self._question)


def _later(one: Any, other: Any) -> Any:
    if one is None or other is None:
        return other if one is None else one
    return max(one, other)


@lru_cache(maxsize=10_000)
def day_of(told: date | str | None) -> date | None:
    """The day that a group is of; text that is none tells that its rows' day is unknown."""
    if told is None or isinstance(told, date):
        return told
    try:
        return date.fromisoformat(told) if len(told) == 10 else None
    except ValueError:
        return None


def moment_of(told: Any, question: FeedQuestion) -> datetime | None:
    """A watermark as the database gave it, as a moment; a day counts from its midnight in UTC."""
    if told is None:
        return None
    moment = datetime.fromisoformat(told) if isinstance(told, str) else told
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    if moment.tzinfo is not None:
        return moment.astimezone(UTC)
    contract = question.contract
    is_local = contract.clock is Clock.LOCAL and contract.watermark == contract.time
    zone = ZoneInfo(question.default_zone) if is_local else UTC
    return moment.replace(tzinfo=zone).astimezone(UTC)
