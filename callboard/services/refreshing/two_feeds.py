"""Readings of metrics that two feeds make together: complaints of one, orders of the other.

Both sides are kept apart in the store. They make a reading of a day that both feeds cover: no
complaint is then none; without orders the day is incomplete and has no reading. Where one of them
is held, the reading stays as it is; where its rows are missing, there is none.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from callboard.services.defining.definitions import Definitions
from callboard.services.feed_days import day_of
from callboard.services.refreshing.held import holds_of, is_missing
from callboard.services.refreshing.holds import Before, Holds
from callboard.storage.engine import Connection
from callboard.storage.parts import PartRow, read_parts
from callboard.storage.readings import ReadingRow, replace_days
from callboard.storage.runs import FeedState
from metrics.calendar import DAY
from metrics.model import Metric


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """Which days feeds tell of, by their states; of rare events, to the day before a look."""

    definitions: Definitions
    states: Mapping[str, FeedState]

    def holds(self, feed: str, touchpoint: str, day: date) -> bool:
        """Whether `feed` tells of `day` at `touchpoint`, by having rows or by having none."""
        state = self.states.get(feed)
        if state is None or state.first_day is None or is_missing(state, touchpoint, day):
            return False
        return state.first_day <= day <= self.last(feed, self.definitions.zone(touchpoint))

    def last(self, feed: str, zone: str) -> date:
        """The last day that `feed` tells of, the first there is for a feed that tells of none."""
        state = self.states.get(feed)
        if state is None or state.last_day is None:
            return date.min
        if not self.definitions.contracts[feed].is_sparse or state.last_good_at is None:
            return state.last_day
        return max(day_of(state.last_good_at, zone) - DAY, state.last_day)


def put_together(
    conn: Connection,
    metric: Metric,
    days: Collection[date],
    covered: Covered,
    *,
    reason: str,
    before: Before,
) -> int:
    """Make the readings of `metric` on `days` anew; return how many differ from before.

    Those of held days stay as they are; those that are stale by `before` are taken away.
    """
    sides = read_parts(conn, metric=metric.code, days=sorted(days))
    rows = _readings(metric, sides["numerator"], sides["denominator"], covered)
    states = (covered.states[feed] for feed in metric.feeds if feed in covered.states)
    held = frozenset(each for state in states for each in holds_of(state))
    holds = Holds(held=held, days=days, before=before)
    return replace_days(
        conn,
        metrics=[metric.code],
        days=sorted(days),
        rows=holds.free(rows),
        reason=reason,
        held=holds.kept,
    )


def _readings(
    metric: Metric, above: Collection[PartRow], below: Collection[PartRow], covered: Covered
) -> Iterator[ReadingRow]:
    amounts = {(row.touchpoint, row.day): row.amount or 0.0 for row in above}
    feeds = sorted(metric.feeds)
    for row in below:
        if not all(covered.holds(feed, row.touchpoint, row.day) for feed in feeds):
            continue
        numerator = amounts.get((row.touchpoint, row.day), 0.0)
        if row.n or numerator:
            yield ReadingRow(
                row.touchpoint, metric.code, "", "", row.day, numerator, row.amount or 0.0, row.n
            )
