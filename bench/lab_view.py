"""CPU of all that the page does for a step of the import lab, on 50,000 rows over SQLite.

`first` is of bytes that nobody has looked at yet, right after somebody else has published a value;
`mode`, `passport` and `edit` are of the same bytes with another mode, another constant of the
passport, and one cell put right. Of each the best of five, in one process.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

from callboard.access import LOCAL_USER
from callboard.services.publishing import benchmarks as publishing
from callboard.services.publishing.asking import Ask, Mode
from callboard.services.publishing.drafts import drop_draft, keep_draft
from callboard.services.publishing.lab import look_at
from callboard.services.runtime import Runtime
from callboard.views import LabView
from data_contracts.importing.answers import Answers, Edit
from tests.callboard.services.small_world import open_small_runtime

ROWS, ROUNDS = 50_000, 5
_numbers = count(1)
_METRICS = (("abandon", "percent"), ("asa", "seconds"), ("nps", "points"), ("otd", "percent"))
_MONTHS = 120
_HEADERS = (
    *("kpi_code", "entity", "entity_type", "statistic", "value", "unit", "period_start"),
    *("period_end", "source_name", "publisher", "region", "method", "note", "sample_size"),
)
_BAD = ("n/a?", "12x", "#REF!", "1.234,5,6", "5,5")
_SAID = Answers(new_names=("*",), confirmed=frozenset(f"scale:{metric}" for metric, _ in _METRICS))


def file_of(rows: int, *, sources: int = 1, bad: float = 0, shift: float = 0.0) -> bytes:
    """A file of metrics × entities × months; `shift` is added to every value."""
    every = round(1 / bad) if bad else 0
    lines = [",".join(_HEADERS)]
    for at in range(rows):
        metric, unit = _METRICS[at % len(_METRICS)]
        month = at // len(_METRICS) % _MONTHS
        entity = at // len(_METRICS) // _MONTHS
        year, month = 2015 + month // 12, month % 12 + 1
        value = f"{at % 6000 / 100 + 30 + shift:.2f}"
        day = 28 if month == 2 else 30
        broken = at // every % 6 if every and at % every == 0 else -1
        value = _BAD[at % len(_BAD)] if broken in (0, 1) else value
        unit = "furlongs" if broken == 2 else unit
        start = "31.02.2019" if broken == 3 else f"{year}-{month:02}-01"
        metric = f"unknown {at % 50}" if broken == 4 else metric
        statistic = "middling" if broken == 5 else "value"
        lines.append(
            f"{metric},Peer {entity},competitor,{statistic},{value},{unit},{start},"
            f"{year}-{month:02}-{day},Report {at % sources},Bureau {at % sources},North,survey,,"
            f"{at % 5000 + 1}"
        )
    return "\n".join(lines).encode()


KINDS: dict[str, Callable[[int], bytes]] = {
    "one source": file_of,
    "5,000 sources": lambda rows: file_of(rows, sources=5000),
    "20 % bad": lambda rows: file_of(rows, bad=0.2),
    "all changed": lambda rows: file_of(rows, shift=1),
    "all changed, 5,000 sources": lambda rows: file_of(rows, sources=5000, shift=1),
}


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        runtime = open_small_runtime(Path(folder), f"sqlite:///{folder}/store.db")
        publishing.get_ready().join()
        _measure(runtime, rows)


def _measure(runtime: Runtime, rows: int) -> None:
    _looks(runtime, file_of(100), _SAID)
    for kind, make in KINDS.items():
        if kind == "all changed":
            _publish(runtime, file_of(rows))
        if kind == "all changed, 5,000 sources":
            _publish(runtime, file_of(rows, sources=5000))
        _tell(kind, _looks(runtime, make(rows), _SAID))


def _publish(runtime: Runtime, content: bytes) -> None:
    ask = Ask(name="benchmarks.csv", content=content, answers=_SAID)
    publishing.publish(runtime, LOCAL_USER, ask=ask)


def _publish_another(runtime: Runtime) -> None:
    """Publish a value of another metric, so that nothing read before counts any more."""
    number = next(_numbers)
    cells = f"returns,Other {number},competitor,value,{number / 10},percent,2025-01-01,2025-12-31"
    header = ",".join(_HEADERS[: cells.count(",") + 1])
    _publish(runtime, f"{header},source_name\n{cells},Another\n".encode())


def _looks(runtime: Runtime, content: bytes, said: Answers) -> dict[str, list[float]]:
    """What each look took, with as many files of the same rows as there are rounds."""
    line, header = content.count(b"\n") + 1, "note"
    ways = {
        "first": (said, Mode.BY_KEY),
        "mode": (said, Mode.PUBLISHER),
        "passport": (replace(said, constants={"population": "callers"}), Mode.BY_KEY),
        "edit": (replace(said, edits=(Edit(line=line, column=header, becomes="x"),)), Mode.BY_KEY),
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(ROUNDS):
        _publish_another(runtime)
        fresh = content + b"\n" * (number + 1)
        token = keep_draft(runtime, LOCAL_USER, name="benchmarks.csv", content=fresh)
        for name, (answers, mode) in ways.items():
            seconds, _ = _timed(runtime, token, answers, mode)
            taken[name].append(seconds)
        drop_draft(runtime, LOCAL_USER, token)
    return taken


def _timed(runtime: Runtime, token: str, answers: Answers, mode: Mode) -> tuple[float, LabView]:
    begun = time.process_time()
    view = look_at(runtime, LOCAL_USER, token=token, answers=answers, mode=mode)
    return time.process_time() - begun, view


def _tell(kind: str, taken: dict[str, list[float]]) -> None:
    told = "  ".join(f"{name} {1000 * min(each):5.0f} ms" for name, each in taken.items())
    print(f"{kind:28} {told}", flush=True)


if __name__ == "__main__":
    main()
