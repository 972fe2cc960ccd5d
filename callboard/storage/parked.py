"""Rows that wait for a metric to be defined, and what became of them."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Select, func, select

from callboard.storage.upkeep_tables import parked_row, parked_row_act


class ParkedState(StrEnum):
    """Parked rows wait; taken ones were given back to be checked, dropped ones are over."""

    WAITS = "waits"
    TAKEN = "taken"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedRow:
    """A row as it came (`raw`, JSON) whose `word` is no metric yet, and who is asked for one.

    `answers` (JSON) are what was said of its file.
    """

    file_name: str
    sha256: str
    line: int
    word: str
    raw: str
    raw_hash: str
    answers: str
    request: str
    asked_of: str
    actor: str
    at: datetime
    state: ParkedState = ParkedState.WAITS
    id: int = 0

    @property
    def key(self) -> tuple[str, str]:
        """What makes two rows the same: the word and the row."""
        return self.word, self.raw_hash


def add_parked(conn: Connection, rows: Sequence[ParkedRow]) -> None:
    """Keep rows; they wait from now on."""
    told = [asdict(row) for row in rows]
    columns = [{name: row[name] for name in row if name not in ("id", "state")} for row in told]
    if columns:
        conn.execute(parked_row.insert(), columns)


def read_parked(
    conn: Connection, *, states: Collection[ParkedState] = (ParkedState.WAITS,)
) -> tuple[ParkedRow, ...]:
    """The rows in some states, in the order they were parked."""
    rows = [dict(row._mapping) for row in conn.execute(_rows())]
    found = (ParkedRow(**row | {"state": _state(row["state"])}) for row in rows)
    return tuple(row for row in found if row.state in states)


def add_parked_acts(
    conn: Connection,
    numbers: Collection[int],
    act: ParkedState,
    *,
    actor_id: str,
    at: datetime,
    note: str = "",
) -> None:
    """Keep what was done with rows."""
    told = {"act": act.value, "actor": actor_id, "at": at, "note": note}
    if numbers:
        conn.execute(
            parked_row_act.insert(), [{"parked_row_id": number, **told} for number in numbers]
        )


def _rows() -> Select[tuple[object, ...]]:
    """Every row with its latest act."""
    act = parked_row_act.c
    latest = select(func.max(act.id)).group_by(act.parked_row_id)
    last = select(act.parked_row_id, act.act).where(act.id.in_(latest)).subquery()
    own = [parked_row.c[each.name] for each in fields(ParkedRow) if each.name != "state"]
    return (
        select(*own, last.c.act.label("state"))
        .outerjoin(last, last.c.parked_row_id == parked_row.c.id)
        .order_by(parked_row.c.id)
    )


def _state(act: str | None) -> ParkedState:
    return ParkedState(act) if act else ParkedState.WAITS
