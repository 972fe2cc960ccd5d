"""A file in the import lab: what each step shows, from its bytes and what was said of it."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from callboard import views
from callboard.access import Action, Actor, require
from callboard.services.naming.holding import as_it_stands
from callboard.services.publishing.asking import Ask, Mode
from callboard.services.publishing.drafts import read_draft
from callboard.services.publishing.files import Examined, examine
from callboard.services.publishing.finding_words import finding_row
from callboard.services.publishing.lab_fields import list_constants, list_fields, list_names
from callboard.services.publishing.lab_passport import list_gaps
from callboard.services.publishing.large_files import Tell
from callboard.services.publishing.preview import make_preview
from callboard.services.publishing.recalling import list_offers
from callboard.services.publishing.returning import rejected_rows_of
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope
from callboard.storage.engine import snapshot
from data_contracts.benchmarks import FileReport
from data_contracts.findings import RowVerdict
from data_contracts.importing.answering import header_of_cell, with_fix_all
from data_contracts.importing.answers import Answers, LayoutAnswer, ReadingAnswer
from data_contracts.importing.edits import apply_edits
from data_contracts.importing.layout import Layout, lay_out, propose_layout
from data_contracts.importing.proposing import ReadingProposal
from data_contracts.importing.reading_questions import ask_of_reading
from data_contracts.parsing.headers import names_of
from data_contracts.parsing.table import TextTable

MOST_ROWS = 200
_SHOWN = 8
_SAYS = ("metric", "entity", "value", "unit", "per", "period_start", "period_end", "statistic")
_WORDS = ("metric", "entity", "touchpoint", "statistic", "entity_type", "unit", "method", "clock")


def ask_of(
    runtime: Runtime, actor: Actor, *, token: str, answers: Answers, mode: Mode = Mode.BY_KEY
) -> Ask:
    """Return what is asked of publishing for a draft; CallboardError where the draft is gone."""
    draft = read_draft(runtime, actor, token)
    return Ask(name=draft.name, content=draft.content, answers=answers, mode=mode)


def look_at(
    runtime: Runtime,
    actor: Actor,
    *,
    token: str,
    answers: Answers,
    mode: Mode = Mode.BY_KEY,
    tell: Tell | None = None,
) -> views.LabView:
    """Return what the steps show of a draft, read as it was answered; nothing is stored.

    `tell` hears in words how far it is.
    """
    require(actor, Action.CHECK_FILE)
    scope = open_scope(runtime, actor)
    ask = ask_of(runtime, actor, token=token, answers=answers, mode=mode)
    examined = examine(runtime, scope, ask, tell=tell)
    today = runtime.clock.today(runtime.workspace.time_zone)
    with snapshot(runtime.store) as connection:
        definitions = as_it_stands(runtime, connection).definitions
        preview = make_preview(connection, examined, definitions, today=today)
    view = _view(examined, preview)
    proposed = view.proposal.answer if view.proposal else None
    return replace(view, offers=list_offers(runtime, actor, examined, proposed=proposed))


def fix_all(
    runtime: Runtime, actor: Actor, *, ask: Ask, group: tuple[str, str], text: str
) -> Answers:
    """Return the answers with all cells of a group (reason code, column) set to one text."""
    require(actor, Action.CHECK_FILE)
    report = examine(runtime, open_scope(runtime, actor), ask).report
    header = _headers(report).get(group[1], "")
    places = report.findings.places(*group)
    return with_fix_all(ask.answers, places, header=header, becomes=text)


def rejected_csv(runtime: Runtime, actor: Actor, *, ask: Ask) -> bytes:
    """Return a draft's rejected rows as CSV, each with an id and its reasons."""
    require(actor, Action.CHECK_FILE)
    return rejected_rows_of(examine(runtime, open_scope(runtime, actor), ask).report)


def _read(
    examined: Examined, answer: ReadingAnswer, *, is_turned: bool = False
) -> TextTable | None:
    """The file's rows of text, None where it cannot be read so."""
    table = examined.sent.read(answer, is_turned=is_turned)
    return table if isinstance(table, TextTable) else None


def _view(examined: Examined, preview: views.Preview) -> views.LabView:
    report, answers = examined.report, examined.ask.answers
    proposal = _propose_reading(examined)
    layout = _propose_layout(examined, proposal.answer if proposal else answers.reading)
    titles, understood = _understood(
        examined,
        proposal.answer if proposal else answers.reading,
        layout.answer if layout else answers.layout,
    )
    headers, rows = _rejected(examined)
    return views.LabView(
        file_name=examined.name,
        preview=preview,
        reading=report.reading,
        proposal=proposal,
        layout=layout,
        titles=titles,
        understood=understood,
        mapping=report.mapping,
        asked=report.asked or ask_of_reading(report.reading, answers.confirmed),
        fields=list_fields(examined.contract),
        constants=list_constants(examined, examined.known),
        names=list_names(examined.contract, examined.known),
        groups=_groups(examined),
        headers=headers,
        rows=rows,
        passport=list_gaps(examined),
    )


def _propose_reading(examined: Examined) -> ReadingProposal | None:
    """How the file may be read, where nobody has said where its header is."""
    report, answer = examined.report, examined.ask.answers.reading
    is_fine = not report.refusals and not report.quarantined
    if is_fine or answer.header_line or report.reading is None:
        return None
    found = examined.sent.propose(answer)
    now = (report.reading.header_line, report.reading.header_rows, answer.skip_below)
    then = (found.answer.header_line, found.answer.header_rows, found.answer.skip_below)
    return found if found.confidence and then != now else None


def _propose_layout(examined: Examined, reading: ReadingAnswer) -> Layout | None:
    """What seems to stand across the columns, where nobody has said it and values are missing."""
    report, answers = examined.report, examined.ask.answers
    if answers.layout is not None or not report.refusals:
        return None
    table = _read(examined, reading)
    if table is None:
        return None
    metrics = frozenset(examined.known.metric_codes())
    found = propose_layout(table, names_of(examined.contract), metrics=metrics)
    return found if found.unpivot else None


def _understood(
    examined: Examined, reading: ReadingAnswer, layout: LayoutAnswer | None
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The first rows as they would be published, else as they are or may be laid out."""
    rows = examined.rows
    if rows.num_rows:
        told = rows.select(_SAYS).slice(0, _SHOWN).to_pylist()
        used = [name for name in _SAYS if any(row[name] not in (None, "") for row in told)]
        return tuple(used), tuple(tuple(_text(row[name]) for name in used) for row in told)
    table = _read(examined, reading, is_turned=layout is not None)
    long = None if table is None else lay_out(table, layout, examined.sent.limits)
    if not isinstance(long, TextTable):
        return (), ()
    cells = long.cells.iloc[:_SHOWN].astype("object").itertuples(index=False, name=None)
    return long.headers, tuple(tuple(map(str, row)) for row in cells)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)


def _rejected(examined: Examined) -> tuple[tuple[str, ...], tuple[views.LabRow, ...]]:
    """The first rejected rows as they stand in the file, with what was put right in them."""
    report, answers = examined.report, examined.ask.answers
    wrong = _wrong(report) if report.quarantined else {}
    table = _read(examined, answers.reading) if wrong else None
    edited = None if table is None else apply_edits(table, answers.edits)
    if not isinstance(edited, TextTable):
        return (), ()
    places = np.flatnonzero(np.isin(edited.lines, list(wrong)))
    cells = edited.cells.iloc[places].astype("object").itertuples(index=False, name=None)
    rows = tuple(
        views.LabRow(
            line=line, cells=tuple(map(str, row)), wrong=" · ".join(dict.fromkeys(wrong[line]))
        )
        for line, row in zip(edited.lines[places].tolist(), cells, strict=True)
    )
    return edited.headers, rows


def _wrong(report: FileReport) -> dict[int, list[str]]:
    """What is wrong with the first rejected rows, by their line."""
    wrong: dict[int, list[str]] = {}
    for each in report.findings:
        if each.verdict is RowVerdict.QUARANTINE:
            if each.row not in wrong and len(wrong) >= MOST_ROWS:
                break
            told = finding_row(each)
            wrong.setdefault(each.row, []).append(f"{told.column}: {told.found}. {told.suggestion}")
    return wrong


def _headers(report: FileReport) -> dict[str, str]:
    """The header of each column that is used, as the rows were judged."""
    return {each.field: each.header for each in report.mapping.columns if each.confidence == 1}


def _groups(examined: Examined) -> tuple[views.LabGroup, ...]:
    """What keeps rows out, by the repair it needs, the most frequent first."""
    report, answers = examined.report, examined.ask.answers
    headers = _headers(report)
    return tuple(
        views.LabGroup(
            reason_code=group.reason.value,
            reason=told.reason,
            column=group.column,
            count=group.count,
            example=told.found,
            expected=told.expected,
            suggestion=told.suggestion,
            is_word=group.column in _WORDS,
            can_set=bool(headers.get(group.column)) and not how,
            how=how,
        )
        for group in report.findings.groups()
        if group.verdict is RowVerdict.QUARANTINE
        for told in (finding_row(group.example),)
        for place in report.findings.places(group.reason.value, group.column)[:1]
        for how in (_say_where(group.column, place, headers, answers),)
    )


def _say_where(
    column: str, place: tuple[int, str], headers: Mapping[str, str], answers: Answers
) -> str:
    """Where a column's words stand that no cell of the file holds, and where they are mended."""
    if header_of_cell(headers.get(column, ""), place[1], answers.layout):
        return ""
    if column in answers.constants:
        return "It was said for all rows: change it under Columns."
    if column in headers:
        return "It stands in the headers: say what it means under Values."
    return "No column says it: say it for all rows under Columns." if column else ""
