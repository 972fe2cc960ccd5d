"""A file of 50,000 rows is judged in half a second of this process's time."""

import time

from tests.data_contracts.benchmarks.files import counts, judge, row

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


def test_fifty_thousand_rows_take_half_a_second() -> None:
    content = _large_file()
    judge(content[:10_000])
    seconds = []
    for _ in range(3):
        start = time.process_time()
        report = judge(content)
        seconds.append(time.process_time() - start)
    assert (ROWS, ROWS, 0, 0) == counts(report)
    assert min(seconds) < 0.5
