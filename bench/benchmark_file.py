"""CPU of judging a benchmark file of 50,000 rows: reading, contract checks, findings."""

import time

from tests.data_contracts.benchmarks.files import counts, judge, row

ROUNDS = 3
ROWS = 50_000


def _large_file() -> bytes:
    headers = row(entity_type="competitor", region="North", method="survey", note="")
    lines = [",".join(headers)]
    for at in range(ROWS):
        year = 1990 + at % 35
        cells = headers | {
            "entity": f"Peer {at // 35}",
            "value": f"{at % 9000 / 100 + 1:.2f}",
            "period_start": f"{year}-01-01",
            "period_end": f"{year}-12-31",
            "sample_size": str(at + 1),
        }
        lines.append(",".join(cells.values()))
    return "\n".join(lines).encode()


def main() -> None:
    content = _large_file()
    judge(content[:10_000])
    taken = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        report = judge(content)
        taken.append(time.process_time() - begun)
    accepted = counts(report)[1]
    print(f"{ROWS:,} rows, {accepted:,} accepted, in {1000 * min(taken):,.0f} ms of CPU")


if __name__ == "__main__":
    main()
