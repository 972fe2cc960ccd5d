"""CPU of checking and publishing benchmark files beyond judging them, over a store on SQLite."""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from callboard.access import LOCAL_USER
from callboard.services.publishing import benchmarks as publishing
from callboard.services.publishing import judging
from callboard.services.publishing.asking import Ask
from callboard.services.runtime import Runtime
from data_contracts.benchmarks import FileReport
from data_contracts.importing.answers import Answers
from tests.callboard.services.small_world import open_small_runtime

ROWS = 50_000
_HEADERS = (
    *("kpi_code", "entity", "entity_type", "statistic", "value", "unit", "period_start"),
    *("period_end", "source_name", "region", "method", "note", "sample_size"),
)
_judge = judging.Sent.judge
_judging = 0.0


def _timed_judge(*given: Any, **named: Any) -> FileReport:
    global _judging  # noqa: PLW0603 - what is taken off the whole
    begun = time.process_time()
    report = _judge(*given, **named)
    _judging = time.process_time() - begun
    return report


def file_of(rows: int, *, shift: float = 0.0) -> bytes:
    """A file of so many rows; `shift` is added to every value."""
    lines = [",".join(_HEADERS)]
    for at in range(rows):
        year, value = 1990 + at % 35, at % 6000 / 100 + 30 + shift
        lines.append(
            f"otd,Peer {at // 35},competitor,value,{value:.2f},percent,{year}-01-01,{year}-12-31,"
            f"Report,North,survey,,{at + 1}"
        )
    return "\n".join(lines).encode()


def _tell(what: str, act: Callable[[], object]) -> None:
    cpu, wall = time.process_time(), time.perf_counter()
    act()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(
        f"{what:38} {cpu - _judging:5.2f} s beyond judging ({cpu:.2f} s in all, {wall:.2f} s wall)"
    )


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    judging.Sent.judge = _timed_judge  # type: ignore[method-assign]
    with tempfile.TemporaryDirectory() as folder:
        runtime = open_small_runtime(Path(folder), f"sqlite:///{folder}/store.db")
        publishing.get_ready().join()
        _measure(runtime, rows)


def _ask(content: bytes) -> Ask:
    """Nobody of these files is known here, and a publisher's values may move together."""
    said = Answers(new_names=("*",), confirmed=frozenset({"scale:otd"}))
    return Ask(name="a.csv", content=content, answers=said)


def _measure(runtime: Runtime, rows: int) -> None:
    def check(content: bytes) -> object:
        return publishing.check_file(runtime, LOCAL_USER, ask=_ask(content))

    def publish(content: bytes) -> object:
        return publishing.publish(runtime, LOCAL_USER, ask=_ask(content))

    first, second = file_of(rows), file_of(rows, shift=1)
    check(file_of(100))
    _tell(f"check {rows:,}, nothing published", lambda: check(first))
    if rows > 2 * ROWS:
        return
    _tell(f"publish {rows:,}", lambda: publish(first))
    _tell("check the same values again", lambda: check(first + b"\n"))
    _tell("check with every value changed", lambda: check(second))
    _tell("publish with every value changed", lambda: publish(second))


if __name__ == "__main__":
    main()
