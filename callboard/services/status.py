"""How things stand: store, publication, feeds, quarantine, benchmarks. For the command line."""

from dataclasses import dataclass
from datetime import date, datetime

from callboard.access import Action, Actor, require
from callboard.services.runtime import Runtime
from callboard.services.tiles.seen_feeds import judge_seen, seen_states
from callboard.services.trusting.rows import touchpoints_of
from callboard.storage.audit import count_acts, verify_audit
from callboard.storage.benchmarks import read_current
from callboard.storage.engine import snapshot
from callboard.storage.judged_runs import count_quarantine_by_touchpoint
from callboard.storage.migrations import is_current
from callboard.storage.publications import latest_publication
from callboard.storage.readings import list_pairs
from callboard.storage.runs import FeedState, read_feed_states
from callboard.views import Badge, Trust


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedStatus:
    """One feed in a line."""

    feed: str
    badge: Badge
    as_of: date | None
    last_good: datetime | None
    open_quarantine: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The state of a workspace and its store. `store` names the engine, never an address.

    `acts` are the rows of the audit trail, `acts_broken` those that somebody changed or that
    follow one that is gone.
    """

    workspace: str
    store: str
    is_current: bool
    publication: int
    now: datetime
    touchpoints: int
    metrics: int
    metrics_off: dict[str, str]
    series: int
    benchmarks: int
    acts: int
    acts_broken: tuple[int, ...]
    summary: str
    feeds: tuple[FeedStatus, ...]


def read_status(runtime: Runtime, actor: Actor) -> Status:
    """Return the state of the workspace and its store; StoreUnavailable if that does not answer.

    Feeds are told by the touchpoints that the actor may see.
    """
    require(actor, Action.READ_TRUST)
    definitions, mine = runtime.definitions, touchpoints_of(runtime, actor)
    with snapshot(runtime.store) as connection:
        known, waiting = read_feed_states(connection), count_quarantine_by_touchpoint(connection)
        publication = latest_publication(connection)
        series = len(list_pairs(connection))
        benchmarks = len(read_current(connection))
        acts, broken = count_acts(connection), verify_audit(connection)
    states = seen_states(runtime, known, touchpoints=mine, waiting=waiting)
    trusts = judge_seen(runtime, states, touchpoints=mine)
    return Status(
        workspace=runtime.workspace.name,
        store=runtime.store.dialect.name,
        is_current=is_current(runtime.store),
        publication=publication,
        now=runtime.clock.now(runtime.workspace.time_zone),
        touchpoints=len(definitions.touchpoints),
        metrics=len(definitions.metrics),
        metrics_off=dict(definitions.off),
        series=series,
        benchmarks=benchmarks,
        acts=acts,
        acts_broken=broken,
        summary=trusts.summary(),
        feeds=tuple(_feed(feed, trust, states.get(feed)) for feed, trust in trusts.by_feed.items()),
    )


def _feed(feed: str, trust: Trust, state: FeedState | None) -> FeedStatus:
    return FeedStatus(
        feed=feed,
        badge=trust.badge,
        as_of=trust.as_of,
        last_good=state.last_good_at if state else None,
        open_quarantine=state.rows_quarantined_open if state else 0,
        sentence=trust.sentence,
    )
