"""Who went from which touchpoint on to which, counted by the feed's own engine: no key leaves it.

A passage is two rows of one case in a row, at two touchpoints, at most `WITHIN` days apart. It is
counted on the day of the later one.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection

from callboard.storage.feeds.forms import read_odd
from callboard.storage.feeds.question import FeedQuestion
from callboard.storage.feeds.repeated import without_copies
from callboard.storage.feeds.scan_answer import day_of
from callboard.storage.feeds.scan_evidence import plan_evidence
from callboard.storage.feeds.scan_plan import restriction, touchpoint_of
from callboard.storage.feeds.table import FeedTable
from callboard.storage.feeds.time_sql import Years, local_day

WITHIN = 30
_DAY = timedelta(days=1)


class Passage(NamedTuple):
    """How many cases came to `destination` from `origin` on a day."""

    day: date
    origin: str
    destination: str
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Passages:
    """All passages of the `days` on which cases arrived; None: of all days."""

    days: frozenset[date] | None
    rows: tuple[Passage, ...]


def days_reached(days: Collection[date], *, until: date) -> frozenset[date]:
    """The days whose passages may be others because of rows on `days`: these and those after."""
    last = max([until, *days], default=until)
    after = {day + n * _DAY for day in days for n in range(WITHIN + 1)}
    return frozenset(day for day in after if day <= last)


def rows_needed(question: FeedQuestion, days: Iterable[date] | None) -> FeedQuestion:
    """The question for the rows that the passages of `days` are counted from."""
    if days is None:
        return replace(question, days=None, undated_since=None)
    before = frozenset(day - n * _DAY for day in days for n in range(WITHIN + 1))
    return replace(question, days=before, undated_since=None)


def count_passages(
    conn: Connection,
    table: FeedTable,
    question: FeedQuestion,
    years: Years,
    *,
    odd: frozenset[str],
) -> tuple[Passage, ...]:
    """Return the passages among the rows that the question is about and that keep their contract.

    Of the first `WITHIN` days of those asked for they are not all: who came from before is not
    known there.
    """
    contract = question.contract
    once, _ = without_copies(conn, table, question)
    read = odd | {contract.time} if table.is_sqlite else odd
    asked = restriction(once, question)
    rows = read_odd(once, read, asked) if read else once
    broken = plan_evidence(rows, contract.checks).broken(rows, question)
    key, moment = rows.text(contract.journey_key), rows.values[contract.time]
    steps = (
        sa.select(
            key.label("key"),
            moment.label("moment"),
            local_day(rows, question, years).label("day"),
            touchpoint_of(rows, question).label("touchpoint"),
        )
        .select_from(rows.source)
        .where(key.is_not(None), key != "", *(each == 0 for each in broken))
    )
    if asked is not None and not read:
        steps = steps.where(asked)
    found = conn.execute(_counted(steps.subquery("step")))
    told = (
        (day_of(day), day_of(before), *names, int(cases)) for day, before, *names, cases in found
    )
    return _added(told)


def _counted(step: sa.Subquery) -> sa.Select[Any]:
    """Pairs of steps in a row, by their days; of two at one moment nobody knows the order."""
    order = [step.c.moment, step.c.touchpoint]
    before = {
        name: sa.func.lag(step.c[name]).over(partition_by=step.c.key, order_by=order)
        for name in ("day", "touchpoint", "moment")
    }
    pair = (
        sa.select(
            step.c.day,
            before["day"].label("from_day"),
            before["touchpoint"].label("origin"),
            step.c.touchpoint.label("destination"),
            (step.c.moment > before["moment"]).label("is_later"),
        )
        .where(step.c.day.is_not(None), step.c.touchpoint.is_not(None))
        .subquery("pair")
    )
    return (
        sa.select(pair.c.day, pair.c.from_day, pair.c.origin, pair.c.destination, sa.func.count())
        .where(pair.c.origin != pair.c.destination, pair.c.is_later)
        .group_by(pair.c.day, pair.c.from_day, pair.c.origin, pair.c.destination)
    )


def _added(found: Iterable[tuple[date | None, date | None, str, str, int]]) -> tuple[Passage, ...]:
    sums: dict[tuple[date, str, str], int] = {}
    for day, before, origin, destination, cases in found:
        if day is not None and before is not None and day - before <= WITHIN * _DAY:
            key = day, origin, destination
            sums[key] = sums.get(key, 0) + cases
    return tuple(Passage(*key, cases) for key, cases in sorted(sums.items()))
