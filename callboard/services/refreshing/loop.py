"""Refreshes for ever, whatever happens to a feed, the store or a definition file meanwhile."""

import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from random import SystemRandom
from threading import Event

from callboard.errors import CallboardError
from callboard.logs import log_error
from callboard.services.refreshing.report import RefreshReport
from callboard.storage.runs import RunVerdict

Attempt = Callable[[Sequence[str]], RefreshReport]
"""Refreshes the feeds it is given; none named means all of them."""

_PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0)  # seconds to the next attempt after one that failed
_SPREAD = 0.2
_DICE = SystemRandom()


def refresh_forever(
    attempt: Attempt,
    *,
    every: timedelta,
    stop: Event,
    on_report: Callable[[RefreshReport], None],
    on_trouble: Callable[[CallboardError], None],
) -> None:
    """Refresh all feeds every so often until `stop` is set.

    A feed that is down is asked again after 1, 2, 4, 8, then every 15 seconds, and so is the whole
    round where the store is down or another process holds the lock. `on_report` hears of every
    round, `on_trouble` of a trouble when it begins. The lock is free between rounds, so that a
    person can refresh a feed while the server runs.
    """
    rounds = _Rounds(attempt, every=every.total_seconds(), on_report=on_report)
    failures, told = 0, ""
    while not stop.is_set():
        try:
            pause = rounds.turn()
            failures, told = 0, ""
        except CallboardError as error:
            failures += 1
            pause = _pause(failures)
            if str(error) != told:
                log_error(error, event="a round of refreshing failed")
                on_trouble(error)
            told = str(error)
        stop.wait(pause)


class _Rounds:
    """Rounds over all feeds, and attempts in between on those that failed."""

    def __init__(
        self, attempt: Attempt, *, every: float, on_report: Callable[[RefreshReport], None]
    ) -> None:
        self._attempt = attempt
        self._every = every
        self._on_report = on_report
        self._next_round = time.monotonic()
        self._failing: Sequence[str] = ()
        self._failures = 0

    def turn(self) -> float:
        """Refresh what is due; return for how many seconds nothing is."""
        began = time.monotonic()
        is_round = began >= self._next_round
        report = self._attempt(() if is_round else self._failing)
        if is_round:
            self._next_round = began + self._every
        self._failing = [e.feed for e in report.feeds if e.verdict is RunVerdict.FAILED]
        self._failures = self._failures + 1 if self._failing else 0
        self._on_report(report)
        until_round = max(self._next_round - time.monotonic(), 0.0)
        return min(until_round, _pause(self._failures)) if self._failing else until_round


def _pause(failures: int) -> float:
    """The seconds to wait after so many failures, spread so that processes do not march in step."""
    seconds = _PAUSES[min(failures, len(_PAUSES)) - 1] if failures else 0.0
    return seconds * _DICE.uniform(1 - _SPREAD, 1 + _SPREAD)
