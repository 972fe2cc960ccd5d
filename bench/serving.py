"""A real server for a measurement, over the demo or any workspace; and what it costs."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from callboard.access import LOCAL_USER
from callboard.services.examples import demo
from callboard.services.examples.set_aside import set_aside
from callboard.services.refreshing.refresh import refresh
from callboard.services.runtime import open_runtime
from callboard.settings import load_settings

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "examples" / "demo"
Server = tuple[subprocess.Popen[bytes], int]


def fill_demo(home: Path, *, now: str = "") -> None:
    """Fill feeds and store of the demo workspace under `home`, as of a moment or of now."""
    clock = {"CALLBOARD_TODAY": now} if now else {}
    runtime = open_runtime(load_settings(clock, workspace=DEMO, home=home))
    demo.fill(runtime, LOCAL_USER, options=demo.Options())
    refresh(runtime, LOCAL_USER)
    demo.publish_benchmarks(runtime, LOCAL_USER)
    set_aside(runtime, LOCAL_USER)
    runtime.store.dispose()


@contextmanager
def serve(workspace: Path, home: Path, **more: str) -> Iterator[Server]:
    """Serve a workspace and give the process and its port; it ends with the block."""
    settings = {"CALLBOARD_WORKSPACE": str(workspace), "CALLBOARD_HOME": str(home), **more}
    with _run("asgi.py", ready="/healthz", **settings) as server:
        yield server


@contextmanager
def serve_script(script: Path) -> Iterator[Server]:
    """Serve a Streamlit script of somebody else's, with our settings of Streamlit."""
    with _run(str(script), ready="/_stcore/health") as server:
        yield server


@contextmanager
def _run(script: str, *, ready: str, **settings: str) -> Iterator[Server]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", script, f"--server.port={port}"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **settings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(f"http://localhost:{port}{ready}")
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


def cpu_of(pid: int) -> float:
    """Seconds of CPU that a process has used, on Linux."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_of(pid: int) -> float:
    """MiB that a process holds in memory, on Linux."""
    status = Path(f"/proc/{pid}/status").read_text()
    held = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(held.split()[1]) / 1024
