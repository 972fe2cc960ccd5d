import http.client
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.callboard.cli.calling import ROOT, call

SECONDS = 180


@contextmanager
def _running(*arguments: str | Path) -> Iterator[subprocess.Popen[str]]:
    """`callboard run`, ended at the end whatever happens."""
    process = subprocess.Popen(
        [sys.executable, "-m", "callboard", "run", *map(str, arguments)],
        cwd=ROOT,
        env=dict(os.environ),
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    killer = threading.Timer(SECONDS, os.killpg, (process.pid, signal.SIGKILL))
    killer.start()
    try:
        yield process
    finally:
        killer.cancel()
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _address(process: subprocess.Popen[str], said: list[str]) -> tuple[str, int]:
    assert process.stderr is not None
    for line in process.stderr:
        said.append(line)
        if match := re.search(r"is at http://localhost:(\d+)", line):
            return "127.0.0.1", int(match[1])
    raise AssertionError("".join(said))


def test_a_workspace_is_served_until_it_is_stopped_and_nothing_stays_behind(
    workspace: Path,
) -> None:
    with _running("--workspace", workspace, "--every", "5s") as process:
        said: list[str] = []
        host, port = _address(process, said)
        page = http.client.HTTPConnection(host, port, timeout=10)
        page.request("GET", "/")
        assert 200 == page.getresponse().status
        page.close()
        os.killpg(process.pid, signal.SIGINT)
        rest = process.stderr.read() if process.stderr else ""
        assert (0, "Stopping.\n") == (process.wait(30), rest)
    assert "Computing the figures" in "".join(said)
    gone = http.client.HTTPConnection(host, port, timeout=2)
    with pytest.raises(ConnectionRefusedError):
        gone.request("GET", "/")
    assert "published" not in call("refresh", "--workspace", workspace, "--format", "csv").data


def test_a_broken_definition_stops_it_with_every_problem(workspace: Path) -> None:
    (workspace / "touchpoints" / "desk.yaml").write_text("touchpoint: desk\n", encoding="utf-8")
    with _running("--workspace", workspace) as process:
        assert process.stderr is not None
        said = process.stderr.read()
        assert 1 == process.wait(30)
    assert "touchpoints/desk.yaml: name: found nothing" in said
    assert "touchpoints/desk.yaml: stage: found nothing" in said
    assert "Traceback" not in said
