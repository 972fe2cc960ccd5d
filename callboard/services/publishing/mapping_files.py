"""Mapping files: read for an ask, and proposed for a file that nobody has said anything of."""

from dataclasses import dataclass, replace

from callboard.access import Action, Actor, require
from callboard.errors import CallboardError
from callboard.services.publishing.asking import Ask
from callboard.services.publishing.files import Examined, examine
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope
from data_contracts.findings import Finding
from data_contracts.importing.answers import Answers, ColumnAnswer
from data_contracts.importing.answers_file import read_answers, remark, write_answers
from data_contracts.importing.layout import propose_layout
from data_contracts.importing.matches import Mapping
from data_contracts.parsing.headers import names_of, plain
from data_contracts.parsing.table import Refused

SURE = 0.8  # a column as sure as this stands in the mapping; others are offered as remarks


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedMapping:
    """A mapping file, whether the file it is of has columns at all, and which of ours lack."""

    text: str
    is_readable: bool
    missing: tuple[str, ...]


def read_mapping(text: str, *, shown_as: str) -> Answers:
    """Return what a mapping file says; CallboardError names everything that is wrong with it."""
    told = read_answers(text)
    if isinstance(told, Answers):
        return told
    raise CallboardError("\n".join(f"{shown_as}: {_say(each)}" for each in told))


def propose_mapping(runtime: Runtime, actor: Actor, *, ask: Ask) -> ProposedMapping:
    """Return what a file seems to be as a mapping file to be looked over; nothing is stored.

    How it is read, laid out, and the columns that are sure stand in it, and an empty constant for
    each column that lacks. What is less sure, the words that need a meaning and the open questions
    are remarks above.
    """
    require(actor, Action.CHECK_FILE)
    scope = open_scope(runtime, actor)
    first = examine(runtime, scope, ask)
    remarks, answers = _of_reading(first)
    report = examine(runtime, scope, replace(ask, answers=answers)).report
    answers = _with_sure_columns(answers, report.mapping)
    report = examine(runtime, scope, replace(ask, answers=answers)).report
    missing = report.mapping.missing
    answers = replace(answers, constants={**dict.fromkeys(missing, ""), **answers.constants})
    remarks += [f"refused: {_say(each)}" for each in report.refusals if each.column not in missing]
    written = write_answers(answers, mapping=report.mapping, asked=report.asked)
    return ProposedMapping(
        text="".join(map(remark, remarks)) + written,
        is_readable=bool(report.mapping.columns),
        missing=missing,
    )


def _of_reading(first: Examined) -> tuple[list[str], Answers]:
    """How the file is read and laid out, with why; what was answered stays."""
    answers, remarks = first.ask.answers, []
    if first.report.refusals and not answers.reading.header_line:
        proposal = first.sent.propose(answers.reading)
        if proposal.confidence:
            remarks.append(_sure("reading", proposal.confidence, proposal.why))
            answers = replace(answers, reading=proposal.answer)
    if answers.layout is not None:
        return remarks, answers
    why, answers = _of_layout(first, answers)
    return remarks + why, answers


def _of_layout(first: Examined, answers: Answers) -> tuple[list[str], Answers]:
    table = first.sent.read(answers.reading)
    if isinstance(table, Refused):
        return [], answers
    layout = propose_layout(table, names_of(first.contract))
    if not layout.unpivot:
        return [], answers
    said = replace(answers, layout=layout.answer)
    return [_sure("layout", layout.confidence, layout.why)], said


def _with_sure_columns(answers: Answers, mapping: Mapping) -> Answers:
    said = answers.columns or ()
    answered = {plain(each.header) for each in said}
    sure = [
        ColumnAnswer(header=each.header, field=each.field)
        for each in mapping.columns
        if each.field and SURE <= each.confidence < 1 and plain(each.header) not in answered
    ]
    return replace(answers, columns=(*said, *sure)) if sure else answers


def _sure(what: str, confidence: float, why: str) -> str:
    return f"{what}: {100 * confidence:.0f} % sure. {why}"


def _say(finding: Finding) -> str:
    where = f"{finding.column}: " if finding.column else ""
    return (
        f"{where}found {finding.found}; expected {finding.expected}. {finding.suggestion}".strip()
    )
