"""What people do about a signal: each act is kept with its audit row, and everybody sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from callboard import figures
from callboard.access import Action, Actor, require
from callboard.errors import CallboardError, NotAllowed
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope, require_metric
from callboard.services.signalling.assigned import acts_by_key
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
_OF_WHAT_WAS_SEEN = frozenset({SignalActKind.REOPEN, SignalActKind.ASSIGN, SignalActKind.DONE})


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalAt:
    """The signal that is meant: `since` is the ISO day under which its acts are kept.

    `seen` is the newest act on it that the person has seen, None where that is not known. What
    takes back, replaces or ends something is refused where somebody has acted since.
    """

    touchpoint: str
    metric: str
    grain: Grain
    since: str
    seen: int | None = None


def acknowledge(runtime: Runtime, actor: Actor, signal: SignalAt) -> FollowUp:
    """Say that a signal was taken note of; CallboardError where it was already."""
    return _act(runtime, actor, signal, SignalActKind.ACKNOWLEDGE)


def acknowledge_all(runtime: Runtime, actor: Actor, signals: Sequence[SignalAt]) -> int:
    """Say that several signals were taken note of, those that were already left out; how many.

    All are of one length of period. CallboardError where one of them is no signal; none is
    acknowledged then.
    """
    require(actor, Action.ACT_ON_SIGNALS)
    keys = [_key(runtime, actor, each) for each in signals]
    today = runtime.clock.today(runtime.workspace.time_zone)
    with write(runtime.store) as connection:
        acts = _acts_on(connection, keys)
        waiting = [key for key in keys if not follow_up(acts[key], today=today).is_acknowledged]
        told = _signals_of(runtime, actor, connection, waiting, acts)
        for key in waiting:
            new = _new(runtime, actor, key, told[key], SignalActKind.ACKNOWLEDGE)
            add_signal_act(connection, new)
    return len(waiting)


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


def take_comment_back(runtime: Runtime, actor: Actor, signal: SignalAt, *, number: int) -> FollowUp:
    """Let a comment of one's own be read no more; that it was there and when it went stays.

    CallboardError for one that is not there or is taken back already, NotAllowed for another's.
    """
    return _act(runtime, actor, signal, SignalActKind.UNSAY, note=str(number))


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
    key = _key(runtime, actor, signal)
    today = runtime.clock.today(runtime.workspace.time_zone)
    with write(runtime.store) as connection:
        acts = _acts_on(connection, [key])
        now = follow_up(acts[key], today=today)
        _refuse_again(act, now, given)
        if act is SignalActKind.UNSAY:
            _require_own(now, actor, given["note"])
        if act in _OF_WHAT_WAS_SEEN and signal.seen not in (None, now.last_act):
            raise CallboardError("Somebody has acted meanwhile; look again. Nothing was changed.")
        told = _signals_of(runtime, actor, connection, [key], acts)
        new = _new(runtime, actor, key, told[key], act, **given)
        add_signal_act(connection, new)
        return follow_up(_acts_on(connection, [key])[key], today=today)


def _new(
    runtime: Runtime,
    actor: Actor,
    key: SignalKey,
    signal: str,
    act: SignalActKind,
    **given: object,
) -> SignalAct:
    return SignalAct(
        key=key,
        signal=signal,
        act=act,
        actor=actor.id,
        at=runtime.clock.now("UTC"),
        **given,  # type: ignore[arg-type]  # the fields of an assignment or a comment
    )


def _key(runtime: Runtime, actor: Actor, signal: SignalAt) -> SignalKey:
    """The key of a signal that the actor may see; NotAllowed for any other."""
    open_scope(runtime, actor).require(signal.touchpoint)
    require_metric(runtime, signal.metric)
    try:
        since = date.fromisoformat(signal.since)
    except ValueError:
        raise CallboardError(
            f"Found {signal.since!r}; expected the day a signal began, such as 2026-10-05."
        ) from None
    return SignalKey(signal.touchpoint, signal.metric, signal.grain.value, since)


def _acts_on(
    connection: Connection, keys: Sequence[SignalKey]
) -> dict[SignalKey, tuple[SignalAct, ...]]:
    found = acts_by_key(read_signal_acts(connection, scope={key.touchpoint for key in keys}))
    return {key: tuple(found.get(key, ())) for key in keys}


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


def _require_own(now: FollowUp, actor: Actor, number: object) -> None:
    """What somebody said is taken back by nobody else."""
    found = next((each for each in now.comments if str(each.id) == number), None)
    if found is None or found.taken_back_at:
        told = "It is taken back already" if found else f"This signal has no comment {number}"
        raise CallboardError(f"{told}. Nothing was changed.")
    if found.actor != actor.id:
        raise NotAllowed(f"{found.actor} wrote it: nobody else may take it back.")


def _signals_of(
    runtime: Runtime,
    actor: Actor,
    connection: Connection,
    keys: Sequence[SignalKey],
    acts: Mapping[SignalKey, Sequence[SignalAct]],
) -> dict[SignalKey, str]:
    """What each signal is; CallboardError where there is none, or none any more."""
    told = {key: acts[key][-1].signal for key in keys if acts[key]}
    new = [key for key in keys if key not in told]
    if not new:
        return told
    asked = Asked(
        grain=Grain(new[0].grain),
        period=None,
        scope=open_scope(runtime, actor),
        touchpoints=frozenset(key.touchpoint for key in new),
        metrics=tuple({key.metric: None for key in new}),
    )
    board = read_board(runtime, connection, asked)
    signals = {
        (*each.key[:2], new[0].grain, each.since): each.signal.value
        for each in beginnings(board, periods=1)
    }
    for key in new:
        if key not in signals:
            raise CallboardError(_gone(runtime, key))
    return told | {key: signals[key] for key in new}


def _gone(runtime: Runtime, key: SignalKey) -> str:
    definitions = runtime.definitions
    name = definitions.metrics[key.metric].name
    place = definitions.touchpoints[key.touchpoint].name
    return (
        f"There is no signal of {name} at {place} that began on {figures.format_day(key.since)}. "
        "Newer figures may have moved its beginning: load the page again."
    )


def _plain(text: str, most: int, what: str) -> str:
    """What was typed, on one line and without what a store cannot keep."""
    told = " ".join(text.encode("utf-8", "replace").decode().replace("\x00", "").split())
    if len(told) > most:
        raise CallboardError(
            f"{what} has at most {most} characters; this one has {len(told)}. Make it shorter."
        )
    return told
