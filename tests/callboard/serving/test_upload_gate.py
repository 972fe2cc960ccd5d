"""Who may upload, and which doors stay shut."""

import asyncio

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message

from callboard.serving.upload_gate import MOST_FILES, UploadGate, admit


def status_of(path: str, method: str = "PUT") -> int:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {"type": "http", "method": method, "path": path, "headers": []}
    asyncio.run(UploadGate(PlainTextResponse("ok"))(scope, receive, send))
    return int(sent[0]["status"])


def test_a_session_that_saw_no_upload_field_is_refused() -> None:
    assert 403 == status_of("/_stcore/upload_file/unknown/file")


def test_a_session_that_saw_the_field_may_upload() -> None:
    admit("ana")
    assert 200 == status_of("/_stcore/upload_file/ana/file")


def test_a_session_may_not_upload_without_end() -> None:
    admit("bob")
    answers = [status_of(f"/_stcore/upload_file/bob/{i}") for i in range(MOST_FILES + 1)]
    assert [200] * MOST_FILES + [403] == answers


def test_seeing_the_field_again_does_not_start_the_count_anew() -> None:
    for _ in range(MOST_FILES + 1):
        admit("cy")
        last = status_of("/_stcore/upload_file/cy/file")
    assert 403 == last


def test_taking_a_file_back_is_always_allowed() -> None:
    assert 200 == status_of("/_stcore/upload_file/unknown/file", "DELETE")


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/interact"])
def test_doors_that_nobody_needs_are_shut(path: str) -> None:
    assert 404 == status_of(path, "GET")


def test_everything_else_passes() -> None:
    assert 200 == status_of("/_stcore/health", "GET")
