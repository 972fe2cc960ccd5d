"""Refreshes for ever, whatever happens to a feed or the store meanwhile."""

import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from random import SystemRandom
from threading import Event

from callboard.access import Action, Actor, require
from callboard.errors import Busy, StoreUnavailable
from callboard.logs import log_error, log_event
from callboard.services.refresh import holder_name, refresh_feeds
from callboard.services.refresh_reading import Wanted
from callboard.services.refresh_report import RefreshReport
from callboard.services.runtime import Runtime
from callboard.storage.lock import Lease, refresh_lock
from callboard.storage.runs import RunVerdict

_PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0)  # seconds to the next attempt after one that failed
_SPREAD = 0.2
_LEASE = timedelta(seconds=20)  # after a crash of the store it is soon free to be taken again
_DICE = SystemRandom()


def refresh_forever(
    runtime: Runtime,
    actor: Actor,
    *,
    every: timedelta,
    stop: Event,
    on_report: Callable[[RefreshReport], None] | None = None,
) -> None:
    """Refresh all feeds every so often until `stop` is set, holding the refresh lock meanwhile.

    A feed that is down is asked again after 1, 2, 4, 8, then every 15 seconds, and so is a store,
    or a lock that another process holds. `on_report` hears of every round.
    """
    require(actor, Action.REFRESH)
    holder = holder_name()
    failures = 0
    while not stop.is_set():
        try:
            with refresh_lock(runtime.store, holder, _LEASE) as lease:
                rounds = _Rounds(runtime, actor, lease, every=every, on_report=on_report)
                while not stop.is_set():
                    pause = rounds.turn()
                    failures = 0
                    stop.wait(pause)
        except Busy as error:
            log_event("the refresh lock is held", why=str(error))
        except StoreUnavailable as error:
            log_error(error, event="the store is unavailable")
        failures += 1
        stop.wait(_pause(failures))


class _Rounds:
    """Rounds over all feeds, and attempts in between on those that failed."""

    def __init__(
        self,
        runtime: Runtime,
        actor: Actor,
        lease: Lease,
        *,
        every: timedelta,
        on_report: Callable[[RefreshReport], None] | None,
    ) -> None:
        self._runtime = runtime
        self._actor = actor
        self._lease = lease
        self._every = every.total_seconds()
        self._on_report = on_report
        self._next_round = time.monotonic()
        self._failing: Sequence[str] = ()
        self._failures = 0

    def turn(self) -> float:
        """Refresh what is due; return for how many seconds nothing is."""
        feeds: Sequence[str] = self._failing
        if time.monotonic() >= self._next_round:
            feeds = tuple(self._runtime.definitions.contracts)
            self._next_round = time.monotonic() + self._every
        report = refresh_feeds(self._runtime, self._actor, self._lease, feeds, wanted=Wanted())
        self._failing = [e.feed for e in report.feeds if e.verdict is RunVerdict.FAILED]
        self._failures = self._failures + 1 if self._failing else 0
        if self._on_report is not None:
            self._on_report(report)
        until_round = max(self._next_round - time.monotonic(), 0.0)
        return min(until_round, _pause(self._failures)) if self._failing else until_round


def _pause(failures: int) -> float:
    """The seconds to wait after so many failures, spread so that processes do not march in step."""
    seconds = _PAUSES[min(failures, len(_PAUSES)) - 1] if failures else 0.0
    return seconds * _DICE.uniform(1 - _SPREAD, 1 + _SPREAD)
