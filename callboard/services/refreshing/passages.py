"""Passages of a feed whose rows name a case: counted on all days that the rows read may change."""

from collections.abc import Iterable
from datetime import date, timedelta

from callboard.services.refreshing.held import holds_of
from callboard.storage.engine import Connection
from callboard.storage.feeds.passages import Passages, count_passages, days_reached, rows_needed
from callboard.storage.feeds.question import FeedQuestion
from callboard.storage.feeds.table import FeedTable
from callboard.storage.feeds.watch import years_of
from callboard.storage.passages import replace_passages
from callboard.storage.runs import FeedState

_DAY = timedelta(days=1)


def find_passages(
    conn: Connection, table: FeedTable, question: FeedQuestion, odd: frozenset[str]
) -> Passages | None:
    """Who went on to where; None where rows name no case.

    A late or corrected row changes where its case came from and went to, so the days after those
    asked for are counted again too.
    """
    key = question.contract.journey_key
    if not key or key in table.absent:
        return None
    days = question.days
    until = question.now.date() + _DAY
    reached = None if days is None else days_reached(days, until=until)
    if days is not None and not days:
        return Passages(days=days, rows=())
    wide = rows_needed(question, reached)
    years = years_of(conn, table, wide)
    if wide.days:
        years = min(wide.days).year - 1, max(wide.days).year + 1
    found = count_passages(conn, table, wide, years, odd=odd)
    rows = (each for each in found if reached is None or each.day in reached)
    return Passages(days=reached, rows=tuple(rows))


def write_passages(
    conn: Connection, found: Passages | None, *, new: FeedState, is_anew: bool
) -> bool:
    """Keep what was counted, but for days that rows on held days reach; whether any is another.

    These keep what they had, unless the feed was defined anew.
    """
    if found is None:
        return replace_passages(conn, feed=new.feed, days=None, rows=())
    held = days_reached({each.day for each in holds_of(new)}, until=date.max - 31 * _DAY)
    rows = [each for each in found.rows if each.day not in held]
    days = found.days
    if held and not is_anew:
        days = (_all_days(new) if days is None else days) - held
    return replace_passages(conn, feed=new.feed, days=days, rows=rows)


def _all_days(state: FeedState) -> frozenset[date]:
    if state.first_day is None or state.last_day is None:
        return frozenset()
    return frozenset(_days(state.first_day, state.last_day))


def _days(first: date, last: date) -> Iterable[date]:
    return (first + n * _DAY for n in range((last - first).days + 1))
