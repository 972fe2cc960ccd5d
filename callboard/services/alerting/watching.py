"""Looks after each round which alerts have gone off and which are over, and notes it once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from callboard.access import Action, Actor, Scope, require
from callboard.alert_rules import AlertRule
from callboard.logs import log_event
from callboard.services.alerting.looking import Looked, look
from callboard.services.alerting.words import tell_alert, tell_over
from callboard.services.notifying.channels import channels_of
from callboard.services.notifying.quiet_hours import is_quiet
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope
from callboard.storage.alerts import (
    AlertKey,
    StandingAlert,
    clear_alerts,
    raise_alert,
    read_standing,
)
from callboard.storage.engine import Connection, snapshot, write
from callboard.storage.notices import (
    Delivery,
    DeliveryState,
    Notice,
    NoticeKind,
    add_notice,
    write_delivery,
)
from callboard.storage.publications import PublicationKind, add_publication
from callboard.views import Tile
from metrics.alerting import Patience, is_off
from metrics.calendar import calendar_for


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertChange:
    """An alert that has gone off, or is over; `sentence` says so in the words people are told."""

    standing: StandingAlert
    is_off: bool
    sentence: str


def note_alerts(runtime: Runtime, actor: Actor) -> tuple[AlertChange, ...]:
    """Keep a notice of each alert that went off or is over, with its deliveries to be made.

    Where nothing has changed nothing is written.
    """
    require(actor, Action.REFRESH)
    scope = open_scope(runtime, actor)
    if not _find(runtime, scope):
        return ()
    now = runtime.clock.now()
    with write(runtime.store) as conn:
        changes = _changes(runtime, conn, scope, now)
        state = _when(runtime, now, is_alone=len(changes) == 1)
        for each in changes:
            _keep(runtime, conn, each, state)
        if changes:
            note = changes[0].sentence if len(changes) == 1 else f"{len(changes)} alerts"
            add_publication(conn, kind=PublicationKind.STATE, actor_id=actor.id, note=note, at=now)
    for each in changes:
        key = each.standing
        log_event("alert", rule=key.alert, slice=_slice(key), is_off=each.is_off)
    return tuple(changes)


def try_alerts(runtime: Runtime, actor: Actor) -> tuple[AlertChange, ...]:
    """What would go off, and what would be over, now, within the actor's scope; nothing is kept."""
    scope = open_scope(runtime, actor)
    return tuple(
        each for each in _find(runtime, scope) if each.standing.touchpoint in scope.touchpoints
    )


def _find(runtime: Runtime, scope: Scope) -> tuple[AlertChange, ...]:
    with snapshot(runtime.store) as conn:
        return tuple(_changes(runtime, conn, scope, runtime.clock.now()))


def _changes(runtime: Runtime, conn: Connection, scope: Scope, now: datetime) -> list[AlertChange]:
    rules, standing = runtime.workspace.alerts, read_standing(conn)
    if not rules and not standing:
        return []
    looked = {_key(each): each for each in look(runtime, conn, rules, scope)}
    raised = [
        each for key, each in looked.items() if key not in standing and _is_off(each, before=False)
    ]
    over = [
        each
        for key, each in standing.items()
        if _is_seen(runtime, scope, each.touchpoint)
        and (key not in looked or not _is_off(looked[key], before=True))
    ]
    tiles = _tiles([*raised, *(looked[each.key] for each in over if each.key in looked)])
    return [
        *(_raised(each, tiles[_key(each)], now) for each in raised),
        *(_over(each, looked.get(each.key), tiles.get(each.key)) for each in over),
    ]


def _is_seen(runtime: Runtime, scope: Scope, touchpoint: str) -> bool:
    """Who sees a part of the touchpoints ends no alert at the others; what is gone is nobody's."""
    return touchpoint in scope.touchpoints or touchpoint not in runtime.definitions.touchpoints


def _tiles(chosen: Sequence[Looked]) -> dict[AlertKey, Tile]:
    """The tile of each, those of one board made together."""
    boards = {id(each.board): each.board for each in chosen}
    made = {
        number: board.tiles([each.row for each in chosen if each.board is board])
        for number, board in boards.items()
    }
    return {_key(each): made[id(each.board)][each.row] for each in chosen}


def _is_off(looked: Looked, *, before: bool) -> bool:
    rule = looked.rule
    patience = Patience(periods=rule.periods, rearm_periods=rule.rearm_periods)
    return is_off(looked.positions, patience, before=before)


def _raised(looked: Looked, tile: Tile, now: datetime) -> AlertChange:
    sentence = tell_alert(looked, tile)
    start = looked.board.judged.period_start(looked.row)
    assert start is not None
    alert, touchpoint, metric = _key(looked)
    standing = StandingAlert(
        alert=alert,
        touchpoint=touchpoint,
        metric=metric,
        period=calendar_for(looked.board.period.grain).period_of(start).start,
        since=now,
        sentence=sentence,
    )
    return AlertChange(standing=standing, is_off=True, sentence=sentence)


def _over(standing: StandingAlert, looked: Looked | None, tile: Tile | None) -> AlertChange:
    told = tell_over(standing, looked, tile)
    return AlertChange(standing=standing, is_off=False, sentence=told)


def _when(runtime: Runtime, now: datetime, *, is_alone: bool) -> DeliveryState:
    """Several that come at once go together, and what comes in quiet hours waits."""
    told = runtime.definitions.notifications
    quiet = told is not None and is_quiet(told.quiet_hours, now, runtime.workspace.time_zone)
    return DeliveryState.DUE if is_alone and not quiet else DeliveryState.HELD


def _keep(runtime: Runtime, conn: Connection, change: AlertChange, state: DeliveryState) -> None:
    standing, now = change.standing, runtime.clock.now()
    if change.is_off:
        raise_alert(conn, standing)
    else:
        clear_alerts(conn, [standing.key])
    number = add_notice(
        conn,
        Notice(
            at=now,
            kind=NoticeKind.ALERT if change.is_off else NoticeKind.ALERT_OVER,
            feed="",
            slice_key=_slice(standing),
            badge="",
            before="",
            sentence=change.sentence,
            alert=standing.alert,
        ),
    )
    wanted = _channels(runtime.workspace.alerts, standing.alert)
    for name in channels_of(runtime.definitions.notifications):
        if wanted is not None and (not wanted or name in wanted):
            delivery = Delivery(notice_id=number, channel=name, state=state, at=now)
            write_delivery(conn, delivery)


def _channels(rules: tuple[AlertRule, ...], alert: str) -> tuple[str, ...] | None:
    """Those that a rule names, none for all; None of a rule that is gone: nobody is told."""
    return next((each.channels for each in rules if each.alert == alert), None)


def _key(looked: Looked) -> AlertKey:
    return looked.rule.alert, looked.touchpoint, looked.metric.code


def _slice(standing: StandingAlert) -> str:
    return f"{standing.touchpoint}/{standing.metric}"
