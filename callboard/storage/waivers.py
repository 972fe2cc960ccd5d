"""Rules that hold nothing back up to a day: who says so, why, and until when."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Row, Select, func, select

from callboard.storage.trust_tables import waiver, waiver_act
from data_contracts.evidence import WaivedRule

_WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A waiver of a rule of a feed, in one slice or ("") in all; `until` is its last day.

    `owner` answers for it, `actor` wrote it down. `id` is 0 until it is kept.
    """

    feed: str
    rule_id: str
    slice_key: str
    reason: str
    owner: str
    until: date
    actor: str
    at: datetime
    id: int = 0
    withdrawn_by: str = ""
    withdrawn_at: datetime | None = None

    @property
    def rule(self) -> WaivedRule:
        """What the gate has to know of it."""
        return WaivedRule(rule_id=self.rule_id, slice_key=self.slice_key, until=self.until)


def add_waiver(conn: Connection, new: Waiver) -> int:
    """Keep a waiver, in force from now on; return its id."""
    left_out = ("id", "withdrawn_by", "withdrawn_at")
    values = {name: value for name, value in asdict(new).items() if name not in left_out}
    return int(conn.execute(waiver.insert().values(**values).returning(waiver.c.id)).scalar_one())


def withdraw_waiver(
    conn: Connection, waiver_id: int, *, actor_id: str, at: datetime, note: str = ""
) -> None:
    """End a waiver before its day."""
    told = {"waiver_id": waiver_id, "act": _WITHDRAWN, "actor": actor_id, "at": at, "note": note}
    conn.execute(waiver_act.insert().values(**told))


def read_waivers(conn: Connection, *, feed: str = "", on: date | None = None) -> tuple[Waiver, ...]:
    """The waivers in force on a day, those that end first in front; of all feeds without `feed`.

    Without a day, all there ever were.
    """
    found = (_waiver(row) for row in conn.execute(_chosen(feed)))
    return tuple(
        each for each in found if on is None or (each.withdrawn_at is None and each.until >= on)
    )


def _chosen(feed: str) -> Select[tuple[object, ...]]:
    """Waivers with the first time they were withdrawn, if they were."""
    first = select(func.min(waiver_act.c.id)).where(waiver_act.c.act == _WITHDRAWN)
    firsts = first.group_by(waiver_act.c.waiver_id)
    acts = select(waiver_act).where(waiver_act.c.id.in_(firsts)).subquery()
    chosen = (
        select(*waiver.c, acts.c.actor.label("withdrawn_by"), acts.c.at.label("withdrawn_at"))
        .outerjoin(acts, acts.c.waiver_id == waiver.c.id)
        .order_by(waiver.c.until, waiver.c.id)
    )
    return chosen.where(waiver.c.feed == feed) if feed else chosen


def _waiver(row: Row[tuple[object, ...]]) -> Waiver:
    values = dict(row._mapping)
    return Waiver(**values | {"withdrawn_by": values["withdrawn_by"] or ""})
