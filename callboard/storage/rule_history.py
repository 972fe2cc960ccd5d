"""How the rules of a feed went over time: read from the results of all runs, which all stay."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Text, cast, exists, func, or_, select

from callboard.storage.tables import rule_result, run
from callboard.storage.trust_tables import slice_run
from data_contracts.evidence import Gate, State

_BROKEN = (State.FAIL.value, State.ERROR.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleName:
    """A rule of a feed in one slice; "" is the whole feed."""

    feed: str
    rule_id: str
    slice_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begin:
    """The run in which a rule began to be broken."""

    run_id: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DayResult:
    """A rule's result in the last run of a day (UTC) in which it was evaluated."""

    day: date
    failed: int
    evaluated: int


def began(conn: Connection, name: RuleName) -> Begin | None:
    """The first run since the rule was last kept in which it was broken; None where it is kept.

    A run that did not evaluate the rule neither ends nor begins that.
    """
    broken = _runs_of(name).where(
        rule_result.c.state.in_(_BROKEN), rule_result.c.run_id > _last_kept(conn, name)
    )
    first = conn.execute(broken.order_by(rule_result.c.run_id).limit(1)).one_or_none()
    return None if first is None else Begin(run_id=first.id, at=first.finished_at)


def _last_kept(conn: Connection, name: RuleName) -> int:
    """The last run that kept a rule, 0 where none did."""
    told = _runs_of(name).where(rule_result.c.state == State.PASS.value)
    last = conn.scalar(told.order_by(rule_result.c.run_id.desc()).limit(1)) or 0
    if not name.slice_key:
        return last
    unsaid = _kept_unsaid(name).order_by(slice_run.c.run_id.desc()).limit(1)
    return max(last, conn.scalar(unsaid) or 0)


def _kept_unsaid(name: RuleName) -> Select[Any]:
    """The runs that read a slice and have no result of a rule in it, though they judged it.

    Of scales, and of rules of rows at touchpoints, only those that are broken have a result; that a
    rule of rows was judged, its result of the whole run says.
    """
    here = (rule_result.c.run_id == slice_run.c.run_id, rule_result.c.rule_id == name.rule_id)
    is_told = exists().where(*here, rule_result.c.slice_key == name.slice_key)
    runs = select(slice_run.c.run_id).where(
        slice_run.c.feed == name.feed,
        slice_run.c.touchpoint == name.slice_key.partition("/")[0],
        ~is_told,
    )
    if name.rule_id == Gate.SCALE.value:
        return runs
    judged = (State.PASS.value, State.FAIL.value)
    return runs.where(
        exists().where(*here, rule_result.c.slice_key == "", rule_result.c.state.in_(judged))
    )


def read_days(conn: Connection, name: RuleName, *, since: datetime) -> tuple[DayResult, ...]:
    """How a rule went, the first day in front; days on which it was not evaluated are left out."""
    day = _day(conn)
    last = (
        select(func.max(run.c.id))
        .join(rule_result, rule_result.c.run_id == run.c.id)
        .where(*_is(name), run.c.finished_at >= since, rule_result.c.evaluated > 0)
        .group_by(day)
    )
    chosen = (
        select(day, rule_result.c.failed, rule_result.c.evaluated)
        .join(run, run.c.id == rule_result.c.run_id)
        .where(*_is(name), rule_result.c.run_id.in_(last))
        .order_by(rule_result.c.run_id)
    )
    return tuple(
        DayResult(day=date.fromisoformat(told), failed=failed, evaluated=evaluated)
        for told, failed, evaluated in conn.execute(chosen)
    )


def count_broken(
    conn: Connection, runs: Collection[int], *, touchpoints: Collection[str] | None = None
) -> dict[int, int]:
    """How many rules were broken in each of some runs; one without any is left out.

    With `touchpoints`, in the whole feed or in one of their slices.
    """
    counted = (
        select(rule_result.c.run_id, func.count(rule_result.c.rule_id.distinct()))
        .where(rule_result.c.run_id.in_(runs), rule_result.c.state.in_(_BROKEN))
        .group_by(rule_result.c.run_id)
    )
    if touchpoints is not None:
        counted = counted.where(_is_of(touchpoints))
    return {run_id: int(number) for run_id, number in conn.execute(counted)}


def broken_lately(conn: Connection, *, feed: str, runs: Collection[int]) -> tuple[RuleName, ...]:
    """The rules that were broken in one of some runs of a feed, in the order of rule and slice."""
    names = rule_result.c.rule_id, rule_result.c.slice_key
    chosen = (
        select(*names)
        .where(rule_result.c.run_id.in_(runs), rule_result.c.state.in_(_BROKEN))
        .distinct()
        .order_by(*names)
    )
    found = conn.execute(chosen)
    return tuple(RuleName(feed=feed, rule_id=rule, slice_key=where) for rule, where in found)


def _is_of(touchpoints: Collection[str]) -> ColumnElement[bool]:
    key = rule_result.c.slice_key
    parts = [func.substr(key, 1, len(each) + 1) == f"{each}/" for each in sorted(touchpoints)]
    return or_(key.in_(["", *sorted(touchpoints)]), *parts)


def _runs_of(name: RuleName) -> Select[Any]:
    joined = select(run.c.id, run.c.finished_at).join(rule_result, rule_result.c.run_id == run.c.id)
    return joined.where(*_is(name))


def _is(name: RuleName) -> tuple[ColumnElement[bool], ...]:
    return (
        run.c.feed == name.feed,
        rule_result.c.rule_id == name.rule_id,
        rule_result.c.slice_key == name.slice_key,
    )


def _day(conn: Connection) -> ColumnElement[str]:
    """The UTC day of a run as text."""
    if conn.dialect.name == "sqlite":
        return func.substr(cast(run.c.finished_at, Text), 1, 10)
    return func.to_char(func.timezone("UTC", run.c.finished_at), "YYYY-MM-DD")
