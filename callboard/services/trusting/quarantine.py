"""Rows that were kept out, a page at a time; and waiving, reopening and reading them again."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from callboard.access import Action, Actor, require
from callboard.errors import CallboardError
from callboard.services.acting import said
from callboard.services.runtime import Runtime
from callboard.services.trusting.rows import (
    contract_of,
    correction_of,
    is_corrected,
    may_correct,
    require_row,
    shown_row,
    touchpoints_of,
)
from callboard.services.trusting.telling import tell_act
from callboard.storage.corrections import add_correction, read_corrections
from callboard.storage.engine import Connection, snapshot, write
from callboard.storage.quarantine import QuarantineStatus, StoredRow, resolve_row
from callboard.storage.quarantine_acts import Act, RowAct, add_act, read_acts
from callboard.storage.quarantine_choice import (
    Facets,
    RowChoice,
    count_chosen,
    read_chosen,
    read_facets,
)
from callboard.views import QuarantinedRow, QuarantinePage
from data_contracts.model import Contract

ANY = "any"
MOST = 10_000
_STATUSES = {each.value: each for each in QuarantineStatus}


def read_quarantine(  # noqa: PLR0913 - which rows, by keyword
    runtime: Runtime,
    actor: Actor,
    *,
    feed: str,
    status: str = QuarantineStatus.OPEN.value,
    rule: str = "",
    touchpoint: str = "",
    day: str = "",
    limit: int = 50,
    offset: int = 0,
) -> QuarantinePage:
    """Return rows of a feed that were kept out, the newest first; personal columns masked.

    `status` "any" means all. An actor who may read some touchpoints only sees their rows.
    NotAllowed without the right to read rows, and for a feed there is not.
    """
    require(actor, Action.READ_ROWS)
    contract = contract_of(runtime, feed)
    choice = RowChoice(
        feed=feed,
        status=None if status == ANY else _status(status),
        rule=rule,
        touchpoint=touchpoint,
        day=_day(day),
        touchpoints=touchpoints_of(runtime, actor),
    )
    with snapshot(runtime.store) as conn:
        facets = read_facets(conn, choice)
        total = count_chosen(conn, choice)
        start = max(0, min(offset, total - 1))
        stored = read_chosen(conn, choice, limit=max(1, min(limit, MOST)), offset=start)
        rows = _shown(conn, runtime, actor, stored)
    return QuarantinePage(
        feed=feed,
        name=contract.name,
        rows=rows,
        total=total,
        offset=start,
        statuses={name: f"{name.capitalize()} ({n:,})" for name, n in facets.statuses.items()},
        rules=_rules(contract, facets),
        touchpoints=_touchpoints(runtime, facets),
        days=tuple(facets.days),
        columns=tuple((each.name, may_correct(contract, each.name)) for each in contract.columns),
    )


def read_row(runtime: Runtime, actor: Actor, *, row: int) -> QuarantinedRow:
    """Return one row in quarantine with all that was done about it."""
    require(actor, Action.READ_ROWS)
    with snapshot(runtime.store) as conn:
        return _shown(conn, runtime, actor, [require_row(conn, runtime, actor, row)])[0]


def waive_row(runtime: Runtime, actor: Actor, *, row: int, why: str) -> QuarantinedRow:
    """Leave a row out for good and ask no more; what it should have read is not known.

    CallboardError without a reason and for a row that is not open.
    """
    require(actor, Action.EDIT_QUARANTINE)
    note = said(why, "Say why it is left out: the reason stands beside the row.")
    with write(runtime.store) as conn:
        found = require_row(conn, runtime, actor, row)
        if found.status is not QuarantineStatus.OPEN:
            raise CallboardError(f"Row {row} is {found.status.value}; only open rows are waived.")
        at = runtime.clock.now("UTC")
        _withdraw_correction(conn, found, actor, at)
        told = {"by": actor.id, "note": note}
        resolve_row(conn, row, status=QuarantineStatus.WAIVED, at=at, **told)
        _keep(
            conn,
            runtime,
            actor,
            found,
            RowAct(row_id=row, act=Act.WAIVED, actor=actor.id, at=at, note=note),
        )
        return _again(conn, runtime, actor, row)


def reopen_row(runtime: Runtime, actor: Actor, *, row: int, why: str) -> QuarantinedRow:
    """Take back a waiver or a correction; the row waits again, and its figures go at a refresh.

    CallboardError without a reason, for a row that is open, and for one mended in its source.
    """
    require(actor, Action.EDIT_QUARANTINE)
    note = said(why, "Say why it is reopened: the history keeps it beside the row.")
    with write(runtime.store) as conn:
        found = require_row(conn, runtime, actor, row)
        if found.status is not QuarantineStatus.WAIVED and not is_corrected(found):
            raise CallboardError(_not_reopened(found))
        at = runtime.clock.now("UTC")
        _withdraw_correction(conn, found, actor, at)
        resolve_row(conn, row, status=QuarantineStatus.OPEN)
        _keep(
            conn,
            runtime,
            actor,
            found,
            RowAct(row_id=row, act=Act.REOPENED, actor=actor.id, at=at, note=note),
        )
        return _again(conn, runtime, actor, row)


def replay(
    runtime: Runtime, actor: Actor, *, feed: str, rows: Collection[int] = ()
) -> tuple[date, ...]:
    """Have the next refresh read the days of open rows again (of all, where none is named).

    Return those days. A row whose day cannot be told is read again when all of the feed is.
    """
    require(actor, Action.EDIT_QUARANTINE)
    contract = contract_of(runtime, feed)
    choice = RowChoice(feed=feed, touchpoints=touchpoints_of(runtime, actor))
    with write(runtime.store) as conn:
        named = [require_row(conn, runtime, actor, number) for number in rows]
        found = named or list(read_chosen(conn, choice, limit=MOST))
        of_day = {each.day: each for each in found if each.day is not None and each.feed == feed}
        at = runtime.clock.now("UTC")
        for each in of_day.values():
            add_act(conn, RowAct(row_id=each.id, act=Act.ASKED_AGAIN, actor=actor.id, at=at))
        days = tuple(sorted(day for day in of_day if day is not None))
        if days:
            note = f"{contract.name}: {len(days)} days are read again"
            tell_act(conn, runtime, actor, feed=feed, action="replay", target=feed, note=note)
        return days


def _status(name: str) -> QuarantineStatus:
    if name not in _STATUSES:
        raise CallboardError(f"Found status {name!r}; expected {', '.join([*_STATUSES, ANY])}.")
    return _STATUSES[name]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CallboardError(f"Found {text!r}; expected a day such as 2026-01-31.") from None


def _shown(
    conn: Connection, runtime: Runtime, actor: Actor, rows: Collection[StoredRow]
) -> tuple[QuarantinedRow, ...]:
    acts = read_acts(conn, [each.id for each in rows])
    feeds = {each.feed for each in rows}
    held = {
        (each.feed, each.row_key, each.row_hash): each
        for feed in feeds
        for each in read_corrections(conn, feed=feed)
    }
    return tuple(
        shown_row(
            runtime,
            actor,
            each,
            acts=acts.get(each.id, ()),
            corrected=held.get((each.feed, each.row_key, each.row_hash)),
        )
        for each in rows
    )


def _again(conn: Connection, runtime: Runtime, actor: Actor, row: int) -> QuarantinedRow:
    return _shown(conn, runtime, actor, [require_row(conn, runtime, actor, row)])[0]


def _rules(contract: Contract, facets: Facets) -> Mapping[str, str]:
    told = {each.rule_id: each.description for each in contract.checks}
    return {rule: f"{told.get(rule, rule)} ({n:,})" for rule, n in facets.rules.items()}


def _touchpoints(runtime: Runtime, facets: Facets) -> Mapping[str, str]:
    """Rows of no known touchpoint cannot be chosen by it."""
    known = runtime.definitions.touchpoints
    return {
        code: f"{known[code].name if code in known else code} ({n:,})"
        for code, n in facets.touchpoints.items()
        if code
    }


def _withdraw_correction(conn: Connection, row: StoredRow, actor: Actor, at: datetime) -> None:
    """A correction without fields holds in place of the one before."""
    held = {(e.row_key, e.row_hash) for e in read_corrections(conn, feed=row.feed) if e.fields}
    if (row.row_key, row.row_hash) in held:
        add_correction(conn, correction_of(row, {}, actor, at=at, note=""))


def _keep(conn: Connection, runtime: Runtime, actor: Actor, row: StoredRow, act: RowAct) -> None:
    add_act(conn, act)
    name = runtime.definitions.contracts[row.feed].name
    note = f"{name}: row {row.id} {act.act.value}"
    tell_act(
        conn,
        runtime,
        actor,
        feed=row.feed,
        action=f"row_{act.act.value}",
        target=f"row {row.id}",
        note=note,
    )


def _not_reopened(row: StoredRow) -> str:
    if row.status is QuarantineStatus.OPEN:
        return f"Row {row.id} is open already."
    return f"Row {row.id} is {row.status.value}: its source reads differently by now."
