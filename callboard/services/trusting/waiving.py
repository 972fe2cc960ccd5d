"""Rules that hold nothing back up to a day: given, withdrawn, expired, listed."""

from collections.abc import Iterable
from datetime import date, timedelta

from callboard.access import Action, Actor, require
from callboard.errors import CallboardError, NotAllowed
from callboard.services.acting import said
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope
from callboard.services.trusting.places import place_in_words
from callboard.services.trusting.rows import contract_of, touchpoints_of
from callboard.services.trusting.telling import tell_act
from callboard.storage import waivers as kept
from callboard.storage.engine import Connection, snapshot, write
from callboard.storage.runs import read_rule_results, read_runs
from callboard.storage.waivers import Waiver, add_waiver, read_waivers
from callboard.views import WaiverRow
from data_contracts.bounds import (
    FRESHNESS,
    QUARANTINE_SHARE,
    ROWS,
    SOME_ROWS,
    tell_quarantine_share,
)
from data_contracts.evidence import Gate, slice_key
from data_contracts.gates.fresh import tell_freshness
from data_contracts.gates.slices import tell_gate
from data_contracts.model import Contract
from definition_files import nearest

LONGEST = timedelta(days=366)


def rules_to_waive(contract: Contract) -> dict[str, str]:
    """The rules that can hold data back, with their words: gates, and rules with a tolerance."""
    tolerant = {
        each.rule_id: each.description for each in contract.checks if each.tolerance is not None
    }
    counted = {each.rule_id: each.description for each in contract.row_counts}
    gates = {
        QUARANTINE_SHARE: tell_quarantine_share(contract),
        ROWS: SOME_ROWS,
        FRESHNESS: tell_freshness(contract),
        **{gate.value: tell_gate(contract, gate) for gate in Gate},
    }
    return {**gates, **tolerant, **counted}


def waive_rule(  # noqa: PLR0913 - what is waived, by keyword
    runtime: Runtime,
    actor: Actor,
    *,
    feed: str,
    rule: str,
    until: date,
    why: str,
    slice_key: str = "",
    owner: str = "",
) -> WaiverRow:
    """Let a broken rule hold nothing back up to and with a day; rows that break rules stay out.

    `slice_key` is a touchpoint, or `touchpoint/metric`; "" is every slice. CallboardError without a
    reason, for a rule that holds nothing back, and for a day that is past or over a year ahead.
    """
    require(actor, Action.WAIVE)
    contract = contract_of(runtime, feed)
    reason = said(why, "Say why: the reason stands beside every figure that it lets through.")
    _require_rule(contract, rule)
    place = _require_slice(runtime, actor, contract, slice_key)
    today = runtime.clock.today(runtime.workspace.time_zone)
    if not today <= until <= today + LONGEST:
        last = today + LONGEST
        raise CallboardError(f"Found {until}; expected a day from {today} to {last}.")
    new = Waiver(
        feed=feed,
        rule_id=rule,
        slice_key=place,
        reason=reason,
        owner=said(owner or actor.name, "Say who answers for it, or leave it to your own name."),
        until=until,
        actor=actor.id,
        at=runtime.clock.now("UTC"),
    )
    return _keep(runtime, actor, new)


def _keep(runtime: Runtime, actor: Actor, new: Waiver) -> WaiverRow:
    name = runtime.definitions.contracts[new.feed].name
    note = f"{name}: {new.rule_id} waived until {new.until}"
    with write(runtime.store) as conn:
        number = add_waiver(conn, new)
        target = f"waiver {number}"
        tell_act(conn, runtime, actor, feed=new.feed, action="waive_rule", target=target, note=note)
        return _row(runtime, _find(conn, runtime, actor, number))


def withdraw_waiver(runtime: Runtime, actor: Actor, *, number: int, why: str) -> WaiverRow:
    """End a waiver before its day; it stays in the list. CallboardError where it has ended.

    NotAllowed for one of every slice, to somebody who may see some touchpoints only.
    """
    require(actor, Action.WAIVE)
    note = said(why, "Say why it is withdrawn: the history keeps it beside the waiver.")
    with write(runtime.store) as conn:
        found = _find(conn, runtime, actor, number)
        if not found.slice_key and touchpoints_of(runtime, actor) is not None:
            raise NotAllowed(f"{actor.name} may withdraw waivers of single touchpoints only.")
        if not _holds(runtime, found):
            raise CallboardError(f"Waiver {number} has ended already.")
        at = runtime.clock.now("UTC")
        kept.withdraw_waiver(conn, number, actor_id=actor.id, at=at, note=note)
        told = f"{runtime.definitions.contracts[found.feed].name}: waiver {number} withdrawn"
        target = f"waiver {number}"
        tell_act(
            conn,
            runtime,
            actor,
            feed=found.feed,
            action="withdraw_waiver",
            target=target,
            note=told,
        )
        return _row(runtime, _find(conn, runtime, actor, number))


def list_waivers(runtime: Runtime, actor: Actor, *, feed: str = "") -> tuple[WaiverRow, ...]:
    """Return the waivers that hold, those that end first in front, then those that have ended."""
    require(actor, Action.READ_TRUST)
    if feed:
        contract_of(runtime, feed)
    with snapshot(runtime.store) as conn:
        found = _seen(runtime, actor, read_waivers(conn, feed=feed))
    rows = [_row(runtime, each) for each in found]
    return tuple(sorted(rows, key=lambda row: not row.holds))


def slices_of(runtime: Runtime, actor: Actor, *, feed: str) -> dict[str, str]:
    """The slices that the last run of a feed told apart, and every touchpoint, with their names."""
    scope = open_scope(runtime, actor)
    with snapshot(runtime.store) as conn:
        last = next(iter(read_runs(conn, feed=feed, limit=1)), None)
        told = {each.slice_key for each in read_rule_results(conn, last.id)} if last else set()
    seen = {each for each in told if each and each.partition("/")[0] in scope.touchpoints}
    named = {each: place_in_words(runtime, each) for each in seen | scope.touchpoints}
    return dict(sorted(named.items(), key=lambda item: item[1]))


def _require_rule(contract: Contract, rule: str) -> None:
    known = rules_to_waive(contract)
    if rule in known:
        return
    if any(each.rule_id == rule for each in contract.checks):
        raise CallboardError(
            f"{rule} holds no data back: rows that break it stay out of the figures one by one. "
            f"Correct or waive the rows, or waive the gate that they break ({Gate.SHARE.value})."
        )
    raise CallboardError(f"{contract.name} has no rule {rule!r}. {nearest(rule, known)}".rstrip())


def _require_slice(runtime: Runtime, actor: Actor, contract: Contract, key: str) -> str:
    """The slice as runs call it; "" for all of them."""
    touchpoint, _, metric = (part.strip() for part in key.partition("/"))
    if not touchpoint and metric:
        raise CallboardError(f"Found {key!r}; expected a touchpoint, or touchpoint/metric.")
    if not touchpoint:
        if touchpoints_of(runtime, actor) is not None:
            raise NotAllowed(f"{actor.name} may waive rules of single touchpoints only.")
        return ""
    open_scope(runtime, actor).require(touchpoint)
    metrics = [m for m, each in runtime.definitions.metrics.items() if contract.feed in each.feeds]
    if metric and metric not in metrics:
        raise CallboardError(
            f"{contract.name} has no metric {metric!r}. {nearest(metric, metrics)}"
        )
    return slice_key(touchpoint, metric)


def _find(conn: Connection, runtime: Runtime, actor: Actor, number: int) -> Waiver:
    for each in _seen(runtime, actor, read_waivers(conn)):
        if each.id == number:
            return each
    raise NotAllowed(f"There is no waiver {number}.")


def _seen(runtime: Runtime, actor: Actor, found: Iterable[Waiver]) -> list[Waiver]:
    """Those of connected feeds and of touchpoints that the actor may see."""
    seen = touchpoints_of(runtime, actor)
    known = [each for each in found if each.feed in runtime.definitions.contracts]
    return [
        each
        for each in known
        if seen is None or not each.slice_key or each.slice_key.partition("/")[0] in seen
    ]


def _holds(runtime: Runtime, waiver: Waiver) -> bool:
    today = runtime.clock.today(runtime.workspace.time_zone)
    return waiver.withdrawn_at is None and waiver.until >= today


def _row(runtime: Runtime, waiver: Waiver) -> WaiverRow:
    holds = _holds(runtime, waiver)
    ended = f"withdrawn by {waiver.withdrawn_by}" if waiver.withdrawn_at else "expired"
    words = rules_to_waive(runtime.definitions.contracts[waiver.feed])
    return WaiverRow(
        id=waiver.id,
        feed=waiver.feed,
        rule_id=waiver.rule_id,
        description=words.get(waiver.rule_id, waiver.rule_id),
        slice_key=waiver.slice_key,
        where=place_in_words(runtime, waiver.slice_key),
        reason=waiver.reason,
        owner=waiver.owner,
        until=waiver.until,
        actor=waiver.actor,
        at=waiver.at,
        state="in force" if holds else ended,
        holds=holds,
    )
