"""CPU and memory of judging benchmark files: long ones, and ones in which every row is bad.

Each is judged in a process of its own, whose peak memory is told beside the CPU. `peak` counts the
interpreter and the file's own bytes; `of that the file` says how much those are.
"""

import resource
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from data_contracts.benchmarks import judge_file
from data_contracts.parsing import Limits
from tests.data_contracts.benchmarks.files import CONTRACT, KNOWN, NOW, counts

ROUNDS = 3
HEADERS = "kpi_code,entity,statistic,value,unit,per,period_start,period_end,source_name,sample_size"
PERIODS = 35
KINDS = ("good", "numbers", "ranges", "names", "keys", "overlaps")
SIZES = (50_000, 1_000_000)
MEGABYTE = 1024


def make_file(path: Path, kind: str, rows: int) -> None:
    """Write a file of so many rows; but for the good one, every row of it is kept out."""
    with path.open("w", encoding="utf-8") as target:
        target.write(HEADERS + "\n")
        target.writelines(_line(kind, at) for at in range(rows))


def _line(kind: str, at: int) -> str:
    year = 1990 + at % PERIODS
    entity = {"names": f"Firm {at}", "keys": "Peer 1"}.get(kind, f"Peer {at // PERIODS}")
    value = {"numbers": f"{at}x", "ranges": f"{at + 101}", "keys": f"{at % 97}"}.get(
        kind, f"{at % 9000 / 100 + 1:.2f}"
    )
    start = f"{year - 1}-06-01" if kind == "overlaps" else f"{year}-01-01"
    return f"abandon,{entity},value,{value},percent,,{start},{year}-12-31,Report,{at + 1}\n"


def judge_once(path: Path, rows: int) -> str:
    """Judge a file and say what it took."""
    content = path.read_bytes()
    names = tuple(f"Peer {number}" for number in range(rows // PERIODS + 1))
    known = replace(KNOWN, spellings={"entity": names})
    taken = []
    peak = 0.0
    for _ in range(1 if rows > SIZES[0] else ROUNDS):
        begun = time.process_time()
        report = judge_file(content, contract=CONTRACT, known=known, limits=Limits(), now=NOW)
        taken.append(time.process_time() - begun)
        peak = peak or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    _, published, quarantined, _ = counts(report)
    begun = time.process_time()
    shown = len(report.findings[:500])
    return (
        f"{published:9,} published {quarantined:9,} kept out {1000 * min(taken):6,.0f} ms CPU  "
        f"peak {peak:4,.0f} MB, of that the file {len(content) / 1e6:3.0f} MB; "
        f"{shown} findings shown in {1000 * (time.process_time() - begun):.0f} ms"
    )


def main() -> None:
    if len(sys.argv) == 3:
        print(judge_once(Path(sys.argv[1]), int(sys.argv[2])))
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / "benchmarks.csv"
        for rows in SIZES:
            for kind in KINDS:
                make_file(path, kind, rows)
                command = [sys.executable, "-m", "bench.benchmark_file", str(path), str(rows)]
                told = subprocess.run(command, check=True, capture_output=True, text=True)
                print(f"{rows:9,} {kind:9} {told.stdout.strip()}", flush=True)


if __name__ == "__main__":
    main()
