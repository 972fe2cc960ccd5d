"""What becomes of a file: its rows, its findings, or why it cannot be read."""

from collections.abc import Mapping as Dict
from dataclasses import dataclass, field

import pandas as pd

from data_contracts.benchmarks.findings import Findings
from data_contracts.evidence import Evidence
from data_contracts.findings import Finding
from data_contracts.importing.layout import Layout
from data_contracts.importing.matches import Mapping, NotMapped
from data_contracts.importing.questions import Asked
from data_contracts.importing.reading import Reading
from data_contracts.parsing.table import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """What a file would publish. `rows` has the contract's columns and `row`, the line of the file.

    `refusals` are empty where the file can be read. `findings` are made as they are looked at, and
    `raw`, each quarantined row as it came, JSON by line, likewise. In `rows`, text whose words
    repeat is categorical. `evidence` counts what the contract's own checks found. `reading`,
    `layout` and `mapping` say what was detected, proposed and answered, `asked` what is open;
    `lines_in` counts rows of the file, which a wide one has fewer of than `rows_in`; `headers` are
    those of the file, before anything is laid out.
    """

    encoding: str
    delimiter: str
    refusals: tuple[Finding, ...] = ()
    findings: Findings = field(default_factory=Findings)
    rows_in: int = 0
    published: int = 0
    quarantined: int = 0
    collapsed: int = 0
    rows: pd.DataFrame = field(default_factory=pd.DataFrame)
    raw: Dict[int, str] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    reading: Reading | None = None
    layout: Layout = field(default_factory=Layout)
    mapping: Mapping = field(default_factory=Mapping)
    asked: tuple[Asked, ...] = ()
    lines_in: int = 0
    headers: tuple[str, ...] = ()


def refused_report(refused: Refused) -> FileReport:
    """Return the report of a file that cannot be read."""
    return FileReport(
        encoding=refused.encoding,
        delimiter=refused.delimiter,
        refusals=refused.findings,
        reading=refused.reading,
        mapping=refused.mapping if isinstance(refused, NotMapped) else Mapping(),
    )
