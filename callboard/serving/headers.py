"""The headers of every answer, above all the content policy of streamlit.md 8."""

import base64
import hashlib
import re
from importlib.metadata import distribution
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from callboard.serving.head_script import HEAD_SCRIPT

INDEX = Path(str(distribution("streamlit").locate_file("streamlit/static/index.html")))
_INLINE = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
_PRIVATE = [(b"cache-control", b"private, no-store")]


class SecurityHeaders:
    """Adds the product's headers to every answer; sockets pass untouched."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`; the content policy is computed once."""
        self._app = app
        self._headers = [(k.encode(), v.encode()) for k, v in security_headers(INDEX).items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the wrapped application does, with more headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        extra = self._headers + (_PRIVATE if scope["path"].startswith("/media/") else [])

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", []), *extra]}
            await send(message)

        await self._app(scope, receive, send_with_headers)


def security_headers(index: Path) -> dict[str, str]:
    """Return the headers; inline scripts, Streamlit's in `index` and ours, go by their hash."""
    digests = [*script_hashes(index), hash_of(HEAD_SCRIPT)]
    hashes = " ".join(f"'sha256-{digest}'" for digest in digests)
    policy = (
        "default-src 'self'",
        f"script-src 'self' 'wasm-unsafe-eval' {hashes}",
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


def script_hashes(index: Path) -> list[str]:
    """Return the SHA-256 of each inline script of a page, as a content policy writes it."""
    scripts = _INLINE.findall(index.read_text(encoding="utf-8"))
    return [hash_of(script) for script in scripts if script.strip()]


def hash_of(script: str) -> str:
    """Return the SHA-256 of an inline script, as a content policy writes it."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
