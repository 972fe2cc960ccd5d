"""How many rows each touchpoint had: by published day, and by run with how its rules ended."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from callboard.storage.trust_tables import slice_day, slice_run
from callboard.storage.upsert import upsert


@dataclass(frozen=True, slots=True, kw_only=True)
class SliceDay:
    """The rows of one touchpoint on one day that is published, and the run that published it."""

    feed: str
    touchpoint: str
    day: date
    rows_in: int
    rows_used: int
    run_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SliceRun:
    """What a run made of one touchpoint; "" is a feed that names none.

    `rules_passed` of `rules_judged` were kept: a rule that could not be judged is in neither.
    """

    run_id: int
    touchpoint: str
    feed: str
    judged_at: datetime
    rules_passed: int
    rules_judged: int
    rows_in: int
    rows_used: int


def keep_slice_days(conn: Connection, rows: Sequence[SliceDay]) -> None:
    """Say how many rows these days have; what was said of them before is over."""
    upsert(conn, slice_day, [asdict(each) for each in rows])


def read_slice_days(conn: Connection, *, feed: str, since: date) -> tuple[SliceDay, ...]:
    """The published days of a feed from `since` on, by touchpoint and day."""
    chosen = select(slice_day).where(slice_day.c.feed == feed, slice_day.c.day >= since)
    ordered = chosen.order_by(slice_day.c.touchpoint, slice_day.c.day)
    return tuple(SliceDay(**row._mapping) for row in conn.execute(ordered))


def keep_slice_run(conn: Connection, rows: Sequence[SliceRun]) -> None:
    """Keep what a run made of each of its touchpoints."""
    if rows:
        conn.execute(slice_run.insert(), [asdict(each) for each in rows])
