"""What people did about signals: seen, given to somebody, talked about, done. Kept for good."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection, Row, select

from callboard.storage.publications import PublicationKind, add_publication
from callboard.storage.signal_tables import signal_act


class SignalActKind(StrEnum):
    """What somebody did; `reopen` takes back what was acknowledged or done, `unsay` a comment."""

    ACKNOWLEDGE = "acknowledge"
    REOPEN = "reopen"
    ASSIGN = "assign"
    COMMENT = "comment"
    UNSAY = "unsay"
    DONE = "done"


_PAST = {
    SignalActKind.ACKNOWLEDGE: "acknowledged",
    SignalActKind.REOPEN: "open again",
    SignalActKind.ASSIGN: "assigned",
    SignalActKind.COMMENT: "commented",
    SignalActKind.UNSAY: "comment taken back",
    SignalActKind.DONE: "done",
}


class SignalKey(NamedTuple):
    """The signal that an act is of: `grain` and the first day of its first period, as seen then."""

    touchpoint: str
    metric: str
    grain: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalAct:
    """One act on a signal; `signal` says whether it was a concern or an improvement then.

    `assignee` and `due` are of an assignment only. `note` is what was written; of a comment that is
    taken back it is its number.
    """

    key: SignalKey
    signal: str
    act: SignalActKind
    actor: str
    at: datetime
    assignee: str = ""
    due: date | None = None
    note: str = ""
    id: int = 0


def add_signal_act(conn: Connection, new: SignalAct) -> int:
    """Keep an act and return the number of its publication; its text stays out of the audit."""
    place = f"{new.key.metric} at {new.key.touchpoint} since {new.key.since.isoformat()}"
    number = add_publication(
        conn,
        kind=PublicationKind.SIGNAL_ACT,
        actor_id=new.actor,
        note=f"signal {_PAST[new.act]}, {place}",
        at=new.at,
    )
    left_out = ("key", "id")
    values = {name: value for name, value in asdict(new).items() if name not in left_out}
    values |= new.key._asdict() | {"act": new.act.value, "publication": number}
    conn.execute(signal_act.insert().values(**values))
    return number


def read_signal_acts(conn: Connection, *, scope: Collection[str]) -> tuple[SignalAct, ...]:
    """All acts on signals at the touchpoints in `scope`, in the order they were done."""
    chosen = select(signal_act).where(signal_act.c.touchpoint.in_(sorted(scope)))
    return tuple(_act(row) for row in conn.execute(chosen.order_by(signal_act.c.id)))


def _act(row: Row[tuple[object, ...]]) -> SignalAct:
    told = row._mapping
    names = ("id", "signal", "assignee", "due", "note", "actor", "at")
    return SignalAct(
        key=SignalKey(*(told[name] for name in SignalKey._fields)),
        act=SignalActKind(told["act"]),
        **{name: told[name] for name in names},
    )
