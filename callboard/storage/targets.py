"""Targets that people approved: from when, by whom and why, and which of them hold now."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from callboard.storage.approvals import SeriesApproval, Shelf, series_said, within
from callboard.storage.publications import PublicationKind
from callboard.storage.target_tables import series_target, series_target_act


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesTarget(SeriesApproval):
    """What is promised of a metric at a touchpoint from `day` to `until` (None: until changed).

    `value` is in the metric's unit; None means that there is no target in these days.
    """

    value: float | None
    day: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether it is of this day."""
        return self.day <= day and (self.until is None or day <= self.until)


ApprovedTargets = Mapping[tuple[str, str], tuple[SeriesTarget, ...]]

_SHELF = Shelf(
    noun="target",
    of=SeriesTarget,
    table=series_target,
    acts=series_target_act,
    kinds=(
        PublicationKind.TARGET,
        PublicationKind.WITHDRAW_TARGET,
        PublicationKind.RESTORE_TARGET,
    ),
)


def add_target(conn: Connection, new: SeriesTarget) -> int:
    """Keep an approved target and let it hold from now on; return its id."""
    value = "none" if new.value is None else repr(new.value)
    until = "" if new.until is None else f" to {new.until.isoformat()}"
    said = f"{series_said(new)}, {value} from {new.day.isoformat()}{until}"
    return _SHELF.add(conn, new, said=said)


def withdraw_target(
    conn: Connection, target_id: int, *, actor_id: str, at: datetime, note: str
) -> int:
    """Let a target hold no more; the publication number. CallboardError unless it held."""
    return _SHELF.withdraw(conn, target_id, actor_id=actor_id, at=at, note=note, said=series_said)


def restore_target(conn: Connection, target_id: int, *, actor_id: str, at: datetime) -> int:
    """Let a withdrawn target hold again; the publication number. CallboardError if it holds."""
    return _SHELF.restore(conn, target_id, actor_id=actor_id, at=at, said=series_said)


def read_targets(
    conn: Connection, *, scope: Collection[str], metrics: Collection[str] | None = None
) -> tuple[SeriesTarget, ...]:
    """The targets at the touchpoints in `scope`, held and withdrawn, in the order of approval."""
    return tuple(_SHELF.read_all(conn, *within(series_target, scope=scope, metrics=metrics)))


def read_promised(
    conn: Connection, *, scope: Collection[str], metrics: Collection[str] | None = None
) -> ApprovedTargets:
    """The targets that hold by touchpoint and metric, the newest approved first."""
    found: dict[tuple[str, str], tuple[SeriesTarget, ...]] = {}
    for each in read_targets(conn, scope=scope, metrics=metrics):
        if each.holds:
            key = (each.touchpoint, each.metric)
            found[key] = (each, *found.get(key, ()))
    return found
