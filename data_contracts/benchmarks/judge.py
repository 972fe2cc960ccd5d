"""Bytes of a benchmark file -> what may be published, what is quarantined, what is a copy.

The one function that preview and publish share. Any bytes give rows, findings or a refusal; for
every file rows_in = published + quarantined + collapsed.
"""

import json
from collections.abc import Collection
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field, replace
from datetime import datetime

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_contracts.benchmarks.broken import check_issues
from data_contracts.benchmarks.collected import Collected
from data_contracts.benchmarks.keys import find_repeats
from data_contracts.benchmarks.known import Known
from data_contracts.benchmarks.names import name_columns
from data_contracts.benchmarks.scale import scale_issues
from data_contracts.benchmarks.structure import structure_issues
from data_contracts.benchmarks.units import UNITS
from data_contracts.benchmarks.values import bound_issues, merge_bases, unit_issues
from data_contracts.importing.answers import NO_ANSWERS, Answers
from data_contracts.importing.edits import apply_edits
from data_contracts.importing.layout import Layout, lay_out
from data_contracts.importing.mapping import map_columns
from data_contracts.importing.matches import Mapped, Mapping, NotMapped
from data_contracts.importing.questions import Asked
from data_contracts.importing.reading import Reading, look
from data_contracts.masks import judge_rows
from data_contracts.model import ColumnType, Contract, Evidence, Finding
from data_contracts.parsing.dates import Edge
from data_contracts.parsing.headers import Mapping as HeaderMapping
from data_contracts.parsing.limits import CELL, Limits
from data_contracts.parsing.table import Refused, TextTable
from data_contracts.parsing.typed import TypedTable, type_table

EDGES = {"period_start": Edge.FIRST, "period_end": Edge.LAST}
_DTYPES = {
    ColumnType.NUMBER: "float64",
    ColumnType.INTEGER: "float64",
    ColumnType.DATE: "datetime64[us]",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """What a file would publish. `rows` has the contract's columns and `row`, the line of the file.

    `refusals` are empty where the file can be read. `raw` is each quarantined row as it came, JSON
    by line. `evidence` counts what the contract's own checks found. `reading`, `layout` and
    `mapping` say what was detected, proposed and answered, `asked` what is open; `lines_in` counts
    rows of the file, which a wide one has fewer of than `rows_in`.
    """

    encoding: str
    delimiter: str
    refusals: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = ()
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


def judge_file(  # noqa: PLR0913 - each given by its name
    content: bytes,
    *,
    contract: Contract,
    known: Known,
    limits: Limits,
    now: datetime,
    name: str = "",
    answers: Answers = NO_ANSWERS,
) -> FileReport:
    """Read and judge a benchmark file as it was answered; `now` is an aware moment.

    `name` is the file's, whose ending tells a workbook from text.
    """
    table = look(content, answers.reading, contract=contract, limits=limits, name=name)
    if isinstance(table, Refused):
        return _refused(table)
    table = apply_edits(table, answers.edits)
    if isinstance(table, Refused):
        return _refused(table)
    mapped = map_columns(lay_out(table, answers.layout), contract, known, answers)
    if isinstance(mapped, Refused):
        return _refused(mapped)
    columns = mapped.headers.columns
    typed = type_table(mapped.table, columns, contract, edges=EDGES, cell_limit=limits.cell)
    report = _judge(_File(mapped.table, mapped.headers, typed, mapped), contract, known, now)
    return replace(
        report, mapping=mapped.mapping, asked=mapped.asked, lines_in=len(mapped.table.lines)
    )


@dataclass(frozen=True, slots=True)
class _File:
    table: TextTable
    headers: HeaderMapping
    typed: TypedTable
    mapped: Mapped


def _refused(refused: Refused) -> FileReport:
    return FileReport(
        encoding=refused.encoding,
        delimiter=refused.delimiter,
        refusals=refused.findings,
        mapping=refused.mapping if isinstance(refused, NotMapped) else Mapping(),
    )


def _judge(file: _File, contract: Contract, known: Known, now: datetime) -> FileReport:
    rows = len(file.table.lines)
    collected = Collected(rows)
    collected.close(structure_issues(file.table, file.headers, contract))
    collected.close(file.mapped.left_out)
    collected.add(file.mapped.issues)
    collected.add(file.typed.issues)
    frame = _canonical(file.typed, contract)
    _judge_values(frame, file.typed, known, collected)
    references = _references(known)
    judgement = judge_rows(frame, contract.checks, known=references, now=now)
    collected.add(check_issues(judgement, file.table, file.headers))
    in_doubt = np.zeros_like(collected.bad) if file.mapped.is_scale_said else ~collected.bad
    odd, ratio_notes = scale_issues(frame, in_doubt, references["metrics"], known.levels)
    collected.add(odd)
    repeats = find_repeats(frame, ~collected.bad, file.table.lines)
    collected.add(repeats.issues)
    notes = (*file.headers.findings, *file.typed.findings, *ratio_notes)
    report = _report(file, frame, collected, collapsed=repeats.collapsed, notes=notes)
    return replace(report, evidence=judgement.evidence)


def _canonical(typed: TypedTable, contract: Contract) -> pd.DataFrame:
    """The typed columns in the contract's order, those that the file lacks empty."""
    columns = {}
    for column in contract.columns:
        if column.name in typed.frame.columns:
            columns[column.name] = typed.frame[column.name]
        else:
            dtype = _DTYPES.get(column.type, "str")
            columns[column.name] = pd.Series([None] * len(typed.frame), dtype=dtype)
    return pd.DataFrame(columns)


def _judge_values(
    frame: pd.DataFrame, typed: TypedTable, known: Known, collected: Collected
) -> None:
    """Put our own names and units into the frame; what does not fit is collected."""
    named = name_columns(typed.words, known, len(frame))
    for name, column in named.columns.items():
        frame[name] = column
    frame["entity_type"] = frame["entity_type"].fillna("competitor")
    collected.add(named.issues)
    collected.add(merge_bases(frame, named.bases))
    collected.add(unit_issues(frame, typed.signs["value"], known))
    collected.add(bound_issues(frame))


def _references(known: Known) -> dict[str, Collection[str]]:
    return {
        "metrics": {each.code for each in known.metrics},
        "touchpoints": set(known.touchpoints.values()),
        "units": UNITS,
    }


def _report(
    file: _File,
    frame: pd.DataFrame,
    collected: Collected,
    *,
    collapsed: NDArray[np.bool_],
    notes: tuple[Finding, ...],
) -> FileReport:
    lines = file.table.lines
    published = ~collected.bad & ~collapsed
    of_rows = [each.as_finding(int(lines[each.position])) for each in collected.issues]
    of_rows.sort(key=lambda finding: finding.row)
    return FileReport(
        encoding=file.table.encoding,
        delimiter=file.table.delimiter,
        findings=(*file.table.findings, *notes, *of_rows),
        rows_in=len(lines),
        published=int(published.sum()),
        quarantined=int(collected.bad.sum()),
        collapsed=int((collapsed & ~collected.bad).sum()),
        rows=frame.assign(row=lines)[published].reset_index(drop=True),
        raw=_raw(file.table, np.flatnonzero(collected.bad)),
    )


def _raw(table: TextTable, positions: NDArray[np.intp]) -> dict[int, str]:
    """Rows as they came, by line: each header with its cell, a cell without one by its number."""
    width = max((len(cells) for cells in table.surplus.values()), default=0)
    names = [
        header.strip() or f"#{at + 1}" for at, header in enumerate((*table.headers, *[""] * width))
    ]
    rows = table.raws(positions)
    return {
        int(line): json.dumps(
            {name: cell[:CELL] for name, cell in zip(names, cells, strict=False)},
            ensure_ascii=False,
        )
        for line, cells in zip(table.lines[positions], rows, strict=True)
    }
