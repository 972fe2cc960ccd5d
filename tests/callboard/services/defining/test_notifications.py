"""Whom a workspace tells of its data: read strictly, filled in, and never repeated in a message."""

from datetime import time
from pathlib import Path

import pytest

from callboard.services.defining.definitions import Definitions, load_definitions
from callboard.settings import load_settings
from callboard.workspace import Telling
from definition_files import Problem

WORKSPACE = """
name: Small Stores
time_zone: Europe/London
ourselves: {name: Small Stores}
notifications:
  quiet_hours: {start: "22:00", end: "07:30"}
  webhooks:
    - {name: Ops channel, url: "https://chat.example.org/${HOOK}"}
  email:
    server: "smtp://bot:${MAIL_PASSWORD}@mail.example.org:587"
    sender: callboard@example.org
    to: [data@example.org]
  tell: breach
"""
SECRETS = {"HOOK": "s3cret-hook", "MAIL_PASSWORD": "s3cret-mail"}


def _load(folder: Path, text: str, **environment: str) -> tuple[Definitions | None, list[Problem]]:
    (folder / "workspace.yaml").write_text(text, encoding="utf-8")
    return load_definitions(load_settings({"CALLBOARD_WORKSPACE": str(folder), **environment}))


def test_addresses_are_filled_in_and_never_shown(tmp_path: Path) -> None:
    definitions, problems = _load(tmp_path, WORKSPACE, **SECRETS)
    assert [] == problems
    assert definitions is not None
    told = definitions.notifications
    assert told is not None
    assert told.email is not None
    assert "https://chat.example.org/s3cret-hook" == told.webhooks[0].url
    assert "smtp://bot:s3cret-mail@mail.example.org:587" == told.email.server
    assert "s3cret" not in repr(definitions) + repr(told)


def test_quiet_hours_and_weight_are_read(tmp_path: Path) -> None:
    definitions, _ = _load(tmp_path, WORKSPACE, **SECRETS)
    assert definitions is not None
    told = definitions.notifications
    assert told is not None
    assert told.quiet_hours is not None
    assert (time(22), time(7, 30)) == (told.quiet_hours.start, told.quiet_hours.end)
    assert Telling.BREACH is told.tell


def test_a_workspace_that_says_nothing_tells_nobody(tmp_path: Path) -> None:
    definitions, problems = _load(tmp_path, WORKSPACE.split("notifications:", maxsplit=1)[0])
    assert [] == problems
    assert definitions is not None
    assert definitions.notifications is None


WRONG = [
    ('"22:00"', "22:00", "quiet_hours.start", "a time of day in quotes, such as '22:00'"),
    ("https://", "ftp://", "webhooks.0.url", "one that begins with https:// or http://"),
    ("smtp://", "https://", "email.server", "one that begins with smtp:// or smtps://"),
    ("tell: breach", "tell: breech", "tell", "one of 'warning' or 'breach'"),
    ("  webhooks:", "  webhook:", "webhook", "one of quiet_hours, webhooks, email, tell"),
    ("[data@example.org]", "[]", "email.to", "at least 1 item"),
    ("callboard@example.org", '"a@b\\nBcc: c@d"', "email.sender", "text of the pattern"),
]


@pytest.mark.parametrize(("old", "new", "key", "expected"), WRONG)
def test_a_wrong_word_is_told_with_what_is_right(
    tmp_path: Path, old: str, new: str, key: str, expected: str
) -> None:
    assert old in WORKSPACE
    _, problems = _load(tmp_path, WORKSPACE.replace(old, new), **SECRETS)
    (problem,) = problems
    assert f"notifications.{key}" == problem.key
    assert expected in problem.expected
    assert "s3cret" not in str(problem)


def test_a_name_that_the_environment_lacks_is_told_once(tmp_path: Path) -> None:
    _, problems = _load(tmp_path, WORKSPACE, MAIL_PASSWORD="s3cret-mail")
    assert ["notifications.webhooks.0.url"] == [each.key for each in problems]
    assert "${HOOK}" in problems[0].found


def test_two_webhooks_have_two_names(tmp_path: Path) -> None:
    hook = '    - {name: Ops channel, url: "https://chat.example.org/${HOOK}"}\n'
    _, problems = _load(tmp_path, WORKSPACE.replace(hook, hook * 2), **SECRETS)
    assert ["webhooks with names that differ"] == [each.expected for each in problems]
