"""What the server adds around Streamlit: warm start, health, headers, and the gate for uploads."""

import base64
import gc
import hashlib
import importlib
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from callboard.ui import upload_gate

_WARM = (
    "numpy",
    "pandas",
    "pyarrow",
    "plotly.graph_objects",
    "plotly.io",
    "sqlalchemy",
    "callboard.ui",
)
_UPLOADS = "/_stcore/upload_file/"
_CLOSED = ("/_stcore/metrics", "/_stcore/agent/")
_INLINE = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)


class SecurityHeaders:
    """Adds the product's headers to every answer; sockets pass untouched."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`; the content policy is computed once."""
        self._app = app
        self._headers = tuple(
            (name.encode(), value.encode()) for name, value in security_headers().items()
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the wrapped application does, with more headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        private = scope["path"].startswith("/media/")

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [(k, v) for k, v in message.get("headers", []) if k.lower() != b"server"]
                extra = [(b"cache-control", b"private, no-store")] if private else []
                message = {**message, "headers": [*kept, *self._headers, *extra]}
            await send(message)

        await self._app(scope, receive, send_with_headers)


class UploadGate:
    """Refuses uploads of sessions that were not shown an upload field, and closes unused doors."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403 or 404 instead of the wrapped application where it must not answer."""
        refusal = _refusal(scope) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send)


def _refusal(scope: Scope) -> PlainTextResponse | None:
    path: str = scope["path"]
    if path.startswith(_CLOSED):
        return PlainTextResponse("Not found", status_code=404)
    is_upload = path.startswith(_UPLOADS) and scope["method"] in ("PUT", "POST")
    if is_upload and not upload_gate.takes_file(path.removeprefix(_UPLOADS).partition("/")[0]):
        return PlainTextResponse("Open the publish page to upload a file.", status_code=403)
    return None


def security_headers(index: Path | None = None) -> dict[str, str]:
    """Return the headers of every answer; Streamlit's inline script is allowed by its hash."""
    index = index or Path(st.__file__).parent / "static" / "index.html"
    hashes = " ".join(f"'sha256-{digest}'" for digest in _script_hashes(index))
    policy = (
        "default-src 'self'",
        f"script-src 'self' 'wasm-unsafe-eval' {hashes}".rstrip(),
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "frame-ancestors 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "object-src 'none'",
    )
    return {
        "content-security-policy": "; ".join(policy),
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "x-frame-options": "DENY",
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
    }


def _script_hashes(index: Path) -> list[str]:
    scripts = _INLINE.findall(index.read_text(encoding="utf-8"))
    digests = [hashlib.sha256(script.encode()).digest() for script in scripts if script.strip()]
    return [base64.b64encode(digest).decode() for digest in digests]


@asynccontextmanager
async def warm_start(_app: st.App) -> AsyncGenerator[None]:
    """Import what every page needs and take it out of the garbage collector's rounds (F15)."""
    for module in _WARM:
        importlib.import_module(module)
    gc.collect()
    gc.freeze()
    yield


async def _health(_request: Request) -> JSONResponse:
    return JSONResponse({"status": "ok"})


HEALTH = Route("/healthz", _health)
