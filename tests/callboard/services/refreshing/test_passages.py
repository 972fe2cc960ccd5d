"""Passages near held days stay as they were, unless the feed was defined anew."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from callboard.services.refreshing.passages import write_passages
from callboard.storage.engine import write
from callboard.storage.feeds.passages import Passage, Passages
from callboard.storage.passage_table import passage
from callboard.storage.runs import FeedState, RunVerdict, SliceState
from tests.callboard.services.feed_world import FeedWorld

DAY = date(2026, 11, 2)
LATER = DAY + timedelta(days=31)


def of(day: date, cases: int) -> Passage:
    return Passage(day, "desk", "delivery", cases)


@pytest.mark.parametrize(
    ("days", "is_anew", "kept"),
    [
        (frozenset({DAY, LATER}), False, {(DAY, 10), (LATER, 21)}),
        (None, False, {(DAY, 10), (LATER, 21)}),
        (None, True, {(LATER, 21)}),
    ],
)
def test_what_rows_on_held_days_reach_is_not_counted_anew(
    world: FeedWorld, days: frozenset[date] | None, is_anew: bool, kept: set[tuple[date, int]]
) -> None:
    free = FeedState(feed="f", verdict=RunVerdict.PUBLISHED, first_day=DAY, last_day=LATER)
    held = FeedState(
        feed="f",
        verdict=RunVerdict.PUBLISHED,
        first_day=DAY,
        last_day=LATER,
        slices=(SliceState(touchpoint="desk", held=(DAY,)),),
    )
    with write(world.runtime.store) as conn:
        first = Passages(days=None, rows=(of(DAY, 10), of(LATER, 20)))
        assert write_passages(conn, first, new=free, is_anew=False)
        again = Passages(days=days, rows=(of(DAY, 11), of(LATER, 21)))
        assert write_passages(conn, again, new=held, is_anew=is_anew)
        found = {tuple(row) for row in conn.execute(sa.select(passage.c.day, passage.c.cases))}
        assert kept == found
        assert write_passages(conn, None, new=free, is_anew=False)
        assert 0 == conn.execute(sa.select(sa.func.count()).select_from(passage)).scalar_one()
