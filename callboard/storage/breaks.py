"""Breaks in series: which were approved, by whom and why, and which of them hold now.

Nothing is ever changed or thrown away: a withdrawn break stays with who withdrew it and why, and
may be brought back.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import Connection, Row, Select, select

from callboard.errors import CallboardError
from callboard.storage.break_tables import series_break, series_break_act
from callboard.storage.publications import PublicationKind, add_publication


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakAct:
    """What somebody did with a break: approved it, withdrew it, or brought it back, and why."""

    kind: PublicationKind
    actor: str
    at: datetime
    note: str
    publication: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesBreak:
    """An approved step of a metric at a touchpoint: from the period that holds `day` on it is new.

    `actor` approved it `at` that moment for `reason`, `evidence` is what was seen then. `acts` are
    all that happened to it, oldest first.
    """

    id: int
    touchpoint: str
    metric: str
    day: date
    reason: str
    actor: str
    at: datetime
    evidence: str = ""
    acts: tuple[BreakAct, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether it counts now."""
        return bool(self.acts) and self.acts[-1].kind is not PublicationKind.WITHDRAW_BREAK


Breaks = Mapping[tuple[str, str], tuple[SeriesBreak, ...]]


def add_break(conn: Connection, new: SeriesBreak) -> int:
    """Keep an approved break and let it hold from now on; return its id."""
    told = {each.name: getattr(new, each.name) for each in fields(SeriesBreak)}
    kept = {name: told[name] for name in told if name not in ("id", "acts")}
    added = series_break.insert().values(**kept).returning(series_break.c.id)
    number = int(conn.execute(added).scalar_one())
    what = f"{_said(new)}: {new.reason}"
    _act(
        conn,
        number,
        kind=PublicationKind.BREAK,
        actor_id=new.actor,
        at=new.at,
        note="",
        said=f"break {number}, {what}",
    )
    return number


def withdraw_break(
    conn: Connection, break_id: int, *, actor_id: str, at: datetime, note: str
) -> int:
    """Let a break hold no more and return the publication number; CallboardError unless it held."""
    found = read_break(conn, break_id)
    if not found.holds:
        raise CallboardError(f"Break {break_id} is withdrawn already. Nothing was changed.")
    said = f"break {break_id} withdrawn, {_said(found)}: {note}"
    return _act(
        conn,
        break_id,
        kind=PublicationKind.WITHDRAW_BREAK,
        actor_id=actor_id,
        at=at,
        note=note,
        said=said,
    )


def restore_break(conn: Connection, break_id: int, *, actor_id: str, at: datetime) -> int:
    """Let a withdrawn break hold again and return the publication number; CallboardError else."""
    found = read_break(conn, break_id)
    if found.holds:
        raise CallboardError(f"Break {break_id} holds already. Nothing was changed.")
    said = f"break {break_id} back, {_said(found)}: {found.reason}"
    return _act(
        conn,
        break_id,
        kind=PublicationKind.RESTORE_BREAK,
        actor_id=actor_id,
        at=at,
        note="",
        said=said,
    )


def read_break(conn: Connection, break_id: int) -> SeriesBreak:
    """One break with all that happened to it. CallboardError for one that is not there."""
    found = _read(conn, _breaks().where(series_break.c.id == break_id))
    if not found:
        raise CallboardError(f"There is no break {break_id}.")
    return found[0]


def read_breaks(
    conn: Connection, *, scope: Collection[str], metrics: Collection[str] | None = None
) -> tuple[SeriesBreak, ...]:
    """The breaks at the touchpoints in `scope`, held and withdrawn, by touchpoint, metric, day."""
    chosen = _breaks().where(series_break.c.touchpoint.in_(sorted(scope)))
    if metrics is not None:
        chosen = chosen.where(series_break.c.metric.in_(sorted(metrics)))
    found = _read(conn, chosen)
    return tuple(sorted(found, key=lambda each: (each.touchpoint, each.metric, each.day, each.id)))


def read_holding(conn: Connection, *, scope: Collection[str], metrics: Collection[str]) -> Breaks:
    """The breaks that hold, oldest first, by touchpoint and metric."""
    found: dict[tuple[str, str], tuple[SeriesBreak, ...]] = {}
    for each in read_breaks(conn, scope=scope, metrics=metrics):
        if each.holds:
            key = (each.touchpoint, each.metric)
            found[key] = (*found.get(key, ()), each)
    return found


def _said(of: SeriesBreak) -> str:
    return f"{of.metric} at {of.touchpoint} from {of.day.isoformat()}"


def _act(  # noqa: PLR0913 - the columns of the row, by keyword
    conn: Connection,
    break_id: int,
    *,
    kind: PublicationKind,
    actor_id: str,
    at: datetime,
    note: str,
    said: str,
) -> int:
    number = add_publication(conn, kind=kind, actor_id=actor_id, note=said, at=at)
    act = {"break_id": break_id, "act": kind.value, "actor": actor_id, "at": at, "note": note}
    conn.execute(series_break_act.insert().values(publication=number, **act))
    return number


def _breaks() -> Select[tuple[object, ...]]:
    act = series_break_act.c
    acts = [column.label(f"act_{column.name}") for column in act if column.name != "break_id"]
    return (
        select(*series_break.c, *acts)
        .join(series_break_act, act.break_id == series_break.c.id)
        .order_by(series_break.c.id, act.publication)
    )


def _read(conn: Connection, chosen: Select[tuple[object, ...]]) -> list[SeriesBreak]:
    acts: dict[int, list[BreakAct]] = {}
    rows: dict[int, Row[tuple[object, ...]]] = {}
    for row in conn.execute(chosen):
        rows[row.id] = row
        acts.setdefault(row.id, []).append(_told(row))
    return [
        SeriesBreak(
            **{each.name: row._mapping[each.name] for each in fields(SeriesBreak)[:-1]},
            acts=tuple(acts[number]),
        )
        for number, row in rows.items()
    ]


def _told(row: Row[tuple[object, ...]]) -> BreakAct:
    told = row._mapping
    return BreakAct(
        kind=PublicationKind(told["act_act"]),
        actor=told["act_actor"],
        at=told["act_at"],
        note=told["act_note"],
        publication=told["act_publication"],
    )
