"""Journeys as they were drawn on screen: versions that are only ever added."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from callboard.storage.journey_tables import journey_edit
from callboard.storage.publications import PublicationKind, add_publication


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyEdit:
    """A version of a journey: its `document` as JSON, and what its file said then, as a hash.

    `id` is 0 until it is kept; `publication` made it visible.
    """

    journey: str
    document: str
    file_hash: str
    note: str
    actor: str
    at: datetime
    id: int = 0
    publication: int = 0


def add_journey_edit(conn: Connection, new: JourneyEdit, *, said: str) -> int:
    """Keep a version, which counts from now on, with its publication; return its id."""
    number = add_publication(
        conn, kind=PublicationKind.JOURNEY, actor_id=new.actor, note=said, at=new.at
    )
    values = asdict(new) | {"publication": number}
    del values["id"]
    added = journey_edit.insert().values(**values).returning(journey_edit.c.id)
    return int(conn.execute(added).scalar_one())


def read_journey_edits(conn: Connection, *, journey: str = "") -> tuple[JourneyEdit, ...]:
    """The versions of a journey, or of all, the newest first."""
    chosen = select(journey_edit).order_by(journey_edit.c.id.desc())
    if journey:
        chosen = chosen.where(journey_edit.c.journey == journey)
    return tuple(JourneyEdit(**dict(row._mapping)) for row in conn.execute(chosen))
