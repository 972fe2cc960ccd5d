"""Rounds of refreshing: one, or one after the other until somebody stops them."""

import time
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from callboard.cli.printing import say
from callboard.cli.progress import Tell
from callboard.cli.session import Session
from callboard.errors import Busy, CallboardError

if TYPE_CHECKING:
    from callboard.services.refresh_report import RefreshReport
    from callboard.services.runtime import Runtime


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a refresh is asked for: which feeds (none named: all), from which day on, or all."""

    feeds: tuple[str, ...] = ()
    since: date | None = None
    full: bool = False


def refresh_once(
    session: Session, runtime: "Runtime", order: Order, tell: Tell | None = None
) -> "RefreshReport":
    """Refresh what is ordered; `tell` hears how far it is."""
    from callboard.services.refresh import refresh

    return refresh(
        runtime,
        session.actor,
        feeds=order.feeds,
        since=order.since,
        full=order.full,
        on_progress=(lambda feed, rows: tell(f"{feed}, {rows:,} rows")) if tell else None,
    )


def go_on_refreshing(session: Session, order: Order, *, seconds: float) -> None:
    """Begin a round every so many seconds until interrupted, and say what each one brought.

    `since` and `full` hold for the first round. A round that fails is told, and the next one tries
    again. Definitions that changed meanwhile are read anew.
    """
    watched = _Definitions(session)
    say(f"Refreshing every {seconds:g} s. Ctrl-C stops it.")
    try:
        while True:
            began = time.monotonic()
            try:
                _round(session, watched.runtime(), order)
                order = replace(order, since=None, full=False)
            except Busy as busy:
                say(f"{_now(session)} {busy}")
            except CallboardError as error:
                say(f"{_now(session)} This round failed: {error}")
            time.sleep(max(0.0, seconds - (time.monotonic() - began)))
    except KeyboardInterrupt:
        say("Stopped refreshing.")


def _round(session: Session, runtime: "Runtime", order: Order) -> None:
    """Bring an example up to now, as a shop's own systems would; then refresh."""
    from callboard.services.demo import fill

    if runtime.workspace.sample is not None:
        fill(runtime, session.actor)
    for feed in refresh_once(session, runtime, order).feeds:
        if feed.verdict != "unchanged":
            say(f"{_now(session)} {feed.sentence}")


def _now(session: Session) -> str:
    return session.settings.clock.now().isoformat(sep=" ", timespec="seconds")


class _Definitions:
    """The runtime of a workspace, opened anew when one of its files has changed."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._stamp: object = None
        self._runtime: Runtime | None = None

    def runtime(self) -> "Runtime":
        """The runtime of the files as they are now; DefinitionError where they are wrong."""
        folder = self._session.settings.workspace
        stamp = {path: path.stat().st_mtime_ns for path in sorted(folder.rglob("*.yaml"))}
        if self._runtime is None or stamp != self._stamp:
            self._runtime = self._session.runtime()
            self._stamp = stamp
        return self._runtime
