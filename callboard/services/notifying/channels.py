"""The ways out of Callboard that a workspace names."""

from collections.abc import Callable, Mapping

from callboard.sending.letter import Letter
from callboard.sending.mail import send_mail
from callboard.sending.webhook import post_text
from callboard.services.notifying.messages import Message
from callboard.workspace import Mail, Notifications, Webhook, channel_names

Send = Callable[[Message], str]
"""Sends a message and returns what is not quite in order with it; NotSent where nobody gets it."""


def channels_of(told: Notifications | None) -> Mapping[str, Send]:
    """The channels by name; none where the workspace tells nobody."""
    if told is None:
        return {}
    ways = [_by_webhook(hook) for hook in told.webhooks]
    if told.email is not None:
        ways.append(_by_mail(told.email))
    return dict(zip(channel_names(told), ways, strict=True))


def _by_webhook(hook: Webhook) -> Send:
    def send(message: Message) -> str:
        post_text(hook.url, message.line)
        return ""

    return send


def _by_mail(mail: Mail) -> Send:
    def send(message: Message) -> str:
        refused = send_mail(mail, Letter(subject=message.subject, text=message.text))
        return f"{refused} of {len(mail.to)} addresses refused" if refused else ""

    return send
