"""Brings notices to people: each at least once, none in quiet hours, what waited in one message."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

from callboard.access import Action, Actor, require
from callboard.logs import log_event
from callboard.sending import NotSent
from callboard.services.notifying.channels import Send, channels_of
from callboard.services.notifying.messages import message_of
from callboard.services.notifying.quiet_hours import is_quiet
from callboard.services.runtime import Runtime
from callboard.storage.engine import snapshot, write
from callboard.storage.notices import (
    Delivery,
    DeliveryState,
    Notice,
    read_deliveries,
    write_delivery,
)

PAUSES = tuple(timedelta(minutes=each) for each in (1, 5, 15, 60, 180, 360, 720))
"""How long to wait after each attempt that failed; after one more, it is given up."""

Waiting = tuple[Notice, Delivery]
_OPEN = (DeliveryState.DUE, DeliveryState.HELD, DeliveryState.FAILED)
_NO_CHANNEL = "workspace.yaml names no such channel any more"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A message to a channel: how many notices it holds, and why it was not sent, if so."""

    channel: str
    notices: int
    error: str = ""


def deliver(runtime: Runtime, actor: Actor) -> tuple[Told, ...]:
    """Send what is due. A channel that fails is left alone for a while, then gets all in one.

    A process that ends between sending and noting it has it sent again by the next one.
    """
    require(actor, Action.NOTIFY)
    told, now = runtime.definitions.notifications, runtime.clock.now()
    with snapshot(runtime.store) as conn:
        waiting = read_deliveries(conn, states=_OPEN)
    if not waiting:
        return ()
    if told is not None and is_quiet(told.quiet_hours, now, runtime.workspace.time_zone):
        _hold(runtime, waiting)
        return ()
    channels = channels_of(told)
    by_channel = sorted(waiting, key=lambda each: each[1].channel)
    return tuple(
        done
        for name, found in groupby(by_channel, key=lambda each: each[1].channel)
        for done in _tell(runtime, name, list(found), channels.get(name), now)
    )


def _hold(runtime: Runtime, waiting: Sequence[Waiting]) -> None:
    """What is due waits, to go together with the rest."""
    due = [each for _, each in waiting if each.state is DeliveryState.DUE]
    if due:
        with write(runtime.store) as conn:
            for each in due:
                write_delivery(conn, replace(each, state=DeliveryState.HELD))


def _tell(
    runtime: Runtime, name: str, waiting: Sequence[Waiting], send: Send | None, now: datetime
) -> Iterator[Told]:
    if send is None:
        _record(runtime, [each for _, each in waiting], DeliveryState.GIVEN_UP, _NO_CHANNEL)
        return
    if any(now < _next_attempt(each) for _, each in waiting):
        _hold(runtime, waiting)
        return
    for batch in _batches(waiting):
        claimed = _claim(runtime, batch, now)
        if not claimed:
            continue
        done = _send(runtime, name, claimed, send)
        yield done
        if done.error:
            return


def _next_attempt(delivery: Delivery) -> datetime:
    if delivery.state is not DeliveryState.FAILED:
        return delivery.at
    return delivery.at + PAUSES[min(delivery.attempts, len(PAUSES)) - 1]


def _batches(waiting: Sequence[Waiting]) -> list[list[Waiting]]:
    """What has waited goes together, the rest one by one."""
    fresh = [[each] for each in waiting if each[1].state is DeliveryState.DUE]
    waited = [each for each in waiting if each[1].state is not DeliveryState.DUE]
    return [waited, *fresh] if waited else fresh


def _claim(runtime: Runtime, batch: Sequence[Waiting], now: datetime) -> list[Waiting]:
    """Count an attempt on what nobody else has taken meanwhile, so that nobody else takes it."""
    with write(runtime.store) as conn:
        untouched = {each for _, each in read_deliveries(conn, states=_OPEN)}
        ours = [(notice, _tried(each, now)) for notice, each in batch if each in untouched]
        for _, each in ours:
            write_delivery(conn, each)
    return ours


def _tried(delivery: Delivery, now: datetime) -> Delivery:
    return replace(
        delivery, state=DeliveryState.FAILED, attempts=delivery.attempts + 1, at=now, error=""
    )


def _send(runtime: Runtime, name: str, batch: Sequence[Waiting], send: Send) -> Told:
    deliveries = [each for _, each in batch]
    message = message_of([notice for notice, _ in batch], runtime.definitions)
    try:
        remark = send(message)
    except NotSent as error:
        log_event("notice not sent", channel=name, notices=len(batch), error=str(error))
        _record(runtime, deliveries, DeliveryState.FAILED, str(error))
        return Told(channel=name, notices=len(batch), error=str(error))
    log_event("notice sent", channel=name, notices=len(batch), remark=remark)
    _record(runtime, deliveries, DeliveryState.SENT, remark)
    return Told(channel=name, notices=len(batch))


def _record(
    runtime: Runtime, deliveries: Sequence[Delivery], state: DeliveryState, error: str
) -> None:
    with write(runtime.store) as conn:
        for each in deliveries:
            is_over = state is DeliveryState.FAILED and each.attempts > len(PAUSES)
            ended = DeliveryState.GIVEN_UP if is_over else state
            write_delivery(conn, replace(each, state=ended, error=error))
