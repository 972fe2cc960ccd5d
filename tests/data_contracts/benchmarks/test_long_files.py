"""A long file is kept in little room, and judged like a short one."""

import json

from data_contracts.benchmarks import FileReport
from data_contracts.importing.answers import Answers
from tests.data_contracts.benchmarks.files import counts, judge, row, table

ROWS = 24_000
BAD = range(0, ROWS, 1000)


def _report() -> FileReport:
    rows = (
        row(segment=f"S{at}", value="5.5x" if at in BAD else f"{at % 90 + 1}", region="North ")
        for at in range(ROWS)
    )
    return judge(table(*rows))


def test_every_row_of_a_long_file_is_judged() -> None:
    report = _report()
    assert (ROWS, ROWS - len(BAD), len(BAD), 0) == counts(report)
    assert [at % 90 + 1 for at in range(ROWS) if at not in BAD] == report.rows["value"].tolist()
    assert {"North"} == set(report.rows["region"])


def test_bad_rows_of_a_long_file_are_kept_as_they_came() -> None:
    report = _report()
    assert [at + 2 for at in BAD] == list(report.raw)
    kept = json.loads(report.raw[1002])
    assert ("S1000", "5.5x", "North ") == tuple(
        kept[name] for name in ("segment", "value", "region")
    )
    (found,) = report.findings.of_line(1002)
    assert ("value", "5.5x") == (found.column, found.found)


def test_each_step_is_told_in_order_and_the_end_too() -> None:
    told: list[tuple[str, float]] = []
    judge(table(row()), answers=Answers(), progress=lambda step, share: told.append((step, share)))
    shares = [share for _, share in told]
    assert (0.0, 1.0, sorted(shares)) == (shares[0], shares[-1], shares)
    assert "read" == told[0][0]
