"""Tries the channels: a message that says nothing but that messages arrive."""

from collections.abc import Iterator, Mapping

from callboard.access import Action, Actor, require
from callboard.errors import CallboardError
from callboard.sending import NotSent
from callboard.services.notifying.channels import Send, channels_of
from callboard.services.notifying.messages import trial_message
from callboard.services.notifying.telling import Told
from callboard.services.runtime import Runtime
from definition_files import nearest


def send_test(runtime: Runtime, actor: Actor, *, channel: str = "") -> Iterator[Told]:
    """Send a test to one channel, or to all, quiet hours or not, and tell how each one went.

    CallboardError for a channel there is not.
    """
    require(actor, Action.NOTIFY)
    channels = channels_of(runtime.definitions.notifications)
    if channel and channel not in channels:
        there = ", ".join(channels) or "none"
        hint = nearest(channel, channels)
        raise CallboardError(f"There is no channel {channel!r}; there are {there}. {hint}".strip())
    return _try(runtime, {channel: channels[channel]} if channel else channels)


def _try(runtime: Runtime, channels: Mapping[str, Send]) -> Iterator[Told]:
    message = trial_message(runtime.definitions)
    for name, send in channels.items():
        try:
            send(message)
        except NotSent as error:
            yield Told(channel=name, notices=0, error=str(error))
        else:
            yield Told(channel=name, notices=0)
