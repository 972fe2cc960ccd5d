"""Many readers at once on one server process: how long a rerun takes them, and what memory does.

Each session draws the overview again every five seconds, as after a publication, at 50 touchpoints
x 24 metrics x 400 days; then one session after another draws 10,000 times while memory is
watched. Run: python -m bench.sessions [40 80] [--reruns 10000]
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from bench.overview import NOW, fill_wide, open_wide
from bench.serving import cpu_of, memory_of, serve
from bench.websocket import Visitor

EVERY, SECONDS, WARM = 5.0, 60.0, 500


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("sessions", nargs="*", type=int, default=[40, 80])
    asked.add_argument("--reruns", type=int, default=10_000)
    wanted = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        runtime = open_wide(Path(folder))
        fill_wide(runtime)
        runtime.store.dispose()
        workspace = runtime.settings.workspace
        with serve(workspace, Path(folder), CALLBOARD_TODAY=NOW) as (process, port):
            for count in wanted.sessions:
                asyncio.run(_load(process.pid, port, count))
            asyncio.run(_soak(process.pid, port, wanted.reruns))


async def _load(pid: int, port: int, count: int) -> None:
    started, before = time.perf_counter(), cpu_of(pid)
    answers = await asyncio.gather(
        *(_read(port, place / count * EVERY) for place in range(count)), return_exceptions=True
    )
    errors = [each for each in answers if isinstance(each, BaseException)]
    waits = sorted(wait for each in answers if not isinstance(each, BaseException) for wait in each)
    busy = (cpu_of(pid) - before) / (time.perf_counter() - started)
    print(
        f"{count:3} sessions  median {1000 * statistics.median(waits):4.0f} ms  "
        f"p95 {1000 * waits[int(0.95 * len(waits))]:4.0f} ms  of {len(waits):,} reruns  "
        f"{len(errors)} errors  {busy:.0%} of a core  {memory_of(pid):.0f} MiB",
        flush=True,
    )


async def _read(port: int, delay: float) -> list[float]:
    """The seconds of each rerun of a session, without its first."""
    waits = []
    await asyncio.sleep(delay)
    async with Visitor(port) as visitor:
        await visitor.run()
        end = time.perf_counter() + SECONDS
        while (began := time.perf_counter()) < end:
            await visitor.run()
            waits.append(time.perf_counter() - began)
            await asyncio.sleep(max(0.0, EVERY - waits[-1]))
    return waits


async def _soak(pid: int, port: int, reruns: int) -> None:
    async with Visitor(port) as visitor:
        for _ in range(WARM):
            await visitor.run()
        before = memory_of(pid)
        for _ in range(reruns):
            await visitor.run()
        after = memory_of(pid)
    print(f"{reruns:,} reruns  {before:.0f} -> {after:.0f} MiB, {after / before - 1:+.1%}")


if __name__ == "__main__":
    main()
