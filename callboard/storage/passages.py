"""Passages as they are kept: the counts of each feed by day, without any case's key."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from sqlalchemy import Connection, delete, func, insert, select

from callboard.storage.feeds.passages import Passage
from callboard.storage.passage_table import passage

_AT_ONCE = 500  # days named in one statement


def replace_passages(
    conn: Connection, *, feed: str, days: Collection[date] | None, rows: Iterable[Passage]
) -> bool:
    """Make `rows` all the passages of a feed on `days` (None: on all); whether any is another."""
    wanted = {each for each in rows if days is None or each.day in days}
    known = {each for each in _known(conn, feed) if days is None or each.day in days}
    changed = sorted({each.day for each in wanted ^ known})
    for start in range(0, len(changed), _AT_ONCE):
        some = changed[start : start + _AT_ONCE]
        conn.execute(delete(passage).where(passage.c.feed == feed, passage.c.day.in_(some)))
    new = [{"feed": feed, **each._asdict()} for each in wanted if each.day in set(changed)]
    if new:
        conn.execute(insert(passage), new)
    return bool(changed)


def read_passages(
    conn: Connection, *, scope: Collection[str], first: date, last: date
) -> Mapping[tuple[str, str], int]:
    """How many cases went from where to where on these days, both ends within the scope."""
    codes = sorted(scope)
    found = (
        select(passage.c.origin, passage.c.destination, func.sum(passage.c.cases))
        .where(passage.c.day.between(first, last))
        .where(passage.c.origin.in_(codes), passage.c.destination.in_(codes))
        .group_by(passage.c.origin, passage.c.destination)
    )
    return {(origin, to): int(cases) for origin, to, cases in conn.execute(found)}


def read_feeds_of_passages(conn: Connection) -> frozenset[str]:
    """The feeds of which any passage is kept."""
    return frozenset(conn.execute(select(passage.c.feed).distinct()).scalars())


def _known(conn: Connection, feed: str) -> set[Passage]:
    columns = (passage.c.day, passage.c.origin, passage.c.destination, passage.c.cases)
    found = conn.execute(select(*columns).where(passage.c.feed == feed))
    return {Passage(*row) for row in found}
