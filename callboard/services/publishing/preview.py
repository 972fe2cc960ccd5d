"""What an examined file would do, in words: findings, changes, one sentence."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from operator import attrgetter

from callboard.figures import format_change, format_count, format_day, format_full, format_span
from callboard.services.comparing.comparability import convert, judge_benchmark
from callboard.services.defining.definitions import Definitions
from callboard.services.publishing.files import Examined
from callboard.services.publishing.finding_words import advice_on, finding_row, group_findings
from callboard.storage.benchmarks import BenchmarkRow, Submission
from callboard.views import Change, Preview
from data_contracts.model import Finding
from data_contracts.parsing.layout import DELIMITER_WORDS

ADD, CHANGE, LEAVE = "add", "change", "leave"
_MOST_NAMED = 3
_SAYS = tuple(
    each.name for each in fields(BenchmarkRow) if each.name not in ("id", "submission_id", "row")
)
_TOLD = attrgetter(*_SAYS)


def make_preview(examined: Examined, definitions: Definitions, *, today: date) -> Preview:
    """Return what publishing the file on the day `today` would do, before it does it."""
    report = examined.report
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
        same_as=say_twin(examined.twin, changes) if examined.twin else "",
        findings=tuple(each for each in findings if each.row),
        changes=changes,
        sentence=refused or _sentence(examined, changes),
        notes=say_what_is_not_compared(examined.rows, definitions, today=today),
        file_findings=tuple(each for each in findings if not each.row),
        groups=group_findings(findings),
    )


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


def say_twin(twin: Submission, changes: Iterable[Change]) -> str:
    """Say that the same content is published already, as what, and what has replaced it since."""
    said = (
        f"The same content was published on {format_day(twin.at.date())} as submission {twin.id} "
        f"({twin.file_name}). Publishing it again changes nothing."
    )
    replaced = sum(change.kind != LEAVE for change in changes)
    if not replaced:
        return said
    have = "has" if replaced == 1 else "have"
    return (
        f"{said} {format_count(replaced)} of its values {have} been replaced since; to get them "
        "back, withdraw what came later."
    )


def say_what_is_not_compared(
    rows: Iterable[BenchmarkRow], definitions: Definitions, *, today: date
) -> tuple[str, ...]:
    """Say of competitors' values how many will be listed only, by the reason."""
    judged = (judge_benchmark(row, definitions, today=today) for row in rows)
    why: defaultdict[str, list[str]] = defaultdict(list)
    for each in judged:
        if each.is_competitor and not each.is_fair:
            months = each.metric.benchmark_max_age
            why[each.note or f"older than {months} months"].append(each.row.entity)
    return tuple(
        f"{format_count(len(who))} {'is' if len(who) == 1 else 'are'} listed but not compared: "
        f"{reason} ({_named(who)})."
        for reason, who in sorted(why.items(), key=lambda each: -len(each[1]))
    )


def _named(entities: Iterable[str]) -> str:
    names = list(dict.fromkeys(entities))
    more = len(names) - _MOST_NAMED
    told = ", ".join(names[:_MOST_NAMED])
    return f"{told} and {format_count(more)} more" if more > 0 else told


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
    advice = finding.suggestion or advice_on(finding)
    return f"{where}found {finding.found}; expected {finding.expected}. {advice}".rstrip()
