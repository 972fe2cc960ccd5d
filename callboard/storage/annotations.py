"""Annotations: what people wrote beside figures, of which days, and which of them stand now."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from callboard.storage.annotation_tables import annotation, annotation_act
from callboard.storage.approvals import Approval, Shelf
from callboard.storage.publications import PublicationKind

EVERY = ""  # of every touchpoint, or of all metrics


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation(Approval):
    """What somebody wrote of some days; its text is the `reason`.

    `touchpoint` and `metric` are EVERY where it is about all of them; `replaces` is the annotation
    that it is a new version of.
    """

    touchpoint: str
    metric: str
    first: date
    last: date
    tag: str
    replaces: int | None = None


_SHELF = Shelf(
    noun="annotation",
    of=Annotation,
    table=annotation,
    acts=annotation_act,
    kinds=(
        PublicationKind.ANNOTATION,
        PublicationKind.WITHDRAW_ANNOTATION,
        PublicationKind.RESTORE_ANNOTATION,
    ),
)


def add_annotation(conn: Connection, new: Annotation) -> int:
    """Keep an annotation and let it stand from now on; return its id."""
    return _SHELF.add(conn, new, said=f"{new.tag}, {_said(new)}")


def replace_annotation(conn: Connection, old: int, new: Annotation) -> int:
    """Let a new version stand where `old` stood, which stays in the history; return its id.

    CallboardError unless the old one stood.
    """
    withdraw_annotation(conn, old, actor_id=new.actor, at=new.at, note="edited")
    return add_annotation(conn, new)


def withdraw_annotation(
    conn: Connection, annotation_id: int, *, actor_id: str, at: datetime, note: str
) -> int:
    """Take an annotation off the charts; the publication number. CallboardError unless it stood."""
    return _SHELF.withdraw(conn, annotation_id, actor_id=actor_id, at=at, note=note, said=_said)


def restore_annotation(conn: Connection, annotation_id: int, *, actor_id: str, at: datetime) -> int:
    """Let a withdrawn annotation stand again; the publication number. CallboardError if it does."""
    return _SHELF.restore(conn, annotation_id, actor_id=actor_id, at=at, said=_said)


def read_annotations(
    conn: Connection, *, scope: Collection[str], metric: str | None = None
) -> tuple[Annotation, ...]:
    """The annotations at the touchpoints in `scope` and those of every touchpoint, by day.

    Standing and withdrawn; with a metric, those about it and those about all metrics.
    """
    chosen = [annotation.c.touchpoint.in_([EVERY, *sorted(scope)])]
    if metric is not None:
        chosen.append(annotation.c.metric.in_([EVERY, metric]))
    found = _SHELF.read_all(conn, *chosen)
    return tuple(sorted(found, key=lambda each: (each.first, each.last, each.id)))


def _said(of: Annotation) -> str:
    place = of.touchpoint or "every touchpoint"
    days = "/".join(sorted({of.first.isoformat(), of.last.isoformat()}))
    return f"{of.metric or 'all metrics'} at {place}, {days}"
