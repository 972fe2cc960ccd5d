"""How many rows each touchpoint had: by published day, and by run with how its rules ended."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import Connection, delete, select

from callboard.storage.held_days import HeldDays
from callboard.storage.trust_tables import slice_day, slice_run
from callboard.storage.upsert import upsert
from data_contracts.evidence import Held

_AT_ONCE = 500  # days named in one statement


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


def replace_slice_days(
    conn: Connection,
    *,
    feed: str,
    days: Collection[date] | None,
    rows: Sequence[SliceDay],
    held: Collection[Held] = (),
) -> None:
    """Make `rows` all there is of a feed on `days` (None: on all), but for what is held.

    Only a touchpoint that is held as a whole keeps what was published of it; where no more than a
    metric is, its rows are published.
    """
    known = _known(conn, feed, days)
    wholes = [each for each in held if not each.metric]
    holds = HeldDays(wholes, {each.day for each in wholes})
    new = {
        (each.touchpoint, each.day): each
        for each in rows
        if each.day not in holds.of(each.touchpoint, "")
    }
    gone = {
        (touchpoint, day)
        for touchpoint, day in known - new.keys()
        if day not in holds.of(touchpoint, "")
    }
    for touchpoint in {each for each, _ in gone}:
        _forget(conn, feed, touchpoint, sorted(day for each, day in gone if each == touchpoint))
    keep_slice_days(conn, list(new.values()))


def _known(conn: Connection, feed: str, days: Collection[date] | None) -> set[tuple[str, date]]:
    """The touchpoints and days of a feed, on `days` (None: on all)."""
    found = select(slice_day.c.touchpoint, slice_day.c.day).where(slice_day.c.feed == feed)
    if days is None:
        return {(touchpoint, day) for touchpoint, day in conn.execute(found)}
    wanted, known = sorted(days), set[tuple[str, date]]()
    for start in range(0, len(wanted), _AT_ONCE):
        some = found.where(slice_day.c.day.in_(wanted[start : start + _AT_ONCE]))
        known |= {(touchpoint, day) for touchpoint, day in conn.execute(some)}
    return known


def _forget(conn: Connection, feed: str, touchpoint: str, days: Sequence[date]) -> None:
    mine = (slice_day.c.feed == feed, slice_day.c.touchpoint == touchpoint)
    for start in range(0, len(days), _AT_ONCE):
        some = slice_day.c.day.in_(days[start : start + _AT_ONCE])
        conn.execute(delete(slice_day).where(*mine, some))


def read_slice_days(conn: Connection, *, feed: str, since: date) -> tuple[SliceDay, ...]:
    """The published days of a feed from `since` on, by touchpoint and day."""
    chosen = select(slice_day).where(slice_day.c.feed == feed, slice_day.c.day >= since)
    ordered = chosen.order_by(slice_day.c.touchpoint, slice_day.c.day)
    return tuple(SliceDay(**row._mapping) for row in conn.execute(ordered))


def keep_slice_run(conn: Connection, rows: Sequence[SliceRun]) -> None:
    """Keep what a run made of each of its touchpoints."""
    if rows:
        conn.execute(slice_run.insert(), [asdict(each) for each in rows])
