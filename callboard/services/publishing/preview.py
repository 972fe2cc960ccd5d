"""What an examined file would do, in words: findings, changes, one sentence."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import fields
from operator import attrgetter

from callboard.figures import format_change, format_count, format_day, format_full, format_span
from callboard.services.comparing.comparability import convert
from callboard.services.defining.definitions import Definitions
from callboard.services.publishing.files import Examined
from callboard.storage.benchmarks import BenchmarkRow, Submission
from callboard.views import Change, FindingRow, Preview
from data_contracts.model import Finding, RowVerdict
from data_contracts.parsing.layout import DELIMITER_WORDS

ADD, CHANGE, LEAVE = "add", "change", "leave"
_VERDICTS = {
    RowVerdict.REFUSE: "file refused",
    RowVerdict.QUARANTINE: "quarantined",
    RowVerdict.PUBLISH: "published",
}
_SAYS = tuple(
    each.name for each in fields(BenchmarkRow) if each.name not in ("id", "submission_id", "row")
)
_TOLD = attrgetter(*_SAYS)


def make_preview(examined: Examined, definitions: Definitions) -> Preview:
    """Return what publishing the file would do, before it does it."""
    report, twin = examined.report, examined.twin
    findings = [finding_row(each) for each in (*report.refusals, *report.findings)]
    changes = list_changes(examined, definitions)
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
        same_as=say_twin(twin) if twin else "",
        findings=tuple(each for each in findings if each.row),
        changes=changes,
        sentence=refused or _sentence(examined, changes),
        notes=tuple(_note(each) for each in report.findings if not each.row),
        file_findings=tuple(each for each in findings if not each.row),
    )


def say_refusal(examined: Examined) -> str:
    """Say why nothing of a file can be published; an empty string where something can."""
    report = examined.report
    if report.refusals:
        return " ".join(_refusal(each) for each in report.refusals)
    if not report.published:
        rows = f"{format_count(report.rows_in)} row{'' if report.rows_in == 1 else 's'}"
        return f"None of its {rows} can be published; each has a finding."
    share, limit = report.quarantined / report.rows_in, examined.contract.max_quarantine_share
    if share > limit:
        return (
            f"{share:.0%} of its rows have a finding that keeps them out; at most {limit:.0%} may."
        )
    return ""


def say_twin(twin: Submission) -> str:
    """Say that the same content is published already, and as what."""
    return (
        f"The same content was published on {format_day(twin.at.date())} as submission {twin.id} "
        f"({twin.file_name}). Publishing it again changes nothing."
    )


def finding_row(finding: Finding) -> FindingRow:
    """Return a finding with words instead of codes."""
    return FindingRow(
        row=finding.row,
        column=finding.column,
        reason=finding.reason.value.replace("_", " "),
        found=finding.found,
        expected=finding.expected,
        suggestion=finding.suggestion,
        verdict=_VERDICTS[finding.verdict],
        reason_code=finding.reason.value,
        verdict_code=finding.verdict.value,
    )


def list_changes(examined: Examined, definitions: Definitions) -> tuple[Change, ...]:
    """Return what happens to each value the file speaks of, in the order of the file."""
    return tuple(
        _change(examined.current.get(row.natural_key), row, definitions) for row in examined.rows
    )


def _change(old: BenchmarkRow | None, new: BenchmarkRow, definitions: Definitions) -> Change:
    differing = [] if old is None else _differing(old, new)
    start = new.period_start
    return Change(
        kind=ADD if old is None else CHANGE if differing else LEAVE,
        metric=definitions.metrics[new.metric].name,
        entity=new.entity,
        period=format_span(start, new.period_end) if start else format_day(new.period_end),
        old="" if old is None else _value(old, definitions),
        new=_value(new, definitions),
        difference=_difference(old, new, differing, definitions) if old and differing else "",
    )


def _differing(old: BenchmarkRow, new: BenchmarkRow) -> list[str]:
    before, after = _TOLD(old), _TOLD(new)
    if before == after:
        return []
    pairs = zip(_SAYS, before, after, strict=True)
    return [name for name, was, becomes in pairs if was != becomes]


def _value(row: BenchmarkRow, definitions: Definitions) -> str:
    metric = definitions.metrics[row.metric]
    return format_full(metric, convert(row.value, unit=row.unit, per=row.per, metric=metric))


def _difference(
    old: BenchmarkRow, new: BenchmarkRow, differing: list[str], definitions: Definitions
) -> str:
    metric = definitions.metrics[new.metric]
    before = convert(old.value, unit=old.unit, per=old.per, metric=metric)
    after = convert(new.value, unit=new.unit, per=new.per, metric=metric)
    if before != after:
        return format_change(metric, after, before)
    return f"same value; {', '.join(differing).replace('_', ' ')} changed"


def _sentence(examined: Examined, changes: Iterable[Change]) -> str:
    counts = Counter(change.kind for change in changes)
    said = (
        f"Adds {format_count(counts[ADD])}, changes {format_count(counts[CHANGE])}, "
        f"leaves {format_count(counts[LEAVE])}, rejects {format_count(examined.report.quarantined)}"
    )
    copies = examined.report.collapsed
    return f"{said}; {format_count(copies)} said twice." if copies else f"{said}."


def _refusal(finding: Finding) -> str:
    where = f"Line {finding.row}: " if finding.row else ""
    advice = f" {finding.suggestion}" if finding.suggestion else ""
    return f"{where}found {finding.found}; expected {finding.expected}.{advice}"


def _note(finding: Finding) -> str:
    where = f"{finding.column}: " if finding.column else ""
    return f"{where}found {finding.found}; expected {finding.expected}."
