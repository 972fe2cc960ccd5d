"""What people say of a metric in a period: every version kept, and what stands of it now."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection

from callboard.storage.approvals import Approval, Shelf, within
from callboard.storage.comment_tables import commentary, commentary_act
from callboard.storage.publications import PublicationKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment(Approval):
    """What somebody said of a metric at a touchpoint in the period that begins on `start`.

    `reason` is the text. An edit is a comment of its own that `replaces` the one before.
    """

    touchpoint: str
    metric: str
    grain: str
    start: date
    replaces: int | None = None


_SHELF = Shelf(
    noun="comment",
    of=Comment,
    table=commentary,
    acts=commentary_act,
    kinds=(
        PublicationKind.COMMENT,
        PublicationKind.WITHDRAW_COMMENT,
        PublicationKind.RESTORE_COMMENT,
    ),
)


def add_comment(conn: Connection, new: Comment) -> int:
    """Keep a comment, or a new version of one, and return its id."""
    replaced = "" if new.replaces is None else f", in place of comment {new.replaces}"
    return _SHELF.add(conn, new, said=f"{_said(new)}{replaced}")


def withdraw_comment(
    conn: Connection, comment_id: int, *, actor_id: str, at: datetime, note: str
) -> int:
    """Take a comment back; the publication number. CallboardError unless it stood."""
    return _SHELF.withdraw(conn, comment_id, actor_id=actor_id, at=at, note=note, said=_said)


def read_comments(
    conn: Connection,
    *,
    scope: Collection[str],
    metrics: Collection[str] | None = None,
    grain: str = "",
    starts: tuple[date, date] | None = None,
) -> tuple[Comment, ...]:
    """Every version at the touchpoints in `scope`, also taken back, in the order of writing.

    `starts` are the first days of the first and the last period asked for.
    """
    where: list[ColumnElement[bool]] = within(commentary, scope=scope, metrics=metrics)
    if grain:
        where.append(commentary.c.grain == grain)
    if starts is not None:
        where.append(commentary.c.start.between(*starts))
    return tuple(_SHELF.read_all(conn, *where))


def standing(versions: Collection[Comment]) -> tuple[Comment, ...]:
    """The comments that stand: neither taken back nor replaced; the newest first."""
    replaced = {each.replaces for each in versions}
    found = [each for each in versions if each.holds and each.id not in replaced]
    return tuple(sorted(found, key=lambda each: each.id, reverse=True))


def _said(of: Comment) -> str:
    return f"{of.metric} at {of.touchpoint}, {of.grain} of {of.start.isoformat()}"
