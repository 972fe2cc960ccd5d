"""`callboard run`: the server and the refresh process, side by side."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

import callboard
from callboard.cli.preparing import prepare
from callboard.cli.printing import say
from callboard.cli.processes import (
    EVERYWHERE,
    Child,
    end_on_request,
    end_undisturbed,
    held_port,
    stopped_at_the_end,
    wait_until_healthy,
)
from callboard.cli.progress import showing
from callboard.cli.refresh import parse_span
from callboard.cli.session import Session, session_of
from callboard.errors import CallboardError

FIRST_PORT = 8501
WATCH_SECONDS = 5.0
ROOT = Path(callboard.__file__).resolve().parent.parent


def run(
    context: typer.Context,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Else the first free one from 8501 on.")
    ] = None,
    host: Annotated[str, typer.Option(help="Where to listen.")] = "127.0.0.1",
    refresh: Annotated[bool, typer.Option(help="Whether to refresh the figures meanwhile.")] = True,
    every: Annotated[str, typer.Option(help="How long from one refresh to the next.")] = "60s",
    show_log: Annotated[bool, typer.Option(help="Log here instead of in files.")] = False,
) -> None:
    """Serve the dashboard and keep its figures fresh until Ctrl-C.

    \b
    Example: callboard run --workspace examples/demo --port 8600
    """
    session = session_of(context)
    parse_span(every)  # a wrong one is told now, not in the log of a process that ends at once
    refresher = _refresher(session, every, show_log=show_log)
    with (
        held_port(host, port, first=FIRST_PORT) as chosen,
        stopped_at_the_end(server := _server(session, host, chosen, show_log=show_log), refresher),
        ended_by_a_person(),
    ):
        server.start()  # first: it takes as long to start as the rest to prepare
        title = prepare(session)
        with showing("Starting the server"):
            _await(server, host, chosen)
        say(f"{title} is at http://{_spoken(host)}:{chosen}  (Ctrl-C stops it)")
        if refresh:
            refresher.start()
        _watch(server, refresher if refresh else None)


@contextmanager
def ended_by_a_person() -> Iterator[None]:
    """Ctrl-C, or SIGTERM, is a good end: it is told, and nothing more, however often it comes."""
    end_on_request()
    try:
        yield
    except KeyboardInterrupt:
        end_undisturbed()
        say("Stopping.")


def _spoken(host: str) -> str:
    """A host as it stands in an address."""
    if host in (*EVERYWHERE, "127.0.0.1"):
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _await(server: Child, host: str, port: int) -> None:
    """Wait until the server answers; CallboardError where it does not."""
    if not wait_until_healthy(server, host, port):
        raise CallboardError(f"The server did not start; {_why(server)}")


def _why(child: Child) -> str:
    """Where the reason stands: in a log, or on the terminal already."""
    return f"why stands in {child.log}." if child.log else "the lines above say why."


def _server(session: Session, host: str, port: int, *, show_log: bool) -> Child:
    settings = session.settings
    options = {
        "server.port": str(port),
        "server.address": host,
        "server.headless": "true",
        "server.maxUploadSize": str(settings.max_upload_mb),
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    return Child(
        arguments=["-m", "streamlit", "run", "asgi.py", *flags],
        folder=ROOT,
        environment=session.child_environment(),
        log=None if show_log else settings.home / "logs" / "server.log",
    )


def _refresher(session: Session, every: str, *, show_log: bool) -> Child:
    return Child(
        arguments=["-m", "callboard", "refresh", "--every", every],
        folder=ROOT,
        environment=session.child_environment(),
        log=None if show_log else session.settings.home / "logs" / "refresh.log",
    )


def _watch(server: Child, refresher: Child | None) -> None:
    """Stay until the server ends; a refresh process that ended starts anew."""
    while not server.wait(WATCH_SECONDS):
        if refresher is not None and not refresher.is_running():
            say(f"The refresh process ended and is started anew; {_why(refresher)}")
            refresher.start()
    raise CallboardError(f"The server ended by itself; {_why(server)}")
