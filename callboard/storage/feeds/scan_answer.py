"""Runs a scan and takes in what it found: evidence, how far the data reaches, and the sums."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
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
    local day; `by_touchpoint` and `newest_by` say of each touchpoint what `evidence` and `newest`
    say of all.
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
        self._rows: dict[Broken, int] = {}
        self._counts: dict[Broken, list[Any]] = {}

    def take(self, row: Sequence[Any]) -> None:
        """Count a group of rows and keep its sums, unless its rows break their contract."""
        arm, told_day, touchpoint, segment = row[:4]
        day = day_of(told_day)
        if day is not None and self._question.days is not None and day not in self._question.days:
            return
        broken: Broken = tuple(row[4 : self._after_broken])
        is_used = day is not None and touchpoint is not None and not any(broken)
        if arm == 0:
            self._count(row, broken, is_used=is_used)
        if is_used:
            assert day is not None
            values = row[self._after_broken + 1 : self._evidence_from]
            self._sums.add(arm, day, touchpoint, segment, values)

    def _count(self, row: Sequence[Any], broken: Broken, *, is_used: bool) -> None:
        n = row[self._after_broken]
        self.rows_in += n
        self._rows_used += n if is_used else 0
        self._rows[broken] = self._rows.get(broken, 0) + n
        found = row[self._evidence_from :]
        known = self._counts.get(broken)
        names = self._plan.names[len(self._plan.measures) :]
        if known is None:
            self._counts[broken] = list(found)
            return
        for i, name in enumerate(names):
            known[i] = _later(known[i], found[i]) if name == NEWEST else known[i] + found[i]

    def answer(self) -> Answer:
        """What was found in all rows taken in."""
        names = self._plan.names[len(self._plan.measures) :]
        groups = [
            Group(
                broken=broken,
                rows=self._rows[broken],
                counts=dict(zip(names, counts, strict=True)),
            )
            for broken, counts in self._counts.items()
        ]
        newest = None
        for group in groups:
            newest = _later(newest, group.counts.get(NEWEST))
        return Answer(
            sums=self._sums,
            rows_in=self.rows_in,
            rows_used=self._rows_used,
            newest=moment_of(newest, self._question),
            evidence=tuple(rule.evidence(groups) for rule in self._plan.evidence.rules),
            unread=self._plan.evidence.unread(groups),
        )


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
