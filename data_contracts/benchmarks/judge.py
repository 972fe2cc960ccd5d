"""Bytes of a benchmark file -> what may be published, what is quarantined, what is a copy.

The one function that preview and publish share. Any bytes give rows, findings or a refusal; for
every file rows_in = published + quarantined + collapsed. Each distinct word of a column is judged
once, so a long file costs little more than reading it.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from data_contracts.benchmarks.broken import Rules, run_rules
from data_contracts.benchmarks.collected import Collected
from data_contracts.benchmarks.encodings import encoding_entries, encoding_notes
from data_contracts.benchmarks.entities import new_names, part_groups
from data_contracts.benchmarks.findings import Findings
from data_contracts.benchmarks.keys import find_repeats
from data_contracts.benchmarks.known import Known
from data_contracts.benchmarks.merged_names import merge_names
from data_contracts.benchmarks.names import name_columns
from data_contracts.benchmarks.progress import Progress, Step, tell, tell_the_end
from data_contracts.benchmarks.published import without_published
from data_contracts.benchmarks.raw_rows import RawRows
from data_contracts.benchmarks.report import FileReport, refused_report
from data_contracts.benchmarks.scale import scale_entries
from data_contracts.benchmarks.sheet import Sheet
from data_contracts.benchmarks.structure import structure_entries
from data_contracts.benchmarks.units import UNITS
from data_contracts.benchmarks.values import bound_entries, merge_bases, unit_entries
from data_contracts.evidence import Evidence
from data_contracts.findings import Finding
from data_contracts.importing.answers import NO_ANSWERS, Answers, ReadingAnswer
from data_contracts.importing.edits import apply_edits
from data_contracts.importing.layout import lay_out
from data_contracts.importing.mapping import map_columns
from data_contracts.importing.matches import Mapped
from data_contracts.importing.reading import look
from data_contracts.importing.reading_questions import ask_of_reading
from data_contracts.model import Contract
from data_contracts.parsing.cells import Mask, as_entries
from data_contracts.parsing.compact import compact, give_back
from data_contracts.parsing.dates import Edge
from data_contracts.parsing.limits import Limits
from data_contracts.parsing.table import Refused, TextTable
from data_contracts.parsing.typed import TypedTable, type_table

EDGES = {"period_start": Edge.FIRST, "period_end": Edge.LAST}
_SCALE = "scale:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Court:
    """What a file is judged by, and who wants to know how far it is."""

    contract: Contract
    known: Known
    limits: Limits
    now: datetime
    answers: Answers = NO_ANSWERS
    progress: Progress | None = None


def judge_file(  # noqa: PLR0913 - each given by its name
    content: bytes,
    *,
    contract: Contract,
    known: Known,
    limits: Limits,
    now: datetime,
    name: str = "",
    answers: Answers = NO_ANSWERS,
    progress: Progress | None = None,
) -> FileReport:
    """Read and judge a benchmark file as it was answered; `now` is an aware moment.

    `name` is the file's, whose ending tells a workbook from text. `progress` is told each step as
    it begins, with the share of the work (0 to 1) behind it.
    """
    tell(progress, Step.READ)
    table = read_file(
        content,
        answers.reading,
        contract=contract,
        limits=limits,
        name=name,
        is_turned=answers.layout is not None,
    )
    if isinstance(table, Refused):
        return refused_report(table)
    court = Court(
        contract=contract, known=known, limits=limits, now=now, answers=answers, progress=progress
    )
    return judge_table(table, court)


def read_file(
    content: bytes,
    answer: ReadingAnswer,
    *,
    contract: Contract,
    limits: Limits,
    name: str = "",
    is_turned: bool = False,
) -> TextTable | Refused:
    """Return the rows of a file, in little room unless columns of it are to be turned."""
    table = look(content, answer, contract=contract, limits=limits, name=name)
    if isinstance(table, Refused) or is_turned:
        return table
    table = compact(table)
    give_back()
    return table


def judge_table(table: TextTable, court: Court) -> FileReport:
    """Judge the rows of a file that has been read."""
    tell(court.progress, Step.MAP)
    answers, reading = court.answers, table.reading
    edited = apply_edits(table, answers.edits)
    if isinstance(edited, Refused):
        return replace(refused_report(edited), reading=reading, headers=table.headers)
    long = lay_out(edited, answers.layout, court.limits)
    if isinstance(long, Refused):
        return replace(refused_report(long), reading=reading, headers=table.headers)
    mapped = map_columns(long, court.contract, court.known, answers)
    if isinstance(mapped, Refused):
        return replace(refused_report(mapped), reading=reading, headers=table.headers)
    report = _judge(mapped, table if long is edited else long, court)
    tell_the_end(court.progress)
    return replace(
        report,
        reading=reading,
        mapping=mapped.mapping,
        asked=(*ask_of_reading(reading, answers.confirmed), *mapped.asked),
        lines_in=len(table.lines),
        headers=table.headers,
    )


def _judge(mapped: Mapped, came: TextTable, court: Court) -> FileReport:
    """`came` has the rows as they came: those of the file, or what its columns were turned into."""
    table, contract = mapped.table, court.contract
    tell(court.progress, Step.CELLS)
    collected = Collected(len(table.lines))
    collected.close(structure_entries(table, mapped.headers, contract))
    collected.close(as_entries(mapped.left_out))
    collected.add(as_entries(mapped.issues))
    columns = mapped.headers.columns
    typed = type_table(table, columns, contract, edges=EDGES, cell_limit=court.limits.cell)
    collected.add(typed.entries)
    collected.add(encoding_entries(table, dict(typed.texts), court.answers))
    tell(court.progress, Step.NAMES)
    sheet = Sheet(typed.rows, contract)
    notes = [*encoding_notes(table), *mapped.headers.findings, *typed.findings]
    notes += _name(sheet, typed, court, collected)
    tell(court.progress, Step.RULES)
    evidence = _run_rules(sheet, mapped, court, collected)
    if not mapped.is_scale_said:
        notes += _look_at_scale(sheet, court, collected)
    tell(court.progress, Step.REPEATS)
    names = [column.name for column in contract.columns]
    repeats = find_repeats(sheet, ~collected.bad, table.lines, names)
    collected.add(without_published(repeats.entries, sheet, court.known))
    tell(court.progress, Step.REPORT)
    verdict = _Verdict(sheet, collected, repeats.collapsed, (*table.findings, *notes), evidence)
    return _report(verdict, table, came, names)


def _name(sheet: Sheet, typed: TypedTable, court: Court, collected: Collected) -> list[Finding]:
    """Put our own names and units into the sheet; what does not fit is collected."""
    named = name_columns(typed.texts, court.known)
    for column, values in typed.others.items():
        sheet.put(column, values)
    for words in named.texts.values():
        sheet.put_words(words)
    collected.add(named.entries)
    collected.add(merge_names(sheet, court.known))
    entities = typed.texts["entity"]
    collected.add(part_groups(sheet, entities))
    kept_out, notes = new_names(sheet, entities, court.known, court.answers.new_names)
    collected.add(kept_out)
    collected.add(merge_bases(sheet, named.bases))
    collected.add(unit_entries(sheet, typed.signs.get("value"), court.known))
    collected.add(bound_entries(sheet))
    return notes


def _run_rules(
    sheet: Sheet, mapped: Mapped, court: Court, collected: Collected
) -> tuple[Evidence, ...]:
    rules = Rules(checks=court.contract.checks, references=_references(court.known), now=court.now)
    entries, evidence = run_rules(sheet, rules, mapped.table, mapped.headers.columns)
    collected.add(entries)
    return evidence


def _look_at_scale(sheet: Sheet, court: Court, collected: Collected) -> list[Finding]:
    """A jump of scale that a person has confirmed is none."""
    confirmed = {
        key.removeprefix(_SCALE) for key in court.answers.confirmed if key.startswith(_SCALE)
    }
    metrics = {each.code for each in court.known.metrics} - confirmed
    odd, notes = scale_entries(sheet, ~collected.bad, metrics, court.known.levels)
    collected.add(odd)
    return notes


def _references(known: Known) -> dict[str, Collection[str]]:
    return {
        "metrics": {each.code for each in known.metrics},
        "touchpoints": set(known.touchpoints.values()),
        "units": UNITS,
    }


@dataclass(frozen=True, slots=True)
class _Verdict:
    sheet: Sheet
    collected: Collected
    collapsed: Mask
    notes: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]


def _report(verdict: _Verdict, table: TextTable, came: TextTable, names: list[str]) -> FileReport:
    bad = verdict.collected.bad
    published = ~bad & ~verdict.collapsed
    is_whole = bool(published.all())
    rows = verdict.sheet.frame(names, None if is_whole else published)
    rows["row"] = table.lines if is_whole else table.lines[published]
    origins = table.origins
    return FileReport(
        encoding=table.encoding,
        delimiter=table.delimiter,
        findings=Findings(
            verdict.notes,
            verdict.collected.entries,
            table.lines,
            origin=None if origins is None else origins.of,
        ),
        rows_in=len(table.lines),
        published=_count(published),
        quarantined=_count(bad),
        collapsed=_count(verdict.collapsed & ~bad),
        rows=rows,
        raw=RawRows(came, np.flatnonzero(bad)),
        evidence=verdict.evidence,
    )


def _count(rows: NDArray[np.bool_]) -> int:
    return int(np.count_nonzero(rows))
