"""Notes from one shift to the next: what was written by whom, and who has seen it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, func, select

from callboard.errors import CallboardError
from callboard.storage.publications import PublicationKind, add_publication
from callboard.storage.shift_tables import hand_over, hand_over_act

SEEN = PublicationKind.HAND_OVER_SEEN


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who does something, by id and by name, and when."""

    actor: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """A note about a touchpoint. `seen` says by whom it was seen and when; None where nobody has.

    Who took a mark back leaves it as if it had not been seen; the acts are kept.
    """

    id: int
    touchpoint: str
    note: str
    by: By
    seen: By | None = None


def add_hand_over(conn: Connection, *, touchpoint: str, note: str, by: By) -> int:
    """Keep a note; return its number. The audit is told of it, not what it says."""
    new = {"touchpoint": touchpoint, "note": note, **_columns(by)}
    added = hand_over.insert().values(**new).returning(hand_over.c.id)
    number = int(conn.execute(added).scalar_one())
    _publish(conn, number, touchpoint, kind=PublicationKind.HAND_OVER, by=by)
    return number


def mark_seen(conn: Connection, number: int, *, by: By) -> None:
    """Keep that a note was seen. CallboardError where it was already, or is not there."""
    found = read_hand_over(conn, number)
    if found.seen is not None:
        raise CallboardError(f"{found.seen.author} has seen note {number} already. {_UNCHANGED}")
    _act(conn, found, kind=SEEN, by=by)


def take_seen_back(conn: Connection, number: int, *, by: By) -> None:
    """Let a note count as not seen. CallboardError where it was not seen, or is not there."""
    found = read_hand_over(conn, number)
    if found.seen is None:
        raise CallboardError(f"Note {number} is not marked as seen. {_UNCHANGED}")
    _act(conn, found, kind=PublicationKind.HAND_OVER_UNSEEN, by=by)


_UNCHANGED = "Nothing was changed."


def read_hand_over(conn: Connection, number: int) -> HandOver:
    """One note. CallboardError for one that is not there."""
    rows = conn.execute(select(hand_over).where(hand_over.c.id == number)).all()
    if not rows:
        raise CallboardError(f"There is no note {number}.")
    return _told(conn, rows)[0]


def read_hand_overs(
    conn: Connection, *, scope: Collection[str], most: int
) -> dict[str, tuple[HandOver, ...]]:
    """The newest notes of each touchpoint in `scope`, at most so many of each, newest first."""
    place = func.row_number().over(
        partition_by=hand_over.c.touchpoint, order_by=hand_over.c.id.desc()
    )
    within = hand_over.c.touchpoint.in_(sorted(scope))
    ranked = select(hand_over, place.label("place")).where(within).subquery()
    chosen = select(*(ranked.c[each.name] for each in hand_over.c)).where(ranked.c.place <= most)
    found: dict[str, tuple[HandOver, ...]] = {}
    for each in _told(conn, conn.execute(chosen.order_by(ranked.c.id.desc())).all()):
        found[each.touchpoint] = (*found.get(each.touchpoint, ()), each)
    return found


def _told(conn: Connection, rows: Iterable[Row[tuple[object, ...]]]) -> list[HandOver]:
    kept = [row._mapping for row in rows]
    seen = _read_seen(conn, [row["id"] for row in kept])
    return [
        HandOver(
            id=row["id"],
            touchpoint=row["touchpoint"],
            note=row["note"],
            by=By(actor=row["actor"], author=row["author"], at=row["at"]),
            seen=seen.get(row["id"]),
        )
        for row in kept
    ]


def _read_seen(conn: Connection, numbers: Collection[int]) -> dict[int, By]:
    """Who has seen which note; the last act decides."""
    told = hand_over_act.c
    chosen = select(hand_over_act).where(told.hand_over_id.in_(numbers)).order_by(told.publication)
    found: dict[int, By] = {}
    for row in conn.execute(chosen):
        found.pop(row.hand_over_id, None)
        if row.act == SEEN:
            found[row.hand_over_id] = By(actor=row.actor, author=row.author, at=row.at)
    return found


def _act(conn: Connection, of: HandOver, *, kind: PublicationKind, by: By) -> None:
    publication = _publish(conn, of.id, of.touchpoint, kind=kind, by=by)
    key = {"publication": publication, "hand_over_id": of.id}
    conn.execute(hand_over_act.insert().values(**key, act=kind.value, **_columns(by)))


def _publish(
    conn: Connection, number: int, touchpoint: str, *, kind: PublicationKind, by: By
) -> int:
    said = f"note {number} at {touchpoint}"
    return add_publication(conn, kind=kind, actor_id=by.actor, note=said, at=by.at)


def _columns(by: By) -> dict[str, object]:
    return {"actor": by.actor, "author": by.author, "at": by.at}
