"""Brings the readings up to date with the feeds: what is new, or everything, or for ever."""

import os
import secrets
import socket
from collections.abc import Callable, Collection
from datetime import date

from callboard.access import Action, Actor, require
from callboard.errors import CallboardError
from callboard.logs import log_event
from callboard.services.defining.databases import STORE
from callboard.services.refreshing.feed import FeedRefresh
from callboard.services.refreshing.findings import Wanted
from callboard.services.refreshing.report import FeedReport, RefreshReport
from callboard.services.runtime import Runtime
from callboard.storage.lock import Lease, refresh_lock
from definition_files import nearest

OnProgress = Callable[[str, int], None]


def refresh(
    runtime: Runtime,
    actor: Actor,
    *,
    feeds: Collection[str] = (),
    since: date | None = None,
    full: bool = False,
    on_progress: OnProgress | None = None,
) -> RefreshReport:
    """Read what is new in `feeds` (all of them where none is named) and publish what may be.

    `since` reads every day from then on anew, `full` everything: only that notices rows that were
    deleted. `on_progress` hears feed and rows read so far. A feed that is down or breaks its
    contract is told in the report. CallboardError for a feed there is not; Busy while another
    process refreshes; StoreUnavailable.
    """
    require(actor, Action.REFRESH)
    chosen = _choose(runtime, feeds)
    with refresh_lock(runtime.store, _holder_name()) as lease:
        wanted = Wanted(is_full=full, since=since)
        return _refresh_feeds(runtime, actor, lease, chosen, wanted=wanted, on_progress=on_progress)


def _refresh_feeds(
    runtime: Runtime,
    actor: Actor,
    lease: Lease,
    feeds: Collection[str],
    *,
    wanted: Wanted,
    on_progress: OnProgress | None = None,
) -> RefreshReport:
    """`refresh` for the holder of the refresh lock."""
    reports = []
    for feed in feeds:
        told = _told(on_progress, feed)
        reports.append(FeedRefresh(runtime, actor, lease, feed).run(wanted, told))
        _log(reports[-1])
    return RefreshReport(feeds=tuple(reports))


def _choose(runtime: Runtime, feeds: Collection[str]) -> tuple[str, ...]:
    """The feeds in their order; what the others leave in the store is read after them."""
    connected = runtime.definitions.contracts
    for feed in feeds:
        if feed not in connected:
            there = ", ".join(connected) or "none"
            hint = nearest(feed, connected)
            raise CallboardError(
                f"There is no feed {feed!r}; connected are {there}. {hint}".strip()
            )
    chosen = (feed for feed in connected if not feeds or feed in feeds)
    return tuple(sorted(chosen, key=lambda feed: connected[feed].server == STORE))


def _holder_name() -> str:
    """A name for this process that no other one uses."""
    return f"{socket.gethostname()}, process {os.getpid()} ({secrets.token_hex(2)})"


def _told(on_progress: OnProgress | None, feed: str) -> Callable[[int], None]:
    if on_progress is None:
        return lambda _: None
    return lambda rows: on_progress(feed, rows)


def _log(report: FeedReport) -> None:
    log_event(
        "feed refreshed",
        feed=report.feed,
        verdict=report.verdict.value,
        rows_in=report.rows_in,
        rows_used=report.rows_used,
        changed=report.changed,
        publication=report.publication,
        seconds=round(report.seconds, 3),
    )
