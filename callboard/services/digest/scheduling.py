"""Sends the digest once for each time that it is due, however often anybody looks."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from callboard.access import Action, Actor, require
from callboard.errors import CallboardError
from callboard.logs import log_event
from callboard.sending import NotSent
from callboard.sending.letter import Letter
from callboard.sending.mail import send_mail
from callboard.services.digest.content import read_digest
from callboard.services.digest.letters import letter_of
from callboard.services.notifying.telling import PAUSES, Told
from callboard.services.runtime import Runtime
from callboard.storage.digests import DigestSending, read_newest_sending, write_sending
from callboard.storage.engine import write
from callboard.storage.notices import DeliveryState
from callboard.workspace import DigestOrder, Mail, Weekday

CHANNEL = "weekly digest"
_WEEK = timedelta(weeks=1)
_NOT_ORDERED = "workspace.yaml orders no digest. See `notifications.digest` in docs/operations.md."


def make_letter(runtime: Runtime, actor: Actor) -> Letter:
    """The digest of the last whole week as it would be sent, within the actor's scope."""
    order = _order(runtime)
    return letter_of(read_digest(runtime, actor), address=order.address if order else "")


def send_digest(runtime: Runtime, actor: Actor) -> Told:
    """Send the digest now, whether it is due or not; CallboardError where none is ordered."""
    require(actor, Action.NOTIFY)
    mail = _mail(runtime)
    if mail is None:
        raise CallboardError(_NOT_ORDERED)
    return _send(runtime, actor, mail)


def send_if_due(runtime: Runtime, actor: Actor) -> tuple[Told, ...]:
    """Send the digest where one is due that was not sent; try again later where it fails.

    The first time that anybody looks nothing is sent: the next one is the first.
    """
    require(actor, Action.NOTIFY)
    mail, order = _mail(runtime), _order(runtime)
    if mail is None or order is None:
        return ()
    now = runtime.clock.now()
    due = last_due(order, now, runtime.workspace.time_zone)
    with write(runtime.store) as conn:
        claimed = _claim(read_newest_sending(conn), due, now)
        if claimed is None:
            return ()
        write_sending(conn, claimed)
    if claimed.state is DeliveryState.GIVEN_UP:
        return ()
    told = _send(runtime, actor, mail)
    with write(runtime.store) as conn:
        state = _state_after(told, claimed.attempts)
        write_sending(conn, replace(claimed, state=state, error=told.error))
    return (told,)


def last_due(order: DigestOrder, now: datetime, zone: str) -> datetime:
    """The last moment up to `now` at which a digest was due, on the clock of `zone`."""
    local = now.astimezone(ZoneInfo(zone))
    back = (local.weekday() - list(Weekday).index(order.weekday)) % 7
    day = local.date() - timedelta(days=back)
    moment = datetime.combine(day, order.at, tzinfo=ZoneInfo(zone))
    if moment > local:
        moment = datetime.combine(day - _WEEK, order.at, tzinfo=ZoneInfo(zone))
    return moment


def _claim(newest: DigestSending | None, due: datetime, now: datetime) -> DigestSending | None:
    """What is to be sent now, counted as an attempt; None for nothing."""
    if newest is None:
        return DigestSending(due=due, state=DeliveryState.GIVEN_UP, at=now)
    if newest.due < due:
        return DigestSending(due=due, state=DeliveryState.FAILED, at=now, attempts=1)
    if newest.state is not DeliveryState.FAILED:
        return None
    if now < newest.at + PAUSES[min(newest.attempts, len(PAUSES)) - 1]:
        return None
    return replace(newest, at=now, attempts=newest.attempts + 1)


def _state_after(told: Told, attempts: int) -> DeliveryState:
    if not told.error:
        return DeliveryState.SENT
    return DeliveryState.GIVEN_UP if attempts > len(PAUSES) else DeliveryState.FAILED


def _send(runtime: Runtime, actor: Actor, mail: Mail) -> Told:
    try:
        send_mail(mail, make_letter(runtime, actor))
    except NotSent as error:
        log_event("digest not sent", error=str(error))
        return Told(channel=CHANNEL, notices=1, error=str(error))
    log_event("digest sent", addresses=len(mail.to))
    return Told(channel=CHANNEL, notices=1)


def _order(runtime: Runtime) -> DigestOrder | None:
    told = runtime.definitions.notifications
    return told.digest if told else None


def _mail(runtime: Runtime) -> Mail | None:
    """The way of the digest: that of notices, to its own addresses where it has any."""
    told = runtime.definitions.notifications
    if told is None or told.email is None or told.digest is None:
        return None
    return told.email.model_copy(update={"to": told.digest.to or told.email.to})
