"""What badges open to: the runs that feeds were judged by, what was broken in them, and where."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, and_, func, or_, select

from callboard.storage.quarantine import QuarantineStatus
from callboard.storage.tables import quarantine, rule_result, run
from callboard.storage.trust_tables import slice_run
from data_contracts.evidence import State

Counts = Mapping[str, Mapping[str, int]]
"""A number of rows by feed and touchpoint; "" are rows of which none is known."""

_LATELY = 200  # runs; more would make every page wait for touchpoints that are read no more


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedRun:
    """A run with its counts, without the evidence that makes a run's row large."""

    id: int
    judged_at: datetime
    rows_in: int
    rows_used: int
    rows_quarantined: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenRule:
    """A rule that a run broke or could not check, and how long it may be (`waived_until`)."""

    rule_id: str
    slice_key: str
    description: str
    message: str
    evaluated: int
    failed: int
    waived_until: date | None


def read_judged_runs(conn: Connection, ids: Collection[int]) -> dict[int, JudgedRun]:
    """The runs of these numbers."""
    columns = (run.c.id, run.c.rows_in, run.c.rows_used, run.c.rows_quarantined)
    chosen = select(*columns, run.c.finished_at.label("judged_at")).where(run.c.id.in_(ids))
    return {row.id: JudgedRun(**row._mapping) for row in conn.execute(chosen)}


def read_broken_rules(conn: Connection, ids: Collection[int]) -> dict[int, list[BrokenRule]]:
    """What these runs broke or could not check, by run, in the order of rule and slice."""
    columns = [rule_result.c[name] for name in BrokenRule.__dataclass_fields__]
    broken = rule_result.c.state.in_((State.FAIL, State.ERROR))
    chosen = select(rule_result.c.run_id, *columns).where(
        rule_result.c.run_id.in_(ids), or_(broken, rule_result.c.waived_until.is_not(None))
    )
    found = defaultdict[int, list[BrokenRule]](list)
    ordered = chosen.order_by(rule_result.c.rule_id, rule_result.c.slice_key)
    for run_id, *values in conn.execute(ordered):
        found[run_id].append(BrokenRule(**dict(zip(BrokenRule.__dataclass_fields__, values))))  # noqa: B905 - of one length
    return dict(found)


def read_slice_rows(
    conn: Connection, ids: Collection[int]
) -> dict[tuple[str, str], tuple[int, int]]:
    """How many rows came in and were used at each touchpoint, by feed and touchpoint.

    A touchpoint that these runs did not read is told by the last run that did, where that is not
    long ago.
    """
    newest = max(ids, default=0)
    mine = (slice_run.c.feed, slice_run.c.touchpoint)
    last = (
        select(slice_run.c.touchpoint, func.max(slice_run.c.run_id).label("run_id"))
        .where(slice_run.c.run_id > newest - _LATELY, slice_run.c.run_id <= newest)
        .group_by(*mine)
        .subquery()
    )
    is_last = and_(last.c.run_id == slice_run.c.run_id, last.c.touchpoint == slice_run.c.touchpoint)
    chosen = (
        select(slice_run.c.run_id, *mine, slice_run.c.rows_in, slice_run.c.rows_used)
        .outerjoin(last, is_last)
        .where(or_(slice_run.c.run_id.in_(ids), last.c.run_id.is_not(None)))
    )
    found = sorted(conn.execute(chosen), key=lambda row: row[0] in ids)
    return {(feed, place): (came, used) for _, feed, place, came, used in found}


def count_quarantine_by_touchpoint(conn: Connection) -> Counts:
    """How many rows wait in quarantine, by feed and touchpoint."""
    is_open = quarantine.c.status == QuarantineStatus.OPEN
    columns = (quarantine.c.feed, quarantine.c.touchpoint)
    counted = select(*columns, func.count()).where(is_open).group_by(*columns)
    found = defaultdict[str, dict[str, int]](dict)
    for feed, touchpoint, count in conn.execute(counted):
        found[feed][touchpoint] = int(count)
    return found
