"""What a page's screen is made of, told to the browser before it asks.

Streamlit's page names the files that every app starts with. What draws a text, a filter or a chart
is asked for one step after another, once the first message of the page has come: it is fetched
beside the start instead. A file that this Streamlit has no longer is not told.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from markupsafe import Markup
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from callboard.serving.head_script import HEAD_SCRIPT, LATER
from callboard.serving.headers import INDEX

FONTS = ("inter-latin.woff2", "source-serif-4-latin.woff2")
FRAME = ("Html", "PageLink", "TextInput", "Button")
FILTERS = ("ButtonGroup", "Selectbox", "Multiselect")
CHART = ("PlotlyChart",)
CHARTED = frozenset({"touchpoint", "competitors", "compare"})

_UNUSED = re.compile(r'<link\s+rel="preload"\s+href="[^"]*SourceSans[^"]*"[^>]*/>')
_STATIC_IMPORT = re.compile(r'(?:from|import)"\./([\w.~-]+\.js)"')
_FONT = Markup(
    '<link rel="preload" href="./app/static/{}" as="font" type="font/woff2" crossorigin>'
)
_MODULE = Markup('<link rel="modulepreload" crossorigin href="./static/js/{}">')
_SCRIPT = Markup("<script>" + HEAD_SCRIPT + "</script>")  # noqa: S704
_AFTER_PAINT = Markup('<link rel="{}" href="./static/js/{}">')
_LATER = Markup('<link rel="modulepreload" crossorigin fetchpriority="low" href="./static/js/{}">')
_HEAD_OF_CODE = 20_000
_DOORS = ("/media/", "/component/", "/app/static/", "/static/", "/healthz")
_TOLD_OF_OLD = {b"content-length", b"etag", b"last-modified", b"accept-ranges"}
_ASKED_OF_OLD = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}


class Preloads:
    """Adds to Streamlit's page the addresses of what the page asked for will need."""

    def __init__(self, app: ASGIApp, index: Path = INDEX) -> None:
        """Wrap `app`; what is told is computed once."""
        self._app = app
        self._plain = links_for(index, FRAME, FILTERS)
        self._charted = links_for(index, FRAME, FILTERS, painted=CHART)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the wrapped application does; a page with more in its head."""
        if scope["type"] != "http" or scope["method"] != "GET" or not _is_page(scope["path"]):
            await self._app(scope, receive, send)
            return
        name = scope["path"].rstrip("/").rpartition("/")[2]
        links = self._charted if name in CHARTED else self._plain
        asked = [each for each in scope["headers"] if each[0] not in _ASKED_OF_OLD]
        await self._app({**scope, "headers": asked}, receive, _Rewriting(send, links))


class _Rewriting:
    """Holds an answer back until it is whole and sends it with the links, if it is a page."""

    def __init__(self, send: Send, links: str) -> None:
        self._send, self._links = send, links
        self._start: Message = {}
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        headers = self._start["headers"]
        if dict(headers).get(b"content-type", b"").startswith(b"text/html"):
            self._body = with_links(self._body.decode(), self._links).encode()
            headers = [each for each in headers if each[0] not in _TOLD_OF_OLD]
            headers.append((b"content-length", str(len(self._body)).encode()))
        await self._send({**self._start, "headers": headers})
        await self._send({"type": "http.response.body", "body": self._body})


def with_links(page: str, links: str) -> str:
    """Return a page with our script and links in its head, without the font that we never use."""
    return _UNUSED.sub("", page).replace("</head>", f"{_SCRIPT}{links}</head>", 1)


def links_for(
    index: Path, parts: Iterable[str], later: Iterable[str], *, painted: Iterable[str] = ()
) -> str:
    """Return the links to our fonts and to what the parts of Streamlit's screen are made of.

    What is drawn `later` waits for the rest, and what is `painted` for the first words on screen.
    """
    scripts = index.parent / "static" / "js"
    known = index.read_text(encoding="utf-8")
    first = _needed(scripts, parts, known)
    second = _needed(scripts, later, known + " ".join(first))
    last = _needed(scripts, painted, known + " ".join(first + second))
    return "".join(
        [_FONT.format(name) for name in FONTS]
        + [_MODULE.format(name) for name in first]
        + [_LATER.format(name) for name in second]
        + [_AFTER_PAINT.format(LATER, name) for name in last]
    )


def _needed(scripts: Path, parts: Iterable[str], known: str) -> list[str]:
    """The files of the parts and all that they import, without those that the page names itself."""
    waiting = [path.name for part in parts for path in sorted(scripts.glob(f"{part}.*.js"))]
    found: list[str] = []
    while waiting:
        name = waiting.pop(0)
        if name in found or name in known or not (scripts / name).exists():
            continue
        found.append(name)
        with (scripts / name).open(encoding="utf-8") as code:
            waiting += _STATIC_IMPORT.findall(code.read(_HEAD_OF_CODE))
    return found


def _is_page(path: str) -> bool:
    """Whether a path may be a page's: neither a file nor one of Streamlit's own doors."""
    is_door = "/_stcore/" in path or path.startswith(_DOORS)
    return not is_door and "." not in path.rpartition("/")[2]
