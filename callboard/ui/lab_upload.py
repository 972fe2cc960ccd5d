"""Step one of an import: the file as it came beside what was understood, each part changeable."""

from dataclasses import replace
from typing import Any

import streamlit as st
from markupsafe import Markup

from callboard import views
from callboard.services.publishing.benchmarks import template_csv
from callboard.services.publishing.drafts import drop_draft, keep_draft
from callboard.serving.upload_gate import admit
from callboard.ui import lab_state, session, states
from callboard.ui.downloads import offer_csv
from callboard.ui.lab_questions import show_questions
from callboard.ui.lab_state import LabState, Move, Step
from callboard.ui.lab_widgets import grid, part, pick, said
from callboard.ui.markup import joined, show, tag
from callboard.ui.page import Page
from callboard.views.lab import Choices
from data_contracts.importing.answering import with_column, with_layout, with_reading
from data_contracts.importing.answers import ColumnAnswer, ReadingAnswer, UnpivotKind
from data_contracts.importing.questions import Decimal
from data_contracts.parsing.encodings import ENCODINGS
from data_contracts.parsing.layout import DELIMITER_WORDS
from data_contracts.parsing.reading import Reading

_UPLOADS = "cb_upload"
_KINDS = ["csv", "txt", "tsv", "xlsx"]
_ACROSS = {
    UnpivotKind.PERIODS: "periods",
    UnpivotKind.METRICS: "metrics",
    UnpivotKind.STATISTICS: "statistics",
    UnpivotKind.ENTITIES: "names",
    UnpivotKind.BLOCKS: "groups of columns",
}


def show_uploader(page: Page) -> None:
    """Take a file; its bytes go to disk at once and leave the session."""
    admit(session.session_id())
    key = _uploader()
    st.file_uploader(
        "Benchmark file (CSV or Excel)",
        type=_KINDS,
        key=key,
        accept_multiple_files=False,
        on_change=_take,
        args=(page, key),
    )
    offer_csv(page, "Download the empty file with all its columns", "template", template_csv)


def _uploader() -> str:
    return f"cb-upload-{st.session_state.setdefault(_UPLOADS, 0)}"


def show_upload(page: Page, state: LabState, view: views.LabView) -> None:
    """Show how the file was read, and let every part of it be changed."""
    is_lost = not view.is_read and not lab_state.is_offered(view) and not view.asked
    if is_lost:
        _tell_lost(view)
    _offer_proposal(state, view)
    show_questions(view, of_reading=True)
    if view.reading is not None:
        _show_sides(state, view, view.reading)
    elif view.is_in_doubt:
        _show_encoding(state, "")
    with st.expander("Choose another file", expanded=is_lost):
        show_uploader(page)


def _tell_lost(view: views.LabView) -> None:
    mend = "Mend the file and choose it again."
    other = "Mend the file, or say below how it is to be read."
    letters = "Mend the file, or say below in which encoding it was saved."
    advice = other if view.reading else letters if view.is_in_doubt else mend
    states.show_state(
        "This file cannot be read",
        view.preview.refused,
        next_step=f"Nothing was changed. {advice}",
    )


def _show_sides(state: LabState, view: views.LabView, reading: Reading) -> None:
    """The file as it came on the left, what was understood on the right."""
    left, right = st.columns([5, 7], gap="medium")
    with left:
        show(part("As it came", view.file_name))
        show(_as_it_came(reading))
        _show_detected(state, view, reading)
    with right:
        offered = lab_state.is_offered(view)
        show(part("What it would become" if offered else "What we understood"))
        if view.understood:
            caption = "The first rows as they are understood"
            show(grid(view.titles, view.understood, caption=caption))
        else:
            told = "Nothing yet: no row with the names of the columns was found."
            show(tag("p", told, css="cb-small"))


@lab_state.tells
def _take(page: Page, key: str) -> None:
    """Runs before the page: the uploader has a new name after it, so its copy is freed.

    A click made before the page has heard of that still carries the file of the old uploader;
    it was taken already, and taking it anew would undo the click.
    """
    file = st.session_state.get(key)
    if file is None or key != _uploader():
        return
    old = lab_state.current()
    st.session_state[_UPLOADS] += 1
    token = keep_draft(page.runtime, page.actor, name=file.name, content=file.getvalue())
    if old is not None:
        drop_draft(page.runtime, page.actor, old.token)
    lab_state.keep(LabState(token=token, move=Move.FIRST))


def _as_it_came(reading: Reading) -> Markup:
    lines = reading.sample_lines or tuple(range(1, len(reading.sample) + 1))
    rows = [(str(line), *row) for line, row in zip(lines, reading.sample, strict=False)]
    return grid(("Line",), rows, caption="The first rows of the file as they came")


def _offer_proposal(state: LabState, view: views.LabView) -> None:
    if not lab_state.is_offered(view):
        return
    told = []
    if view.proposal:
        told.append(view.proposal.why)
        told += [f"Passed over: {line}" for line in view.proposal.skipped_above]
        told += [f"Left out below: {line}" for line in view.proposal.skipped_below]
    if view.layout:
        across = " and ".join(_ACROSS[each.kind] for each in view.layout.unpivot)
        told.append(f"{view.layout.why} The {across} become rows.")
    show(tag("p", "This file may be read another way than line by line:", css="cb-lead"))
    show(tag("ul", joined(tag("li", each) for each in told), css="cb-notes"))
    st.button(
        "Read it like this",
        key=state.key("like-this"),
        type="primary",
        on_click=_read_so,
        args=(view,),
    )


@lab_state.tells
def _read_so(view: views.LabView) -> None:
    """Take what was shown as it would become, and go on where nothing else is open here."""
    state = lab_state.current()
    if state is None:
        return
    answers = state.answers
    if view.proposal:
        answers = with_reading(answers, view.proposal.answer)
    if view.layout:
        answers = with_layout(answers, view.layout.answer)
    lab_state.keep(replace(state, answers=answers, step=Step.UPLOAD, move=Move.ON))


def _show_detected(state: LabState, view: views.LabView, reading: Reading) -> None:
    """Everything that was detected, as choices preset to it."""
    answer = state.answers.reading
    if reading.kind != "xlsx":
        _show_encoding(state, reading.encoding)
        for line in reading.foreign[:1]:
            show(tag("p", f"With other letters: {line}", css="cb-small"))
        signs = tuple((word, word) for word in DELIMITER_WORDS.values())
        now = answer.delimiter or reading.delimiter
        _choice(state, "Columns parted by", "delimiter", signs, DELIMITER_WORDS.get(now, now))
    elif len(reading.sheets) > 1:
        sheets = tuple((each, each) for each in reading.sheets)
        _choice(state, "Sheet", "sheet", sheets, answer.sheet or reading.sheet)
    if value := next((each for each in view.mapping.columns if each.field == "value"), None):
        _show_decimal(state, value.header)
    with st.container(horizontal=True):
        lines = tuple((str(line), f"line {line}") for line in reading.sample_lines)
        found = answer.header_line or reading.header_line
        _choice(state, "Header", "header_line", lines, str(found))
        rows = (("1", "one row"), ("2", "two rows"))
        count = str(answer.header_rows or reading.header_rows)
        _choice(state, "Header rows", "header_rows", rows, count)
        below = tuple((str(each), str(each)) for each in range(31))
        _choice(state, "Left out below", "skip_below", below, str(answer.skip_below))
    if state.answers.layout and state.answers.layout.unpivot:
        st.button(
            "Keep the columns as they are",
            key=state.key("no-layout"),
            type="tertiary",
            on_click=_unturn,
        )


def _show_encoding(state: LabState, detected: str) -> None:
    names = tuple((each, each) for each in ENCODINGS)
    chosen = state.answers.reading.encoding or detected
    _choice(state, "Encoding", "encoding", names, chosen)


def _choice(state: LabState, label: str, part_of: str, choices: Choices, chosen: str) -> None:
    pick(
        label,
        choices,
        key=state.key(part_of),
        chosen="" if chosen == "0" and part_of == "header_line" else chosen,
        on_change=_reread,
        args=(part_of,),
    )


def _reread(key: str, part_of: str) -> None:
    state = lab_state.current()
    if state is None:
        return
    text = said(key)
    is_number = isinstance(getattr(ReadingAnswer(), part_of), int)
    value: dict[str, Any] = {part_of: int(text or 0) if is_number else text}
    reading = replace(state.answers.reading, **value)
    lab_state.change(with_reading(state.answers, reading))


def _show_decimal(state: LabState, header: str) -> None:
    own = next((e for e in state.answers.columns or () if e.header == header), None)
    chosen = own.decimal.value if own and own.decimal else ""
    choices = (("", "as the column shows"), ("comma", "a comma: 87,5"), ("point", "a point: 87.5"))
    pick(
        "Decimal mark",
        choices,
        key=state.key("decimal"),
        chosen=chosen,
        on_change=_redecimal,
        args=(header,),
    )


def _redecimal(key: str, header: str) -> None:
    state = lab_state.current()
    if state is None:
        return
    own = next((e for e in state.answers.columns or () if e.header == header), None)
    column = own or ColumnAnswer(header=header, field="value")
    sign = Decimal(said(key)) if said(key) else None
    lab_state.change(with_column(state.answers, replace(column, decimal=sign)))


def _unturn() -> None:
    state = lab_state.current()
    if state is not None:
        lab_state.change(with_layout(state.answers, None), mode=state.mode)
        lab_state.go(Step.UPLOAD)
