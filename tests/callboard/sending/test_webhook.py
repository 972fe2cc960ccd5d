"""A text reaches a listener as Slack takes it, and what goes wrong names no address."""

import socket

import pytest

from callboard.sending import NotSent, webhook
from callboard.sending.webhook import post_text
from tests.callboard.listeners import HOST, Hook, free_port, http_listener


def test_a_text_is_posted_as_slack_takes_it() -> None:
    with http_listener() as hook:
        post_text(hook.url, "Contacts: held back ✋")
    assert [{"text": "Contacts: held back ✋"}] == hook.got
    assert ["POST /services/s3cret application/json; charset=utf-8"] == hook.asked


def test_a_name_in_a_feed_calls_nobody() -> None:
    with http_listener() as hook:
        post_text(hook.url, "<!channel> & <@U1>")
    assert ["&lt;!channel&gt; &amp; &lt;@U1&gt;"] == hook.texts


@pytest.mark.parametrize("status", [301, 302, 307, 400, 404, 500])
def test_what_is_not_taken_is_told_and_followed_nowhere(status: int) -> None:
    with http_listener(Hook(status=status)) as hook, pytest.raises(NotSent) as told:
        post_text(hook.url, "x")
    assert f"it answered {status}" == str(told.value)
    assert 1 == len(hook.asked)


def test_a_listener_that_is_away_is_told_without_its_address() -> None:
    with pytest.raises(NotSent, match="cannot be reached") as told:
        post_text(f"http://{HOST}:{free_port()}/services/s3cret", "x")
    assert "s3cret" not in str(told.value)
    assert HOST not in str(told.value)
    assert told.value.__cause__ is None


def test_a_listener_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "PATIENCE", 0.2)
    with socket.create_server((HOST, 0)) as silent, pytest.raises(NotSent, match="in time"):
        post_text(f"http://{HOST}:{silent.getsockname()[1]}/s3cret", "x")


def test_an_answer_that_is_none_is_told() -> None:
    with pytest.raises(NotSent, match="broke off"):
        post_text("http://[nowhere/s3cret", "x")
