"""The processes of a running Callboard: started together, watched, stopped together."""

import errno
import http.client
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from callboard.errors import CallboardError

TRIES, STOP_SECONDS, START_SECONDS = 20, 5.0, 180.0
EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104 - recognised, not bound


@dataclass(kw_only=True)
class Child:
    """A Python process of ours, its output in a log file, or on the terminal where that is None."""

    arguments: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    log: Path | None
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """Start the process, or start it anew; its log goes on where it ended."""
        output = None
        if self.log is not None:
            self.log.parent.mkdir(parents=True, exist_ok=True)
            output = self.log.open("ab")
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and modules
            [sys.executable, *self.arguments],
            cwd=self.folder,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
        if output is not None:
            output.close()

    def is_running(self) -> bool:
        """Whether the process was started and has not ended."""
        return self.process is not None and self.process.poll() is None

    def wait(self, seconds: float) -> bool:
        """Wait for the end of the process, at most so long; whether it ended."""
        if self.process is None:
            return True
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def stop(self) -> None:
        """Ask the process to end, and end it where it does not."""
        if self.process is not None and self.is_running():
            self.process.terminate()
            if not self.wait(STOP_SECONDS):
                self.process.kill()
                self.process.wait()


def end_on_request() -> None:
    """From now on Ctrl-C and SIGTERM raise KeyboardInterrupt, in a script's background, too.

    A shell without job control starts what runs in the background deaf to SIGINT.
    """
    for request in (signal.SIGINT, signal.SIGTERM):
        signal.signal(request, signal.default_int_handler)


def end_undisturbed() -> None:
    """From now on neither Ctrl-C nor SIGTERM changes anything: the end has begun."""
    for request in (signal.SIGINT, signal.SIGTERM):
        signal.signal(request, signal.SIG_IGN)


@contextmanager
def stopped_at_the_end(*children: Child) -> Iterator[None]:
    """Whatever happens inside, the children do not outlive it."""
    try:
        yield
    finally:
        for child in reversed(children):
            child.stop()


@contextmanager
def held_port(host: str, wanted: int | None, *, first: int) -> Iterator[int]:
    """Give `wanted`, or the first free port from `first` on; no other Callboard takes it meanwhile.

    The server listens only seconds later, and another one begun in between would find the port
    free. CallboardError where it is taken, or nothing can listen on that host.
    """
    candidates = range(first, first + TRIES) if wanted is None else (wanted,)
    for port in candidates:
        if is_free(host, port):
            with _claim() as claim:
                if _is_claimed(claim, port):
                    yield port
                    return
    if wanted is not None:
        raise CallboardError(f"Port {wanted} is taken or reserved; take another: --port N.")
    raise CallboardError(f"Ports {first} to {first + TRIES - 1} are all taken; give one: --port N.")


def _claim() -> socket.socket:
    """What says that a port is spoken for: nobody talks UDP here, and it leaves TCP free."""
    return socket.socket(socket.AF_INET, socket.SOCK_DGRAM)


def _is_claimed(claim: socket.socket, port: int) -> bool:
    try:
        claim.bind(("127.0.0.1", port))
    except OSError:
        return False
    return True


def is_free(host: str, port: int) -> bool:
    """Whether a server may listen there; CallboardError where the host is not this machine."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise CallboardError(f"--host {host}: {error.strerror}.") from error
            return False
    return True


def wait_until_healthy(server: Child, host: str, port: int) -> bool:
    """Wait until the server answers; False where it ended, or did not in three minutes."""
    until = time.monotonic() + START_SECONDS
    while server.is_running() and time.monotonic() < until:
        if _answers(host, port):
            return True
        time.sleep(0.1)
    return False


def _answers(host: str, port: int) -> bool:
    here = "127.0.0.1" if host in EVERYWHERE else host
    connection = http.client.HTTPConnection(here, port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
