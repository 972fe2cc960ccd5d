"""Whom a workspace tells of its data: addresses filled in from the settings, and looked at."""

from callboard.services.defining.databases import fill_in
from callboard.settings import Settings
from callboard.workspace import Notifications
from definition_files import Problem

_WEB, _MAIL = ("https://", "http://"), ("smtp://", "smtps://")


def fill_in_notifications(
    told: Notifications | None, settings: Settings, *, shown_as: str
) -> tuple[Notifications | None, list[Problem]]:
    """Return the notifications with each `${NAME}` replaced, and what is wrong with them.

    No problem names an address: it may be all that is needed to write to a channel.
    """
    if told is None:
        return None, []
    keys = {_webhook(i): each.url for i, each in enumerate(told.webhooks)}
    if told.email is not None:
        keys[_SERVER] = told.email.server
    filled, problems = fill_in(keys, settings, shown_as=shown_as)
    unknown = {each.key for each in problems}
    for key, address in filled.items():
        schemes = _MAIL if key == _SERVER else _WEB
        if key not in unknown and not address.startswith(schemes):
            problems.append(_not_an_address(shown_as, key, schemes))
    hooks = tuple(
        each.model_copy(update={"url": filled[_webhook(i)]}) for i, each in enumerate(told.webhooks)
    )
    mail = told.email and told.email.model_copy(update={"server": filled[_SERVER]})
    return told.model_copy(update={"webhooks": hooks, "email": mail}), problems


_SERVER = "notifications.email.server"


def _webhook(number: int) -> str:
    return f"notifications.webhooks.{number}.url"


def _not_an_address(file: str, key: str, schemes: tuple[str, ...]) -> Problem:
    return Problem(
        file=file,
        key=key,
        found="an address of another kind",
        expected=f"one that begins with {' or '.join(schemes)}",
    )
