"""Streamlit's own scripts, styles and fonts, answered out of memory, small where that is taken.

A page asks for a hundred of them. Streamlit reads each from disk every time and never makes it
smaller, as it would have to do that each time. Their names change with their content.
"""

import asyncio
import gzip
import mimetypes
from collections.abc import Mapping
from pathlib import Path

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from callboard.serving.headers import INDEX

_FOLDERS = ("js", "css", "media")
_SHRINKS = {".js", ".css", ".svg"}
_WORTH = 1_000  # bytes, below which smaller is no faster
_KEPT = "public, immutable, max-age=31536000"


class Assets:
    """Answers what is asked of Streamlit's `static/static` folder; all else passes."""

    def __init__(self, app: ASGIApp, index: Path = INDEX) -> None:
        """Wrap `app`; a file is read when it is first asked for, and then kept."""
        self._app = app
        self._known = _list_files(index.parent / "static")
        self._made: dict[tuple[str, bool], Response] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a file's whole content, as Streamlit would, or let Streamlit answer."""
        path = self._known.get(scope["path"]) if scope["type"] == "http" else None
        asked = dict(scope["headers"]) if path else {}
        if path is None or scope["method"] != "GET" or b"range" in asked:
            await self._app(scope, receive, send)
            return
        key = (scope["path"], path.suffix in _SHRINKS and _takes_gzip(asked))
        if key not in self._made:
            self._made[key] = await asyncio.to_thread(_make, path, is_small=key[1])
        await self._made[key](scope, receive, send)


def _list_files(static: Path) -> dict[str, Path]:
    """Every file by its address: nothing that is not listed here is ever opened."""
    return {
        f"/static/{folder}/{path.name}": path
        for folder in _FOLDERS
        for path in (static / folder).glob("*")
        if path.is_file()
    }


def _takes_gzip(asked: Mapping[bytes, bytes]) -> bool:
    named = asked.get(b"accept-encoding", b"").decode("latin-1").split(",")
    return any(each.partition(";")[0].strip() == "gzip" and "q=0" not in each for each in named)


def _make(path: Path, *, is_small: bool) -> Response:
    content = path.read_bytes()
    headers = {"cache-control": _KEPT}
    if path.suffix in _SHRINKS:
        headers["vary"] = "Accept-Encoding"
    if is_small and len(content) > _WORTH:
        content = gzip.compress(content, 9, mtime=0)
        headers["content-encoding"] = "gzip"
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Response(content, headers=headers, media_type=kind)
