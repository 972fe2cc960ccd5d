"""Puts what a feed said into the store, in one transaction: all of it is seen, or nothing."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from callboard.services.refreshing.findings import Findings, Reading
from callboard.services.refreshing.held import holds_of, missing_days, waived_of
from callboard.services.refreshing.holds import Before, Holds
from callboard.services.refreshing.passages import write_passages
from callboard.services.refreshing.question import definition_mark
from callboard.services.refreshing.two_feeds import Covered, put_together
from callboard.services.runtime import Runtime
from callboard.settings import HOURLY_DAYS
from callboard.storage.engine import Connection
from callboard.storage.feeds.readings import hours, readings, sides
from callboard.storage.hours import replace_hours
from callboard.storage.parts import replace_parts
from callboard.storage.readings import replace_days
from callboard.storage.runs import FeedState, read_feed_states
from data_contracts.model import Contract

_DAY = timedelta(days=1)


def write_reading(
    conn: Connection,
    runtime: Runtime,
    *,
    old: FeedState,
    new: FeedState,
    findings: Findings,
) -> int:
    """Make what was read all there is on the days that were read, but for what `new` holds.

    Where the feed was defined anew, there is nothing on held days: the figures before are others.
    Nor is there where a waiver was over: what it let through is no last good figure.
    Return how many readings differ from before, 1 where only the passages do; the state is not
    stored yet.
    """
    reading = findings.reading
    if reading is None:
        return 0
    days = _days(old, findings, reading)
    before = _before(runtime, old)
    holds = Holds(held=holds_of(new), days=days, before=before)
    reason = _reason(findings, is_anew=before.is_anew)
    contract = findings.question.contract
    codes = [share.metric.code for share in reading.plan.shares if not share.part]
    changed = 0
    if codes:
        changed = replace_days(
            conn,
            metrics=codes,
            days=days,
            rows=holds.free(readings(reading.plan, reading.answer.sums.read())),
            settled=_settled(contract, old, reading),
            reason=reason,
            held=holds.kept,
        )
        _write_hours(conn, runtime, codes=codes, reading=reading, holds=holds)
    for share in reading.plan.shares:
        if share.part != "":
            code, rows = share.metric.code, sides(reading.plan, share, reading.answer.sums.wholes())
            free = holds.free_parts(code, rows)
            replace_parts(conn, metric=code, part=share.part, days=days, rows=free, held=holds.kept)
    is_other = write_passages(conn, reading.passages, new=new, is_anew=before.is_anew)
    joined = join_feeds(conn, runtime, old, new, days=days, reason=reason)
    return changed + joined or int(is_other)


def join_feeds(
    conn: Connection,
    runtime: Runtime,
    old: FeedState,
    new: FeedState,
    *,
    days: Iterable[date] = (),
    reason: str = "",
) -> int:
    """Put the feed's two-feed metrics together on `days`, and where it tells of others than before.

    Those are days that it has reached only now, and those whose rows are missing or have come.
    """
    metrics = [
        metric
        for metric in runtime.definitions.metrics.values()
        if new.feed in metric.feeds and len(metric.feeds) > 1 and not metric.is_composite
    ]
    if not metrics:
        return 0
    states = {**read_feed_states(conn), new.feed: new}
    covered = Covered(definitions=runtime.definitions, states=states)
    elsewhere = missing_days(old) ^ missing_days(new)
    wanted = {*days, *_newly_told(runtime, old, new), *(day for _, day in elsewhere)}
    if not wanted:
        return 0
    before = _before(runtime, old)
    return sum(
        put_together(conn, each, wanted, covered, reason=reason, before=before) for each in metrics
    )


def _before(runtime: Runtime, old: FeedState) -> Before:
    """What made the figures that the store has of a feed."""
    is_anew = old.definition_hash != definition_mark(runtime.definitions, old.feed)
    return Before(is_anew=is_anew, waived=waived_of(old))


def _newly_told(runtime: Runtime, old: FeedState, new: FeedState) -> set[date]:
    if new.first_day is None:
        return set()
    definitions = runtime.definitions
    zones = {definitions.zone(code) for code in definitions.touchpoints}
    before = Covered(definitions=definitions, states={old.feed: old})
    after = Covered(definitions=definitions, states={new.feed: new})
    until = min((before.last(old.feed, zone) for zone in zones), default=date.min)
    last = max((after.last(new.feed, zone) for zone in zones), default=date.min)
    first = new.first_day if until == date.min else max(until + _DAY, new.first_day)
    return {first + n * _DAY for n in range((last - first).days + 1)}


def _write_hours(
    conn: Connection,
    runtime: Runtime,
    *,
    codes: list[str],
    reading: Reading,
    holds: Holds,
) -> None:
    found = reading.hours
    if found is None:
        return
    today = runtime.clock.today(runtime.workspace.time_zone)
    replace_hours(
        conn,
        metrics=codes,
        days=sorted(found.days),
        rows=holds.free(hours(found.plan, found.sums.read())),
        keep_from=today - (HOURLY_DAYS - 1) * _DAY,
        held=holds.kept,
    )


def reached(old: FeedState, findings: Findings, reading: Reading) -> FeedState:
    """The state with how far the data reaches now, once it is published."""
    days, newest = reading.answer.sums.days, reading.answer.newest
    is_whole = findings.question.days is None
    known = [] if is_whole else [day for day in (old.first_day, old.last_day) if day is not None]
    moments = [each for each in (newest, None if is_whole else old.as_of) if each is not None]
    as_of = max(moments, default=None)
    return replace(
        old,
        first_day=min([*days, *known], default=None),
        last_day=max([*days, *known], default=None),
        as_of=as_of,
        watermark=as_of.isoformat() if as_of else "",
        looked_at=findings.question.now,
        last_good_at=findings.question.now,
        seen=findings.seen_once_published,
    )


def _days(old: FeedState, findings: Findings, reading: Reading) -> list[date]:
    """The days that were read; of a whole feed, also those with readings before, or held."""
    if findings.question.days is not None:
        return sorted(findings.question.days)
    before = {day for each in old.slices for day in each.held}
    if old.first_day is not None and old.last_day is not None:
        before |= {old.first_day + n * _DAY for n in range((old.last_day - old.first_day).days + 1)}
    return sorted(before | set(reading.answer.sums.days))


def _settled(contract: Contract, old: FeedState, reading: Reading) -> dict[str, date]:
    """For each metric, the first day whose figure was still open to late rows."""
    if old.last_day is None:
        return {}
    return {
        share.metric.code: old.last_day - max(contract.late, share.metric.lag_days * _DAY)
        for share in reading.plan.shares
    }


def _reason(findings: Findings, *, is_anew: bool) -> str:
    name = findings.question.contract.name
    if findings.question.days is not None:
        return f"{name}: rows came or were corrected late."
    if is_anew:
        return f"{name}: the contract, a metric or a touchpoint was defined anew."
    return f"{name}: read anew as a whole."
