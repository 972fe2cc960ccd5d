"""What was said of publishers' files, so that it can be offered next time; nothing is updated."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, or_, select

from callboard.storage.upkeep_tables import mapping_memory


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMapping:
    """Answers (JSON) that were given for a publisher's file with headers of a certain shape."""

    publisher: str
    publisher_plain: str
    shape: str
    answers: str
    actor: str
    at: datetime
    submission_id: int | None = None
    id: int = 0


def add_mapping(conn: Connection, new: KeptMapping) -> int:
    """Keep what was said; return its id."""
    values = asdict(new)
    del values["id"]
    added = mapping_memory.insert().values(**values).returning(mapping_memory.c.id)
    return int(conn.execute(added).scalar_one())


def read_mappings(
    conn: Connection, *, publisher_plain: str = "", shape: str = "", limit: int = 50
) -> tuple[KeptMapping, ...]:
    """What was said of a publisher, or of files of a shape; the newest first."""
    told = mapping_memory.c
    fits = [
        column == value
        for column, value in ((told.publisher_plain, publisher_plain), (told.shape, shape))
        if value
    ]
    if not fits:
        return ()
    chosen = select(mapping_memory).where(or_(*fits)).order_by(told.id.desc()).limit(limit)
    return tuple(KeptMapping(**row._mapping) for row in conn.execute(chosen))
