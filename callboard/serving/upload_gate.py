"""Who may upload: only sessions to which the publish page has shown its upload field (F3).

Streamlit itself takes a file from anybody who can open a socket, before any page has run.
"""

import threading
import time
from collections import OrderedDict

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_SECONDS = 4 * 3600.0
_MOST_SESSIONS = 1_000
MOST_FILES = 20

_UPLOADS = "/_stcore/upload_file/"
_CLOSED = ("/_stcore/metrics", "/_stcore/agent/")

_lock = threading.Lock()
_open: OrderedDict[str, tuple[float, int]] = OrderedDict()


def admit(session: str) -> None:
    """Let a session upload for some hours; files it has uploaded stay counted."""
    with _lock:
        _, files = _open.pop(session, (0.0, 0))
        _open[session] = (time.monotonic() + _SECONDS, files)
        while len(_open) > _MOST_SESSIONS:
            _open.popitem(last=False)


def takes_file(session: str) -> bool:
    """Whether a session may upload one more file; asking counts it."""
    with _lock:
        until, files = _open.get(session, (0.0, 0))
        if until < time.monotonic() or files >= MOST_FILES:
            return False
        _open[session] = (until, files + 1)
        return True


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
    if is_upload and not takes_file(path.removeprefix(_UPLOADS).partition("/")[0]):
        return PlainTextResponse("Open the publish page to upload a file.", status_code=403)
    return None
