"""What an examined file would do, in words: findings, changes, one sentence."""

from collections.abc import Mapping, Sequence
from datetime import date

from callboard.figures import format_count, format_day
from callboard.services.defining.definitions import Definitions
from callboard.services.publishing.changes import (
    ADD,
    CHANGE,
    LEAVE,
    REMOVE,
    list_changes,
    list_restatements,
    say_jump,
    tell_jump,
)
from callboard.services.publishing.coverage import say_what_is_not_compared
from callboard.services.publishing.files import Examined
from callboard.services.publishing.finding_rows import group_findings, rows_of
from callboard.services.publishing.finding_words import advice_on, finding_row
from callboard.services.publishing.grades_ahead import grade_ahead
from callboard.services.publishing.revisions import list_revisions
from callboard.storage.benchmarks import Submission
from callboard.storage.engine import Connection
from callboard.views import FindingRow, JumpRow, Preview
from data_contracts.findings import Finding
from data_contracts.parsing.layout import DELIMITER_WORDS


def make_preview(
    connection: Connection, examined: Examined, definitions: Definitions, *, today: date
) -> Preview:
    """Return what publishing the file on the day `today` would do, before it does it.

    Each row that changes a published number has a note, `revision`.
    """
    report, diff = examined.report, examined.diff
    first = [finding_row(each) for each in (*report.refusals, *report.findings.notes)]
    revised = [finding_row(each) for each in list_revisions(diff)]
    refused = say_refusal(examined)
    return Preview(
        file_name=examined.name,
        sha256=examined.sha256,
        encoding=report.encoding,
        delimiter=DELIMITER_WORDS.get(report.delimiter, report.delimiter),
        rows_in=report.rows_in,
        published=report.published,
        quarantined=report.quarantined,
        collapsed=report.collapsed,
        refused=refused,
        same_as=say_twin(examined.twin, diff.counts) if examined.twin else "",
        findings=rows_of(_of_rows(first), report.findings, _of_rows(revised)),
        changes=list_changes(connection, diff, definitions),
        sentence=refused or _sentence(examined, diff.counts),
        notes=_notes(examined, definitions, today=today),
        file_findings=tuple(each for each in (*first, *revised) if not each.row),
        groups=group_findings((*first, *revised), report.findings),
        mode=examined.ask.mode.value,
        base=diff.base,
        change_counts=diff.counts,
        jumps=tell_jumps(examined, definitions),
        restatements=list_restatements(connection, diff, definitions),
        restated=len(diff.restated),
        returned=len(examined.returned),
        grades=grade_ahead(examined.rows, definitions, today=today),
    )


def _of_rows(findings: Sequence[FindingRow]) -> tuple[FindingRow, ...]:
    return tuple(each for each in findings if each.row)


def say_refusal(examined: Examined) -> str:
    """Say why nothing of a file can be published; an empty string where something can."""
    report = examined.report
    if report.refusals:
        return " ".join(_refusal(each) for each in report.refusals)
    if not report.published and report.rows_in == 1:
        return "Its only row cannot be published; it has a finding."
    if not report.published:
        return (
            f"None of its {format_count(report.rows_in)} rows can be published; each has a finding."
        )
    share, limit = report.quarantined / report.rows_in, examined.contract.max_quarantine_share
    if share > limit:
        return (
            f"{100 * share:.0f} % of its rows have a finding that keeps them out; "
            f"at most {100 * limit:g} % may."
        )
    return ""


def say_twin(twin: Submission, counts: Mapping[str, int]) -> str:
    """Say that the same content is published already, as what, and what has replaced it since."""
    said = (
        f"The same content was published on {format_day(twin.at.date())} as submission {twin.id} "
        f"({twin.file_name}). Publishing it again changes nothing."
    )
    replaced = counts[ADD] + counts[CHANGE]
    if not replaced:
        return said
    have = "has" if replaced == 1 else "have"
    return (
        f"{said} {format_count(replaced)} of its values {have} been replaced since; to get them "
        "back, withdraw what came later."
    )


def tell_jumps(examined: Examined, definitions: Definitions) -> tuple[JumpRow, ...]:
    """Return the jumps in scale, and which of them a person has confirmed."""
    confirmed = examined.ask.answers.confirmed
    return tuple(
        tell_jump(each, definitions, is_confirmed=each.key in confirmed)
        for each in examined.diff.jumps
    )


def say_unconfirmed(examined: Examined, definitions: Definitions) -> str:
    """Say which jumps in scale wait for a person's word; an empty string where none does."""
    jumps = tell_jumps(examined, definitions)
    return " ".join(say_jump(each) for each in jumps if not each.is_confirmed)


def _notes(examined: Examined, definitions: Definitions, *, today: date) -> tuple[str, ...]:
    notes = [*say_what_is_not_compared(examined.rows, definitions, today=today)]
    notes += [say_jump(each) for each in tell_jumps(examined, definitions) if not each.is_confirmed]
    if count := len(examined.returned):
        row_comes = "row that was rejected before comes" if count == 1 else (
            "rows that were rejected before come"
        )  # fmt: skip
        notes.append(f"{format_count(count)} {row_comes} back corrected.")
    if examined.diff.removes.size and examined.report.quarantined:
        notes.append(
            "What its rejected rows said before is removed too: mend them first to keep it."
        )
    return tuple(notes)


def _sentence(examined: Examined, counts: Mapping[str, int]) -> str:
    removes = f"removes {format_count(counts[REMOVE])}, " if counts[REMOVE] else ""
    said = (
        f"Adds {format_count(counts[ADD])}, changes {format_count(counts[CHANGE])}, "
        f"leaves {format_count(counts[LEAVE])}, {removes}"
        f"rejects {format_count(examined.report.quarantined)}"
    )
    copies = examined.report.collapsed
    return f"{said}; {format_count(copies)} said twice." if copies else f"{said}."


def _refusal(finding: Finding) -> str:
    where = f"Line {finding.row}: " if finding.row else ""
    advice = finding.suggestion or advice_on(finding)
    return f"{where}found {finding.found}; expected {finding.expected}. {advice}".rstrip()
