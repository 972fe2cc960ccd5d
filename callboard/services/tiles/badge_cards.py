"""What a badge opens to: the run that judged each feed under a number, and whom to ask."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median

from callboard import figures
from callboard.services.runtime import Runtime
from callboard.storage.engine import Connection
from callboard.storage.judged_runs import (
    BrokenRule,
    Counts,
    JudgedRun,
    count_quarantine_by_touchpoint,
    read_broken_rules,
    read_judged_runs,
    read_slice_rows,
)
from callboard.storage.runs import FeedState, RunVerdict
from callboard.storage.slices import read_slice_days
from callboard.views import Badge, TrustCard
from data_contracts.evidence import Gate, slice_key
from data_contracts.model import Contract

_GATES = frozenset(each.value for each in Gate)
_USUAL = timedelta(days=56)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What the store keeps of the runs that feeds were judged by.

    `rows` are how many came in and were used, by feed and touchpoint: in the run that judged the
    feed, or in the last that read the touchpoint. `usual` is how many rows a day of a touchpoint
    usually has, of the feeds with missing days.
    """

    runs: Mapping[str, JudgedRun] = field(default_factory=dict)
    broken: Mapping[int, Sequence[BrokenRule]] = field(default_factory=dict)
    rows: Mapping[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    quarantined: Counts = field(default_factory=dict)
    usual: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def waiting(self, feed: str, touchpoint: str) -> int:
        """How many rows in quarantine are of the touchpoint, or could be."""
        counts = self.quarantined.get(feed, {})
        return counts.get(touchpoint, 0) + (counts.get("", 0) if touchpoint else 0)


def read_grounds(
    runtime: Runtime, connection: Connection, states: Mapping[str, FeedState]
) -> Grounds:
    """Return what badges open to; a run that could not read its feed has nothing to tell."""
    known = runtime.definitions.contracts
    numbers = {feed: _judging_run(states[feed]) for feed in known if feed in states}
    ids = {each for each in numbers.values() if each is not None}
    runs = read_judged_runs(connection, ids)
    today = runtime.clock.today(runtime.workspace.time_zone)
    usual = dict[tuple[str, str], float]()
    for feed in known:
        if feed in states and any(each.missing for each in states[feed].slices):
            usual |= _usual_rows(connection, feed, since=today - _USUAL)
    return Grounds(
        runs={
            feed: runs[number]
            for feed, number in numbers.items()
            if number is not None and number in runs
        },
        broken=read_broken_rules(connection, ids),
        rows=read_slice_rows(connection, ids),
        quarantined=count_quarantine_by_touchpoint(connection),
        usual=usual,
    )


def _judging_run(state: FeedState) -> int | None:
    return state.last_good_run_id if state.verdict is RunVerdict.FAILED else state.run_id


def _usual_rows(connection: Connection, feed: str, *, since: date) -> dict[tuple[str, str], float]:
    found = dict[str, list[int]]()
    for day in read_slice_days(connection, feed=feed, since=since):
        found.setdefault(day.touchpoint, []).append(day.rows_in)
    return {(feed, place): float(median(rows)) for place, rows in found.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a number stands in a feed: at a touchpoint, on metrics, with a badge and its reason."""

    touchpoint: str
    metrics: Collection[str]
    badge: Badge
    sentence: str
    missing: Mapping[str, int]


def card_of(contract: Contract, grounds: Grounds, spot: Spot) -> TrustCard:
    """Return what the badge of a number opens to, of one feed under it."""
    run = grounds.runs.get(contract.feed)
    used, kept_out = _rows(contract.feed, grounds, spot.touchpoint)
    broken = _concerning(grounds.broken.get(run.id, ()) if run else (), spot)
    return TrustCard(
        feed=contract.feed,
        name=contract.name,
        contract=contract.source,
        version=contract.version,
        run_id=run.id if run else None,
        judged_at=run.judged_at if run else None,
        rows_used=used,
        rows_quarantined=kept_out,
        rows_missing=_missing(contract.feed, grounds, spot),
        failing=tuple(_in_words(each) for each in broken if each.waived_until is None),
        waived=tuple(_waived(each) for each in broken if each.waived_until is not None),
        owner=contract.support.owner,
        channel=contract.support.channel,
        url=contract.support.url,
        sentence=spot.sentence,
        badge=spot.badge,
    )


def _rows(feed: str, grounds: Grounds, touchpoint: str) -> tuple[int | None, int | None]:
    """How many rows were used and kept out: at a touchpoint never those of the whole feed."""
    run = grounds.runs.get(feed)
    if run is None:
        return None, None
    if not touchpoint:
        return run.rows_used, run.rows_quarantined
    if (feed, touchpoint) not in grounds.rows:
        return None, None
    came, used = grounds.rows[feed, touchpoint]
    return used, came - used


def _concerning(found: Sequence[BrokenRule], spot: Spot) -> list[BrokenRule]:
    """What is broken here: a rule that is told by slices concerns those alone."""
    told = {each.rule_id for each in found if each.slice_key}
    here = {slice_key(spot.touchpoint, metric) for metric in ("", *spot.metrics)}
    if not spot.touchpoint:
        return [each for each in found if not each.slice_key or each.rule_id in _GATES]
    return [
        each
        for each in found
        if (each.slice_key in here if each.rule_id in told else not each.slice_key)
    ]


def _in_words(rule: BrokenRule) -> str:
    if rule.rule_id in _GATES or not rule.failed:
        return f"{rule.description} {rule.message}".strip()
    told = figures.format_count(rule.failed), figures.format_count(rule.evaluated)
    return f"{rule.description.rstrip('.')} (not so in {told[0]} of {told[1]} rows)."


def _waived(rule: BrokenRule) -> str:
    assert rule.waived_until is not None
    return f"{rule.description.rstrip('.')}, until {figures.format_day(rule.waived_until)}."


def _missing(feed: str, grounds: Grounds, spot: Spot) -> int:
    """About how many rows are missing: the days without any, times what is usual."""
    days = spot.missing.items()
    return round(sum(count * grounds.usual.get((feed, place), 0.0) for place, count in days))
