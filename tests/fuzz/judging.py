"""One file through everything that reads it, held against what must be true of any file."""

import time
from dataclasses import dataclass

from data_contracts.benchmarks import FileReport, judge_file
from data_contracts.importing.answers import Answers
from data_contracts.importing.answers_file import read_answers, write_answers
from data_contracts.importing.layout import propose_layout
from data_contracts.importing.proposing import propose_reading
from data_contracts.importing.reading import look
from data_contracts.parsing import Limits, TextTable
from data_contracts.parsing.headers import names_of
from tests.data_contracts.benchmarks.accounting import is_accounted_for, is_wide_accounted_for
from tests.data_contracts.benchmarks.files import CONTRACT, KNOWN, NOW

LIMITS = Limits(size=1_000_000, rows=5_000)
LONGEST = 5.0  # seconds of CPU for a file of at most 200 kB


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A file, its name, and what is said of it."""

    name: str
    content: bytes
    answers: Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a case showed: its headers, what kind of outcome it is, and how its rows add up."""

    headers: tuple[str, ...]
    kind: tuple[object, ...]


def run_case(case: Case) -> Outcome:
    """Judge a case and propose for it; AssertionError where something does not hold."""
    began = time.process_time()
    report = _judge(case)
    is_whole = is_accounted_for if case.answers.layout is None else is_wide_accounted_for
    assert is_whole(report), "a row is lost, or counted twice"
    assert all(each.found is not None for each in (*report.refusals, *report.findings[:500]))
    headers = _propose(case)
    _write(case, report)
    took = time.process_time() - began
    assert took < LONGEST, f"{took:.1f} seconds"
    return Outcome(headers=headers, kind=_kind(report))


def _judge(case: Case) -> FileReport:
    return judge_file(
        case.content, contract=CONTRACT, known=KNOWN, limits=LIMITS, now=NOW,
        name=case.name, answers=case.answers,
    )  # fmt: skip


def _propose(case: Case) -> tuple[str, ...]:
    """What the lab would propose; each proposal can be judged too."""
    given = {"contract": CONTRACT, "limits": LIMITS, "name": case.name}
    reading = propose_reading(case.content, case.answers.reading, **given).answer
    table = look(case.content, reading, **given)
    if not isinstance(table, TextTable):
        return ()
    layout = propose_layout(table, names_of(CONTRACT))
    proposed = Case(
        name=case.name,
        content=case.content,
        answers=Answers(reading=reading, layout=layout.answer, columns=()),
    )
    assert is_wide_accounted_for(_judge(proposed)), "a row of the proposal is lost"
    return table.headers


def _write(case: Case, report: FileReport) -> None:
    """A mapping file says again what was said, whatever stands above it as remarks."""
    written = write_answers(case.answers, mapping=report.mapping, asked=report.asked)
    again = read_answers(written)
    may_differ = not isinstance(again, Answers) and not _is_writable(case.answers)
    assert again == case.answers or may_differ, f"another mapping came back: {again}"


def _is_writable(answers: Answers) -> bool:
    """Lines below the first are refused in a mapping file, as no file has them."""
    reading = answers.reading
    lines = (reading.header_line, reading.header_rows, reading.skip_below)
    return min(lines) >= 0 and all(each.line >= 1 for each in answers.edits)


def _kind(report: FileReport) -> tuple[object, ...]:
    """Outcomes of one kind show nothing new of the reader."""
    reasons = {(each.reason, each.column) for each in (*report.refusals, *report.findings[:200])}
    asked = {each.question for each in report.asked}
    fates = tuple(map(bool, (report.published, report.quarantined, report.collapsed)))
    return frozenset(reasons), frozenset(asked), fates
