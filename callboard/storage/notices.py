"""What people are told of their data: the badge they know of, each change of it, its delivery."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Row, select

from callboard.storage.trust_tables import notice, notice_delivery, told_badge
from callboard.storage.upsert import upsert


class NoticeKind(StrEnum):
    """What has changed: something to look at, figures held back, a feed that stops, all well.

    Or an alert that somebody wanted has gone off, or is over.
    """

    WARNING = "warning"
    BREACH = "breach"
    STOPPED = "stopped"
    RECOVERY = "recovery"
    ALERT = "alert"
    ALERT_OVER = "alert_over"


class DeliveryState(StrEnum):
    """Due ones go next; held ones wait to go together, failed ones for the next attempt."""

    DUE = "due"
    SENT = "sent"
    HELD = "held"
    FAILED = "failed"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldBadge:
    """The badge of a slice (`slice_key` "" is the whole feed) that people know of, since when."""

    feed: str
    slice_key: str
    badge: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A change of a badge from `before`, in a sentence. `id` is 0 until it is kept.

    One of an `alert` is of no feed and no badge: its slice says which metric, at which touchpoint.
    """

    at: datetime
    kind: NoticeKind
    feed: str
    slice_key: str
    badge: str
    before: str
    sentence: str
    alert: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How far the delivery of a notice to one channel has come. `id` is 0 until it is kept.

    `error` never names an address.
    """

    notice_id: int
    channel: str
    state: DeliveryState
    at: datetime
    attempts: int = 0
    error: str = ""
    id: int = 0


def read_told_badges(conn: Connection) -> dict[tuple[str, str], ToldBadge]:
    """The badges people know of, by feed and slice."""
    rows = conn.execute(select(told_badge))
    return {(row.feed, row.slice_key): ToldBadge(**row._mapping) for row in rows}


def write_told_badges(conn: Connection, badges: Sequence[ToldBadge]) -> None:
    """Say which badges people know of from now on; those of other slices stay."""
    upsert(conn, told_badge, [asdict(each) for each in badges])


def add_notice(conn: Connection, new: Notice) -> int:
    """Keep a notice and return its id."""
    values = asdict(new)
    del values["id"]
    return int(conn.execute(notice.insert().values(**values).returning(notice.c.id)).scalar_one())


def read_notices(conn: Connection, *, limit: int = 50) -> tuple[Notice, ...]:
    """The latest notices, newest first."""
    chosen = select(notice).order_by(notice.c.id.desc()).limit(limit)
    return tuple(_notice(row) for row in conn.execute(chosen))


def write_delivery(conn: Connection, delivery: Delivery) -> int:
    """Keep how far a delivery has come, in the place of what was kept under its id; return that."""
    values = asdict(delivery)
    del values["id"]
    if delivery.id:
        known = notice_delivery.c.id == delivery.id
        conn.execute(notice_delivery.update().where(known).values(**values))
        return delivery.id
    added = notice_delivery.insert().values(**values).returning(notice_delivery.c.id)
    return int(conn.execute(added).scalar_one())


def read_deliveries(
    conn: Connection, *, states: Collection[DeliveryState]
) -> tuple[tuple[Notice, Delivery], ...]:
    """The deliveries in some states with their notices, the oldest first."""
    chosen = (
        select(*notice.c, *(each.label(f"d_{each.name}") for each in notice_delivery.c))
        .join(notice_delivery, notice_delivery.c.notice_id == notice.c.id)
        .where(notice_delivery.c.state.in_(states))
        .order_by(notice_delivery.c.id)
    )
    return tuple((_notice(row), _delivery(row)) for row in conn.execute(chosen))


def read_delivered(conn: Connection, notices: Collection[int]) -> dict[int, tuple[Delivery, ...]]:
    """How far each of these notices has come, by its id; one that goes nowhere is left out."""
    chosen = select(notice_delivery).where(notice_delivery.c.notice_id.in_(notices))
    found = dict[int, tuple[Delivery, ...]]()
    for row in conn.execute(chosen.order_by(notice_delivery.c.id)):
        values = {**row._mapping, "state": DeliveryState(row.state)}
        found[row.notice_id] = (*found.get(row.notice_id, ()), Delivery(**values))
    return found


def _notice(row: Row[tuple[object, ...]]) -> Notice:
    values = {name: value for name, value in row._mapping.items() if name in notice.c}
    return Notice(**values | {"kind": NoticeKind(values["kind"])})


def _delivery(row: Row[tuple[object, ...]]) -> Delivery:
    values = {each.name: row._mapping[f"d_{each.name}"] for each in notice_delivery.c}
    return Delivery(**values | {"state": DeliveryState(values["state"])})
