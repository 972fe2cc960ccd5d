"""Baselines of series: which periods a person lets make the limits, or sets aside from them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from callboard.storage.approvals import SeriesApproval, Shelf, series_said, within
from callboard.storage.baseline_tables import series_baseline, series_baseline_act
from callboard.storage.publications import PublicationKind
from metrics.chosen import BaselineUse


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesBaseline(SeriesApproval):
    """What is normal for a metric at a touchpoint: the days `first` to `last`, or all but."""

    first: date
    last: date
    use: BaselineUse


Baselines = Mapping[tuple[str, str], tuple[SeriesBaseline, ...]]

_SHELF = Shelf(
    noun="baseline",
    of=SeriesBaseline,
    table=series_baseline,
    acts=series_baseline_act,
    kinds=(
        PublicationKind.BASELINE,
        PublicationKind.WITHDRAW_BASELINE,
        PublicationKind.RESTORE_BASELINE,
    ),
)


def add_baseline(conn: Connection, new: SeriesBaseline) -> int:
    """Keep an approved baseline and let it hold from now on; return its id."""
    span = f"{new.first.isoformat()} to {new.last.isoformat()}"
    return _SHELF.add(conn, new, said=f"{new.use} {span} for {new.metric} at {new.touchpoint}")


def withdraw_baseline(
    conn: Connection, number: int, *, actor_id: str, at: datetime, note: str
) -> int:
    """Let a baseline hold no more; the publication number. CallboardError unless it held."""
    return _SHELF.withdraw(conn, number, actor_id=actor_id, at=at, note=note, said=series_said)


def restore_baseline(conn: Connection, number: int, *, actor_id: str, at: datetime) -> int:
    """Let a withdrawn baseline hold again; the publication number. CallboardError if it holds."""
    return _SHELF.restore(conn, number, actor_id=actor_id, at=at, said=series_said)


def read_baselines(
    conn: Connection, *, scope: Collection[str], metrics: Collection[str] | None = None
) -> tuple[SeriesBaseline, ...]:
    """Those at the touchpoints in `scope`, held and withdrawn, by touchpoint, metric, first day."""
    found = _SHELF.read_all(conn, *within(series_baseline, scope=scope, metrics=metrics))
    return tuple(
        sorted(found, key=lambda each: (each.touchpoint, each.metric, each.first, each.id))
    )


def read_laid(conn: Connection, *, scope: Collection[str], metrics: Collection[str]) -> Baselines:
    """The baselines that hold, oldest span first, by touchpoint and metric."""
    found: dict[tuple[str, str], tuple[SeriesBaseline, ...]] = {}
    for each in read_baselines(conn, scope=scope, metrics=metrics):
        if each.holds:
            key = (each.touchpoint, each.metric)
            found[key] = (*found.get(key, ()), each)
    return found
