"""Breaks in series: which were approved, by whom and why, and which of them hold now."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from callboard.storage.approvals import SeriesApproval, Shelf, series_said, within
from callboard.storage.break_tables import series_break, series_break_act
from callboard.storage.publications import PublicationKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesBreak(SeriesApproval):
    """An approved step of a metric at a touchpoint: new from the period that holds `day` on."""

    day: date


Breaks = Mapping[tuple[str, str], tuple[SeriesBreak, ...]]

_SHELF = Shelf(
    noun="break",
    of=SeriesBreak,
    table=series_break,
    acts=series_break_act,
    kinds=(
        PublicationKind.BREAK,
        PublicationKind.WITHDRAW_BREAK,
        PublicationKind.RESTORE_BREAK,
    ),
)


def add_break(conn: Connection, new: SeriesBreak) -> int:
    """Keep an approved break and let it hold from now on; return its id."""
    said = f"{new.metric} at {new.touchpoint} from {new.day.isoformat()}"
    return _SHELF.add(conn, new, said=said)


def withdraw_break(
    conn: Connection, break_id: int, *, actor_id: str, at: datetime, note: str
) -> int:
    """Let a break hold no more and return the publication number; CallboardError unless it held."""
    return _SHELF.withdraw(conn, break_id, actor_id=actor_id, at=at, note=note, said=series_said)


def restore_break(conn: Connection, break_id: int, *, actor_id: str, at: datetime) -> int:
    """Let a withdrawn break hold again and return the publication number; CallboardError else."""
    return _SHELF.restore(conn, break_id, actor_id=actor_id, at=at, said=series_said)


def read_break(conn: Connection, break_id: int) -> SeriesBreak:
    """One break with all that happened to it. CallboardError for one that is not there."""
    return _SHELF.read(conn, break_id)


def read_breaks(
    conn: Connection, *, scope: Collection[str], metrics: Collection[str] | None = None
) -> tuple[SeriesBreak, ...]:
    """The breaks at the touchpoints in `scope`, held and withdrawn, by touchpoint, metric, day."""
    found = _SHELF.read_all(conn, *within(series_break, scope=scope, metrics=metrics))
    return tuple(sorted(found, key=lambda each: (each.touchpoint, each.metric, each.day, each.id)))


def read_holding(conn: Connection, *, scope: Collection[str], metrics: Collection[str]) -> Breaks:
    """The breaks that hold, oldest first, by touchpoint and metric."""
    found: dict[tuple[str, str], tuple[SeriesBreak, ...]] = {}
    for each in read_breaks(conn, scope=scope, metrics=metrics):
        if each.holds:
            key = (each.touchpoint, each.metric)
            found[key] = (*found.get(key, ()), each)
    return found
