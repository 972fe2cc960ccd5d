"""The fast judge says of every row what a slow one says that was written apart from it."""

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from data_contracts.benchmarks import FileReport
from tests.data_contracts.benchmarks.files import judge, row, table
from tests.data_contracts.benchmarks.plain_judge import verdicts

DAYS = ("2026-01-01", "2026-03-31", "2026-06-30", "2026-02-30", "2025-12-31", "2027-01-01", "")
CELLS: Mapping[str, tuple[str, ...]] = {
    "kpi_code": ("abandon", "Drop rate", "fcr", "asa", "moon"),
    "entity": ("Alder Post", "ALDER POST", "Birch Mail", "acme stores ltd", "Stranger"),
    "value": ("0.9", "1", "20", "5.5", "5.50", "93", "104", "-3", ""),
    "unit": ("percent", "%", "seconds", "min", "parsecs"),
    "period_start": ("2025-01-01", *DAYS),
    "period_end": DAYS[::-1],
    "source_name": ("Report", "Other", ""),
}
CHANGES = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(words) for name, words in CELLS.items()}
)
ROWS = st.lists(CHANGES.map(lambda changes: row(**changes)), min_size=1, max_size=14)


def _verdicts(report: FileReport, rows: int) -> list[str]:
    published = set(report.rows["row"])
    return [
        "published" if line in published else "quarantined" if line in report.raw else "collapsed"
        for line in range(2, rows + 2)
    ]


@settings(max_examples=300)
@given(ROWS)
def test_every_row_gets_the_verdict_that_plain_python_gives_it(rows: list[dict[str, str]]) -> None:
    assert verdicts(rows) == _verdicts(judge(table(*rows)), len(rows))


def test_many_rows_get_the_verdicts_that_plain_python_gives_them() -> None:
    names = list(CELLS)
    rows = [
        row(
            **{
                name: CELLS[name][(at * 7 + place * at) % len(CELLS[name])]
                for place, name in enumerate(names)
            }
        )
        for at in range(700)
    ]
    assert verdicts(rows) == _verdicts(judge(table(*rows)), len(rows))
