"""`callboard notify`: the list, a test of every channel, and what a refresh sends by itself."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.callboard.cli.calling import Answer, call
from tests.callboard.listeners import Hook, Post, http_listener, mail_server


def _name_channels(workspace: Path, hook: Hook, post: Post | None = None) -> None:
    """Add both channels to a workspace, with the secret part in the environment."""
    text = (
        "notifications:\n  webhooks:\n"
        f'    - {{name: ops, url: "{hook.url.replace("s3cret", "${HOOK}")}"}}\n'
    )
    if post is not None:
        text += (
            f'  email:\n    server: "smtp://{post.host}:{post.port}"\n'
            "    sender: callboard@example.org\n    to: [data@example.org]\n"
        )
    with (workspace / "workspace.yaml").open("a", encoding="utf-8") as file:
        file.write(text)


def _call(workspace: Path, *words: str) -> Answer:
    return call(*words, "--workspace", workspace, environment={"HOOK": "s3cret"})


def _logs(workspace: Path) -> str:
    return "".join(each.read_text("utf-8") for each in workspace.rglob("*.log*"))


def test_nothing_has_to_be_told_of_a_new_workspace(workspace: Path) -> None:
    answer = _call(workspace, "notify", "list", "--format", "json")
    assert (0, []) == (answer.code, json.loads(answer.data))
    assert "Nothing has changed yet" in answer.talk


def test_without_a_channel_a_test_says_where_to_name_one(workspace: Path) -> None:
    answer = _call(workspace, "notify", "test")
    assert (1, True) == (answer.code, "workspace.yaml names nobody to tell" in answer.talk)


def test_a_test_reaches_every_channel(workspace: Path) -> None:
    with http_listener() as hook, mail_server() as post:
        _name_channels(workspace, hook, post)
        answer = _call(workspace, "notify", "test")
    assert (0, "ops: sent.\ne-mail: sent.\n") == (answer.code, answer.talk)
    assert (1, 1) == (len(hook.got), len(post.got))


def test_a_channel_that_fails_is_told_without_its_address(workspace: Path) -> None:
    with http_listener(Hook(status=404)) as hook:
        _name_channels(workspace, hook)
        answer = _call(workspace, "notify", "test", "--channel", "ops")
    assert (1, "ops: not sent, it answered 404.\n") == (answer.code, answer.talk)
    assert "s3cret" not in answer.talk + answer.data + _logs(workspace)


def test_a_channel_there_is_not_is_told_with_those_there_are(workspace: Path) -> None:
    with http_listener() as hook:
        _name_channels(workspace, hook)
        answer = _call(workspace, "notify", "test", "--channel", "opps")
    assert (1, True) == (answer.code, "no channel 'opps'; there are ops." in answer.talk)


def _break_the_feed(workspace: Path) -> None:
    with closing(sqlite3.connect(workspace / "sample.db")) as feeds, feeds:
        feeds.execute("ALTER TABLE contacts RENAME TO gone")


def test_a_refresh_tells_what_it_finds_and_later_ones_nothing(workspace: Path) -> None:
    _break_the_feed(workspace)
    with http_listener() as hook, mail_server() as post:
        _name_channels(workspace, hook, post)
        codes = [_call(workspace, "refresh").code for _ in range(3)]
        listed = json.loads(_call(workspace, "notify", "list", "--format", "json").data)
        assert "Nothing is due." in _call(workspace, "notify", "send").talk
    assert ([1, 1, 1], 1, 1) == (codes, len(hook.got), len(post.got))
    assert [("Contract broken", "sent to ops; sent to e-mail")] == [
        (each["kind"], each["delivered"]) for each in listed
    ]


def test_a_refresh_goes_on_where_nobody_takes_its_message(workspace: Path) -> None:
    _break_the_feed(workspace)
    with http_listener(Hook(status=500)) as hook:
        _name_channels(workspace, hook)
        answer = _call(workspace, "refresh")
    assert "ops was not told: it answered 500. It is tried again later." in answer.talk
    assert "contacts" in answer.data
    assert "s3cret" not in answer.talk + answer.data + _logs(workspace)
