"""A real SMTP server and a real HTTP listener on ports of their own, which keep what they get."""

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

HOST = "127.0.0.1"


@dataclass
class Hook:
    """What a listener got; it answers with `status`, after it has done something `meanwhile`."""

    url: str = ""
    status: int = 200
    got: list[dict[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    meanwhile: Callable[[], object] = lambda: None

    @property
    def texts(self) -> list[str]:
        """The texts it took."""
        return [each["text"] for each in self.got]


@contextmanager
def http_listener(hook: Hook | None = None) -> Iterator[Hook]:
    """A listener that takes what is posted, unless its hook says another status."""
    kept = hook or Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.meanwhile()
            kept.asked.append(f"{self.command} {self.path} {self.headers['Content-Type']}")
            if kept.status == 200:
                kept.got.append(json.loads(body))
            self.send_response(kept.status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def do_GET(self) -> None:
            kept.asked.append(f"GET {self.path}")
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer((HOST, 0), Handler)
    kept.url = f"http://{HOST}:{server.server_port}/services/s3cret"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield kept
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Post:
    """What a mail server got; `refused` are the addresses that it does not take."""

    host: str = HOST
    port: int = 0
    refused: frozenset[str] = frozenset()
    got: list[EmailMessage] = field(default_factory=list)
    to: list[list[str]] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - as aiosmtpd calls it
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Take an address, or not."""
        if address in self.refused:
            return "550 no such address"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep a message."""
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.got.append(message)
        self.to.append(list(envelope.rcpt_tos))
        return "250 OK"


@contextmanager
def mail_server(
    post: Post | None = None, *, tls: ssl.SSLContext | None = None, password: bytes = b""
) -> Iterator[Post]:
    """A mail server; with `tls` it offers STARTTLS, with a `password` it wants that of `bot`."""
    kept = post or Post()
    kept.port = free_port()

    def judge(
        _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any
    ) -> AuthResult:
        return AuthResult(success=(data.login, data.password) == (b"bot", password), handled=False)

    controller = Controller(
        kept,
        hostname=HOST,
        port=kept.port,
        tls_context=tls,
        authenticator=judge if password else None,
        auth_required=bool(password),
        auth_require_tls=False,
    )
    controller.start()
    try:
        yield kept
    finally:
        controller.stop()


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
