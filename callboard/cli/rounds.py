"""Rounds of refreshing: one, or one after the other until somebody stops them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from threading import Event
from typing import TYPE_CHECKING

from callboard.cli.printing import say
from callboard.cli.progress import Tell
from callboard.cli.session import Session

if TYPE_CHECKING:
    from callboard.services.notifying.telling import Told
    from callboard.services.refreshing.report import RefreshReport
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
    """Refresh what is ordered, and tell people what has changed; `tell` hears how far it is."""
    from callboard.services.refreshing.refresh import refresh

    report = refresh(
        runtime,
        session.actor,
        feeds=order.feeds,
        since=order.since,
        full=order.full,
        on_progress=(lambda feed, rows: tell(f"{feed}, {rows:,} rows")) if tell else None,
    )
    tell_people(session, runtime)
    return report


def tell_people(session: Session, runtime: "Runtime") -> "tuple[Told, ...]":
    """Note what has changed of data and alerts, and send what is due; say which channel failed."""
    from callboard.services.alerting.watching import note_alerts
    from callboard.services.digest.scheduling import send_if_due
    from callboard.services.notifying.telling import deliver
    from callboard.services.notifying.watching import note_changes

    note_changes(runtime, session.actor)
    note_alerts(runtime, session.actor)
    told = (*deliver(runtime, session.actor), *send_if_due(runtime, session.actor))
    for each in told:
        if each.error:
            say(f"{each.channel} was not told: {each.error}. It is tried again later.")
    return told


def go_on_refreshing(session: Session, order: Order, *, seconds: float) -> None:
    """Begin a round every so many seconds until interrupted, and say what each one brought.

    `since` and `full` hold for the first round. A round that fails is told, and tried again.
    Definitions that changed meanwhile are read anew.
    """
    from callboard.services.refreshing.loop import refresh_forever

    say(f"Refreshing every {seconds:g} s. Ctrl-C stops it.")
    try:
        refresh_forever(
            _Attempts(session, order),
            every=timedelta(seconds=seconds),
            stop=Event(),
            on_report=lambda report: _tell(session, report),
            on_trouble=lambda error: say(f"{_now(session)} {error}"),
        )
    except KeyboardInterrupt:
        say("Stopped refreshing.")


def _tell(session: Session, report: "RefreshReport") -> None:
    for feed in report.feeds:
        if feed.verdict != "unchanged":
            say(f"{_now(session)} {feed.sentence}")


class _Attempts:
    """Rounds that bring an example up to now first, as a shop's own systems would."""

    def __init__(self, session: Session, order: Order) -> None:
        self._session = session
        self._order = order
        self._watched = _Definitions(session)

    def __call__(self, feeds: Sequence[str]) -> "RefreshReport":
        """Refresh these feeds, or all that were ordered."""
        from callboard.services.examples.demo import fill

        runtime = self._watched.runtime()
        if runtime.workspace.sample is not None:
            fill(runtime, self._session.actor)
        order = replace(self._order, feeds=tuple(feeds) or self._order.feeds)
        report = refresh_once(self._session, runtime, order)
        self._order = replace(self._order, since=None, full=False)
        return report


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
