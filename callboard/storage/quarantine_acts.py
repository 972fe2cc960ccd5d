"""What was done about rows in quarantine: by whom, when, why; and what a refresh has yet to see.

Acts are only ever added. What a person did waits until a run has judged the row's day again.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Connection, Row, func, select

from callboard.storage.tables import quarantine
from callboard.storage.trust_tables import quarantine_act


class Act(StrEnum):
    """What a person did (the first four), and what a refresh made of it.

    A row was judged where the run was withheld: its day is read again with whatever is new.
    """

    CORRECTED = "corrected"
    WAIVED = "waived"
    REOPENED = "reopened"
    ASKED_AGAIN = "asked_again"
    TAKEN_IN = "taken_in"
    JUDGED = "judged"


_NEW = frozenset({Act.CORRECTED, Act.REOPENED, Act.ASKED_AGAIN})


@dataclass(frozen=True, slots=True, kw_only=True)
class RowAct:
    """One act about one row; `fields` are the values that a correction gave it."""

    row_id: int
    act: Act
    actor: str
    at: datetime
    note: str = ""
    fields: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingRow:
    """A row whose day is to be read again; `is_new` where no run has judged it since."""

    row_id: int
    day: date | None
    is_new: bool


def add_act(conn: Connection, new: RowAct) -> None:
    """Keep what was done about a row."""
    told = json.dumps(dict(new.fields), ensure_ascii=False)
    done = {"act": new.act.value, "actor": new.actor, "at": new.at, "note": new.note}
    conn.execute(quarantine_act.insert().values(quarantine_id=new.row_id, **done, fields=told))


def read_acts(conn: Connection, rows: Collection[int]) -> dict[int, tuple[RowAct, ...]]:
    """What was done about rows, the first act in front; a row without any is left out."""
    chosen = select(quarantine_act).where(quarantine_act.c.quarantine_id.in_(rows))
    found: dict[int, list[RowAct]] = {}
    for row in conn.execute(chosen.order_by(quarantine_act.c.id)):
        found.setdefault(row.quarantine_id, []).append(_act(row))
    return {row_id: tuple(acts) for row_id, acts in found.items()}


def read_pending(conn: Connection, *, feed: str) -> tuple[PendingRow, ...]:
    """The rows of a feed about which something was done that figures do not show yet."""
    last = select(func.max(quarantine_act.c.id)).group_by(quarantine_act.c.quarantine_id)
    waiting = [each.value for each in (*sorted(_NEW), Act.JUDGED)]
    chosen = (
        select(quarantine.c.id, quarantine.c.day, quarantine_act.c.act)
        .join(quarantine_act, quarantine_act.c.quarantine_id == quarantine.c.id)
        .where(quarantine.c.feed == feed, quarantine_act.c.id.in_(last))
        .where(quarantine_act.c.act.in_(waiting))
        .order_by(quarantine.c.id)
    )
    return tuple(
        PendingRow(row_id=number, day=day, is_new=Act(act) in _NEW)
        for number, day, act in conn.execute(chosen)
    )


def _act(row: Row[tuple[object, ...]]) -> RowAct:
    return RowAct(
        row_id=row.quarantine_id,
        act=Act(row.act),
        actor=row.actor,
        at=row.at,
        note=row.note,
        fields=json.loads(row.fields),
    )
