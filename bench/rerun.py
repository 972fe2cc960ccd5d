"""Server CPU of one rerun of every page, warm, and what goes over the wire; in one run.

A real server, driven over its socket: every page of the demo workspace, then the overview of the
wide one (50 touchpoints x 24 metrics x 400 days). Run: python -m bench.rerun
"""

import asyncio
import tempfile
import time
from pathlib import Path

from bench.overview import NOW, fill_wide, open_wide
from bench.serving import DEMO, ROOT, cpu_of, fill_demo, serve
from bench.websocket import Visitor

PAGES = ("", *sorted(path.stem[3:] for path in (ROOT / "pages").glob("[0-9]*.py")))
ROUNDS, BUDGET = 100, 25.0


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        fill_demo(Path(folder))
        with serve(DEMO, Path(folder)) as (process, port):
            for page in PAGES:
                asyncio.run(_measure(process.pid, port, page))
    with tempfile.TemporaryDirectory() as folder:
        runtime = open_wide(Path(folder))
        fill_wide(runtime)
        runtime.store.dispose()
        workspace = runtime.settings.workspace
        with serve(workspace, Path(folder), CALLBOARD_TODAY=NOW) as (process, port):
            asyncio.run(_measure(process.pid, port, "", name="wide"))


async def _measure(pid: int, port: int, page: str, *, name: str = "") -> None:
    async with Visitor(port, page=page) as visitor:
        for _ in range(3):
            await visitor.run()
        before, started = cpu_of(pid), time.perf_counter()
        sizes = [await visitor.run() for _ in range(ROUNDS)]
        cpu = 1000 * (cpu_of(pid) - before) / ROUNDS
        wall = 1000 * (time.perf_counter() - started) / ROUNDS
    print(
        f"{name or page or 'overview':14} {cpu:5.1f} ms CPU  {cpu / BUDGET:4.2f} of the budget  "
        f"{wall:5.1f} ms until drawn  {max(sizes) / 1024:4.0f} KiB"
    )


if __name__ == "__main__":
    main()
