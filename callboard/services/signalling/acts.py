"""What people do about a signal: each act is kept with its audit row, and everybody sees it."""

from dataclasses import dataclass
from datetime import date, timedelta

from callboard import figures
from callboard.access import Action, Actor, require
from callboard.errors import CallboardError
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope, require_metric
from callboard.services.signalling.following import follow_up
from callboard.services.signalling.lately import beginnings
from callboard.services.tiles.board import Asked, read_board
from callboard.storage.engine import Connection, write
from callboard.storage.signal_acts import (
    SignalAct,
    SignalActKind,
    SignalKey,
    add_signal_act,
    read_signal_acts,
)
from callboard.views.signalling import FollowUp
from metrics.model import Grain

LONGEST_COMMENT = 500
LONGEST_NAME = 80
LATEST = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalAt:
    """The signal that is meant: `since` is the ISO day under which its acts are kept."""

    touchpoint: str
    metric: str
    grain: Grain
    since: str


def acknowledge(runtime: Runtime, actor: Actor, signal: SignalAt) -> FollowUp:
    """Say that a signal was taken note of; CallboardError where it was already."""
    return _act(runtime, actor, signal, SignalActKind.ACKNOWLEDGE)


def reopen(runtime: Runtime, actor: Actor, signal: SignalAt) -> FollowUp:
    """Take back that a signal is done or, where it is not, that it was taken note of."""
    return _act(runtime, actor, signal, SignalActKind.REOPEN)


def finish(runtime: Runtime, actor: Actor, signal: SignalAt) -> FollowUp:
    """Say that what there was to do about a signal is done."""
    return _act(runtime, actor, signal, SignalActKind.DONE)


def comment(runtime: Runtime, actor: Actor, signal: SignalAt, *, text: str) -> FollowUp:
    """Write something beside a signal, at most 500 characters; CallboardError for nothing."""
    require(actor, Action.ACT_ON_SIGNALS)
    said = _plain(text, LONGEST_COMMENT, "A comment")
    if not said:
        raise CallboardError("Write something: an empty comment is not kept.")
    return _act(runtime, actor, signal, SignalActKind.COMMENT, note=said)


def assign(
    runtime: Runtime, actor: Actor, signal: SignalAt, *, to: str, due: date | None, task: str = ""
) -> FollowUp:
    """Give a signal to a person by name, to be done by a day; whoever had it has it no more.

    CallboardError without a name or a day, and for a day that is past or over a year ahead.
    """
    require(actor, Action.ACT_ON_SIGNALS)
    name, said = _plain(to, LONGEST_NAME, "A name"), _plain(task, LONGEST_COMMENT, "The task")
    today = runtime.clock.today(runtime.workspace.time_zone)
    if not name:
        raise CallboardError("Say who is to see to it.")
    if due is None or not today <= due <= today + LATEST:
        found = due or "no day"
        raise CallboardError(
            f"Found {found} as the day to be done by; expected one from {today} to "
            f"{today + LATEST}."
        )
    given = {"assignee": name, "due": due, "note": said}
    return _act(runtime, actor, signal, SignalActKind.ASSIGN, **given)


def take_back(runtime: Runtime, actor: Actor, signal: SignalAt) -> FollowUp:
    """Let nobody have a signal to see to any more; CallboardError where nobody has."""
    return _act(runtime, actor, signal, SignalActKind.ASSIGN)


def _act(
    runtime: Runtime, actor: Actor, signal: SignalAt, act: SignalActKind, **given: object
) -> FollowUp:
    require(actor, Action.ACT_ON_SIGNALS)
    open_scope(runtime, actor).require(signal.touchpoint)
    require_metric(runtime, signal.metric)
    key = _key(signal)
    today = runtime.clock.today(runtime.workspace.time_zone)
    with write(runtime.store) as connection:
        acts = _acts_on(connection, key)
        _refuse_again(act, follow_up(acts, today=today), given)
        new = SignalAct(
            key=key,
            signal=acts[-1].signal if acts else _signal_of(runtime, actor, connection, key),
            act=act,
            actor=actor.id,
            at=runtime.clock.now("UTC"),
            **given,  # type: ignore[arg-type]  # the fields of an assignment or a comment
        )
        add_signal_act(connection, new)
        return follow_up((*acts, new), today=today)


def _key(signal: SignalAt) -> SignalKey:
    try:
        since = date.fromisoformat(signal.since)
    except ValueError:
        raise CallboardError(
            f"Found {signal.since!r}; expected the day a signal began, such as 2026-10-05."
        ) from None
    return SignalKey(signal.touchpoint, signal.metric, signal.grain.value, since)


def _acts_on(connection: Connection, key: SignalKey) -> tuple[SignalAct, ...]:
    acts = read_signal_acts(connection, scope={key.touchpoint})
    return tuple(each for each in acts if each.key == key)


def _refuse_again(act: SignalActKind, now: FollowUp, given: dict[str, object]) -> None:
    """CallboardError for what would change nothing."""
    refused = {
        SignalActKind.ACKNOWLEDGE: now.is_acknowledged
        and f"It is acknowledged already, by {now.acknowledged_by}",
        SignalActKind.REOPEN: not now.is_acknowledged and "Nobody has acknowledged it",
        SignalActKind.DONE: bool(now.done_by) and f"It is done already, said {now.done_by}",
        SignalActKind.ASSIGN: not (given.get("assignee") or now.assignee) and "Nobody has it",
    }.get(act)
    if refused:
        raise CallboardError(f"{refused}. Nothing was changed.")


def _signal_of(runtime: Runtime, actor: Actor, connection: Connection, key: SignalKey) -> str:
    """What a signal without acts is; CallboardError where there is none, or none any more."""
    grain = Grain(key.grain)
    asked = Asked(
        grain=grain,
        period=None,
        scope=open_scope(runtime, actor),
        touchpoints=frozenset({key.touchpoint}),
        metrics=(key.metric,),
    )
    board = read_board(runtime, connection, asked)
    for each in beginnings(board, periods=1):
        if each.since == key.since:
            return each.signal.value
    definitions = runtime.definitions
    name = definitions.metrics[key.metric].name
    place = definitions.touchpoints[key.touchpoint].name
    day = figures.format_day(key.since)
    raise CallboardError(
        f"There is no signal of {name} at {place} that began on {day}. Newer figures may have "
        "moved its beginning: load the page again."
    )


def _plain(text: str, most: int, what: str) -> str:
    """What was typed, on one line and without what a store cannot keep."""
    told = " ".join(text.encode("utf-8", "replace").decode().replace("\x00", "").split())
    if len(told) > most:
        raise CallboardError(
            f"{what} has at most {most} characters; this one has {len(told)}. Make it shorter."
        )
    return told
