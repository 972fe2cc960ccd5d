"""An answer of an application of ours, without a server."""

import asyncio

from starlette.types import ASGIApp, Message


def answer_of(app: ASGIApp, path: str, **headers: str) -> tuple[dict[str, str], bytes]:
    """Return the headers and the body with which `app` answers a GET."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    asked = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": path, "headers": asked}
    asyncio.run(app(scope, receive, send))
    given = {key.decode(): value.decode() for key, value in sent[0]["headers"]}
    return given, b"".join(each.get("body", b"") for each in sent[1:])
