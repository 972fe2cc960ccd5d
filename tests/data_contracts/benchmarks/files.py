"""Benchmark files for tests: a good row, and what is changed in it."""

from datetime import UTC, datetime

from data_contracts.benchmarks import FileReport, Known, KnownMetric, judge_file
from data_contracts.benchmarks.progress import Progress
from data_contracts.catalogue import BENCHMARKS, LIBRARY, SUFFIX, read_contract
from data_contracts.importing.answers import NO_ANSWERS, Answers
from data_contracts.parsing import Limits

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CONTRACT, _ = read_contract(LIBRARY / f"{BENCHMARKS}{SUFFIX}")
assert CONTRACT is not None
COMPETITORS = (
    *("Alder Post", "Birch Mail", "Cedar", "Dogwood", "Café Post", "Café", "NA", "Total"),
    *(f"Peer {number}" for number in range(10)),
)
KNOWN = Known(
    metrics=(
        KnownMetric(code="fcr", names=("First contact resolution",), unit="percent"),
        KnownMetric(code="abandon", names=("Abandonment rate", "drop rate"), unit="percent"),
        KnownMetric(code="asa", names=("Average speed of answer",), unit="seconds"),
        KnownMetric(code="complaints", names=("Complaint rate",), unit="per"),
        KnownMetric(code="nps", names=(), unit="points"),
    ),
    touchpoints={"desk": "desk", "Service desk": "desk"},
    ourselves=("Acme", "Acme Stores Ltd"),
    off={"otif": "not connected: deliveries"},
    spellings={"entity": COMPETITORS},
)
GOOD = {
    "kpi_code": "abandon",
    "entity": "Alder Post",
    "statistic": "value",
    "value": "5.5",
    "unit": "percent",
    "per": "",
    "period_start": "2026-07-01",
    "period_end": "2026-09-30",
    "source_name": "Report",
    "sample_size": "1200",
}


def row(**changes: str) -> dict[str, str]:
    """A good row with some cells changed; new names are new columns."""
    return {**GOOD, **changes}


def table(*rows: dict[str, str], delimiter: str = ",", end: str = "\n") -> str:
    """Rows of the same columns as the text of a file; cells are quoted where they must be."""
    headers = list(dict.fromkeys(name for each in rows for name in each))
    lines = [headers, *([each.get(name, "") for name in headers] for each in rows)]
    return "".join(delimiter.join(_cell(cell, delimiter) for cell in line) + end for line in lines)


def _cell(cell: str, delimiter: str) -> str:
    needs_quotes = any(sign in cell for sign in (delimiter, '"', "\n", "\r"))
    return '"' + cell.replace('"', '""') + '"' if needs_quotes else cell


def judge(
    content: str | bytes,
    *,
    limits: Limits | None = None,
    known: Known = KNOWN,
    answers: Answers = NO_ANSWERS,
    progress: Progress | None = None,
) -> FileReport:
    """What the file would publish, as it was answered."""
    return judge_file(
        content.encode() if isinstance(content, str) else content,
        contract=CONTRACT,
        known=known,
        limits=limits or Limits(),
        now=NOW,
        answers=answers,
        progress=progress,
    )


def reasons(report: FileReport, line: int | None = None) -> list[str]:
    """The reasons of a line, or of the whole file."""
    found = (*report.refusals, *report.findings)
    return [each.reason.value for each in found if line is None or each.row == line]


def counts(report: FileReport) -> tuple[int, int, int, int]:
    """Rows in, published, quarantined, collapsed."""
    return report.rows_in, report.published, report.quarantined, report.collapsed
