"""Publications: each change that readers may see has a number, and every cache is keyed by it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, func, select

from callboard.storage.audit import append_audit
from callboard.storage.tables import publication, restatement


class PublicationKind(StrEnum):
    """What made a publication: new readings, benchmarks in, out or back, a feed's new state.

    Or what people approve, withdraw and bring back, what they settle, write and draw.
    Or a break, a baseline, an entity's name or a peer set approved, withdrawn or brought back, or
    a reminder of a newer edition settled, or something done about a signal, or a note handed over
    to the next shift, and seen there.
    Or a break, a baseline, an entity's name, a peer set or an annotation approved, withdrawn or
    brought back, or a reminder of a newer edition settled.
    Or a break, a baseline, a target, an entity's name or a peer set approved, withdrawn or brought
    back, a comment written or taken back, or a reminder of a newer edition settled.
    """

    REFRESH = "refresh"
    BENCHMARK = "benchmark"
    WITHDRAW = "withdraw"
    RESTORE = "restore"
    STATE = "state"
    BREAK = "break"
    WITHDRAW_BREAK = "withdraw_break"
    RESTORE_BREAK = "restore_break"
    BASELINE = "baseline"
    WITHDRAW_BASELINE = "withdraw_baseline"
    RESTORE_BASELINE = "restore_baseline"
    NAME = "name"
    WITHDRAW_NAME = "withdraw_name"
    RESTORE_NAME = "restore_name"
    PEERS = "peers"
    WITHDRAW_PEERS = "withdraw_peers"
    RESTORE_PEERS = "restore_peers"
    RENEWAL = "renewal"
    SIGNAL_ACT = "signal_act"
    JOURNEY = "journey"
    HAND_OVER = "hand_over"
    HAND_OVER_SEEN = "hand_over_seen"
    HAND_OVER_UNSEEN = "hand_over_unseen"
    ANNOTATION = "annotation"
    WITHDRAW_ANNOTATION = "withdraw_annotation"
    RESTORE_ANNOTATION = "restore_annotation"
    TARGET = "target"
    WITHDRAW_TARGET = "withdraw_target"
    RESTORE_TARGET = "restore_target"
    COMMENT = "comment"
    WITHDRAW_COMMENT = "withdraw_comment"
    RESTORE_COMMENT = "restore_comment"

    @property
    def is_withdrawal(self) -> bool:
        """Whether it takes back what somebody approved."""
        return self in _WITHDRAWALS


_WITHDRAWALS = (
    PublicationKind.WITHDRAW_BREAK,
    PublicationKind.WITHDRAW_BASELINE,
    PublicationKind.WITHDRAW_NAME,
    PublicationKind.WITHDRAW_PEERS,
    PublicationKind.WITHDRAW_ANNOTATION,
    PublicationKind.WITHDRAW_TARGET,
    PublicationKind.WITHDRAW_COMMENT,
)


def latest_publication(conn: Connection) -> int:
    """The number of the newest publication, 0 where there is none."""
    newest = select(func.coalesce(func.max(publication.c.number), 0))
    return int(conn.execute(newest).scalar_one())


def published_at(conn: Connection, number: int) -> datetime | None:
    """When a publication was made, None for one there is not."""
    found = select(publication.c.at).where(publication.c.number == number)
    return conn.execute(found).scalar_one_or_none()


def add_publication(
    conn: Connection, *, kind: PublicationKind, actor_id: str, note: str, at: datetime
) -> int:
    """Number the change that the caller's write transaction makes, audit it, return the number.

    Call it last: restatements of this transaction receive the number too. Numbers have no gaps
    and follow the order of commits, because there is one writer at a time.
    """
    number = latest_publication(conn) + 1
    new = {"number": number, "at": at, "kind": kind.value, "actor": actor_id, "note": note}
    conn.execute(publication.insert().values(**new))
    unnumbered = restatement.update().where(restatement.c.publication.is_(None))
    conn.execute(unnumbered.values(publication=number))
    append_audit(
        conn,
        actor_id=actor_id,
        action=kind.value,
        target=f"publication {number}",
        at=at,
        publication=number,
        detail={"note": note},
    )
    return number
