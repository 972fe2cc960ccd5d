"""Server CPU of one rerun of every page, warm, and what goes over the wire; in one run.

A real server, driven over its socket: every page of the demo workspace, then the overview of the
wide one (50 touchpoints x 24 metrics x 400 days). Run: python -m bench.rerun
"""

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.overview import NOW, fill_wide, open_wide
from bench.websocket import Visitor
from callboard.access import LOCAL_USER
from callboard.services.examples import demo
from callboard.services.refreshing.refresh import refresh
from callboard.services.runtime import open_runtime
from callboard.settings import load_settings

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "examples" / "demo"
PAGES = ("", "touchpoint", "competitors", "publish", "data_trust", "definitions")
ROUNDS, BUDGET = 100, 25.0


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        _fill(Path(folder))
        with _server(DEMO, Path(folder)) as (process, port):
            for page in PAGES:
                asyncio.run(_measure(process.pid, port, page))
    with tempfile.TemporaryDirectory() as folder:
        runtime = open_wide(Path(folder))
        fill_wide(runtime)
        runtime.store.dispose()
        workspace = runtime.settings.workspace
        with _server(workspace, Path(folder), CALLBOARD_TODAY=NOW) as (process, port):
            asyncio.run(_measure(process.pid, port, "", name="wide"))


async def _measure(pid: int, port: int, page: str, *, name: str = "") -> None:
    async with Visitor(port, page=page) as visitor:
        for _ in range(3):
            await visitor.run()
        before, started = _cpu(pid), time.perf_counter()
        sizes = [await visitor.run() for _ in range(ROUNDS)]
        cpu = 1000 * (_cpu(pid) - before) / ROUNDS
        wall = 1000 * (time.perf_counter() - started) / ROUNDS
    print(
        f"{name or page or 'overview':12} {cpu:5.1f} ms CPU  {cpu / BUDGET:4.2f} of the budget  "
        f"{wall:5.1f} ms until drawn  {max(sizes) / 1024:4.0f} KiB"
    )


def _fill(home: Path) -> None:
    runtime = open_runtime(load_settings({}, workspace=DEMO, home=home))
    demo.fill(runtime, LOCAL_USER, options=demo.Options())
    refresh(runtime, LOCAL_USER)
    demo.publish_benchmarks(runtime, LOCAL_USER)
    runtime.store.dispose()


@contextmanager
def _server(
    workspace: Path, home: Path, **more: str
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    settings = {"CALLBOARD_WORKSPACE": str(workspace), "CALLBOARD_HOME": str(home), **more}
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "asgi.py", f"--server.port={port}"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **settings},
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait(f"http://localhost:{port}/healthz")
        yield process, port
    finally:
        process.terminate()
        process.wait(20)


def _wait(url: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the server did not answer")


def _cpu(pid: int) -> float:
    """Seconds of CPU that a process has used, on Linux."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
