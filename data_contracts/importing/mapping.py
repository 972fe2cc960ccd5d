"""Steps two and three of an import: what each column is, and what its words mean."""

from collections.abc import Iterator
from collections.abc import Mapping as Dict
from dataclasses import replace

from data_contracts.benchmarks.known import Known
from data_contracts.findings import Finding
from data_contracts.importing.alike import alike, tell_alike
from data_contracts.importing.answers import Answers
from data_contracts.importing.coded import Sheet
from data_contracts.importing.columns import Chosen, choose_columns
from data_contracts.importing.constants import put_constants
from data_contracts.importing.evidence import PSEUDO
from data_contracts.importing.groups import put_kinds
from data_contracts.importing.matches import (
    ColumnMatch,
    Mapped,
    Mapping,
    NotMapped,
    ValueMatch,
)
from data_contracts.importing.number_cells import read_other_numbers
from data_contracts.importing.periods import Periods
from data_contracts.importing.units import put_units, put_units_of_metrics, says_units
from data_contracts.importing.value_cells import read_values
from data_contracts.importing.words import Vocabulary, match_words, put_words
from data_contracts.model import ColumnType, Contract
from data_contracts.parsing.headers import Mapping as HeaderMapping
from data_contracts.parsing.headers import map_headers, names_of
from data_contracts.parsing.table import Refused, TextTable

__all__ = ["ColumnMatch", "Mapped", "Mapping", "NotMapped", "ValueMatch", "map_columns"]


def map_columns(
    table: TextTable, contract: Contract, known: Known, answers: Answers
) -> Mapped | Refused:
    """Return the file with its columns and words mapped, by exact names and by what was answered.

    A refusal names every required column that neither a column nor a constant gives, and carries
    what the columns seem to be.
    """
    chosen = choose_columns(table, contract, known, answers)
    sheet = Sheet(table, {name: at for at, name in enumerate(chosen.fields) if name})
    headers = _header_names(table, chosen)
    found = map_headers(
        table.headers,
        contract,
        line=table.header_line,
        fields=chosen.fields,
        given=_given(sheet, chosen, answers, headers.get("value", "")),
    )
    refusals = (*chosen.refusals, *(found if isinstance(found, tuple) else ()))
    refusals = refusals or put_constants(sheet, contract, answers)
    if refusals or isinstance(found, tuple):
        mapping = _mapping(chosen, answers, missing=_missing(refusals, contract))
        return _not_mapped(table, mapping, refusals)
    return _mapped(sheet, chosen, found, headers, contract, known, answers)


def _mapped(  # noqa: PLR0913, PLR0917 - the one place where all that is known of a file meets
    sheet: Sheet,
    chosen: Chosen,
    found: HeaderMapping,
    headers: Dict[str, str],
    contract: Contract,
    known: Known,
    answers: Answers,
) -> Mapped:
    value_header = headers.get("value", "")
    notes = [*put_kinds(sheet, headers.get("entity", ""), names_of(contract))]
    notes += put_units(sheet, chosen, value_header) if _may_say_units(answers) else ()
    matches = match_words(sheet, Vocabulary(contract, known), answers)
    left_out = put_words(sheet, answers)
    put_units_of_metrics(sheet, known)
    periods = Periods(sheet, answers, chosen.answers)
    dates = tuple(each.name for each in contract.columns if each.type is ColumnType.DATE)
    periods.read(headers, dates)
    values = read_values(sheet, chosen.answers.get("value"), header=value_header, known=known)
    others = read_other_numbers(sheet, contract, chosen.answers, headers)
    table, columns = sheet.finish()
    mapping = _mapping(chosen, answers)
    return Mapped(
        table=table,
        headers=replace(
            found,
            columns={name: at for name, at in columns.items() if name not in PSEUDO},
            findings=(*_of_extra_columns(found.findings, chosen), *notes, *values.notes),
        ),
        mapping=replace(mapping, values=(*matches, *periods.matches)),
        asked=(*periods.asked, *values.asked, *others.asked),
        left_out=(*left_out, *periods.issues),
        issues=(*values.issues, *others.issues),
        is_scale_said=values.is_scale_said,
    )


def _header_names(table: TextTable, chosen: Chosen) -> dict[str, str]:
    return {
        field: header.strip()
        for field, header in zip(chosen.fields, table.headers, strict=True)
        if field
    }


def _may_say_units(answers: Answers) -> bool:
    """Units are taken from signs only where a person has looked at the columns."""
    return answers.columns is not None or answers.layout is not None


def _given(sheet: Sheet, chosen: Chosen, answers: Answers, value_header: str) -> set[str]:
    given = {field for field, text in answers.constants.items() if text.strip()}
    if chosen.is_period or "period" in given:
        given.add("period_end")
    if _may_say_units(answers) and says_units(sheet, chosen, value_header):
        given.add("unit")
    return given


def _mapping(chosen: Chosen, answers: Answers, missing: tuple[str, ...] = ()) -> Mapping:
    used = {each for each in chosen.fields if each}
    return Mapping(
        columns=chosen.matches,
        constants=dict(answers.constants),
        ignored=tuple(
            each.header
            for each in chosen.matches
            if each.field not in used or (each.confidence < 1 and not each.is_answered)
        ),
        missing=missing,
    )


def _missing(refusals: tuple[Finding, ...], contract: Contract) -> tuple[str, ...]:
    required = {each.name for each in contract.columns if each.required}
    return tuple(
        each.column
        for each in refusals
        if each.column in required and each.found.startswith("no column")
    )


def _not_mapped(table: TextTable, mapping: Mapping, refusals: tuple[Finding, ...]) -> NotMapped:
    proposed = {each.field: each for each in mapping.columns if each.confidence < 1 and each.field}
    if "period" in proposed or "year" in proposed:
        proposed.setdefault("period_end", proposed.get("period") or proposed["year"])
    told = tuple(
        _advised(each, proposed.get(each.column)) if each.column in mapping.missing else each
        for each in refusals
    )
    return NotMapped(
        findings=told, encoding=table.encoding, delimiter=table.delimiter, mapping=mapping
    )


def _advised(finding: Finding, match: ColumnMatch | None) -> Finding:
    """Name the column that may be the missing one, unless a misspelt header says it already."""
    if match is None or repr(match.header) in finding.suggestion:
        return finding
    sure = f"{100 * match.confidence:.0f} %"
    advice = f"Column {match.header!r} may be {match.field} ({sure}: {match.evidence})."
    return replace(finding, suggestion=advice)


def _of_extra_columns(findings: tuple[Finding, ...], chosen: Chosen) -> Iterator[Finding]:
    """The notes on columns that are not published, but for those a person said to ignore.

    Columns alike, such as P1 to P99, have one note.
    """
    answered = {each.header for each in chosen.matches if each.is_answered}
    told = {each.column: each for each in findings if each.column.strip() not in answered}
    for same in alike(told):
        first = told[same[0]]
        yield (
            first
            if len(same) == 1
            else replace(first, column="", found=tell_alike(same), suggestion="")
        )
