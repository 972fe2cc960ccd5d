"""Step four of an import: what keeps rows out, by the repair it needs, and the rows themselves."""

from dataclasses import replace
from functools import partial
from itertools import chain

import pandas as pd
import streamlit as st
from markupsafe import Markup

from callboard import views
from callboard.figures import format_count
from callboard.services.kept_out_export import findings_csv
from callboard.services.publishing.lab import MOST_ROWS, ask_of, fix_all, rejected_csv
from callboard.ui import lab_state
from callboard.ui.downloads import offer_csv
from callboard.ui.lab_state import LabState
from callboard.ui.lab_widgets import part, said
from callboard.ui.markup import joined, show, tag
from callboard.ui.page import Page
from callboard.ui.publish_tables import MOST_FINDINGS, findings_table, groups_table
from data_contracts.importing.answering import with_edit, with_values
from data_contracts.importing.answers import Edit

_MOST_GROUPS = 12
_FEW = 8


def show_check(page: Page, state: LabState, view: views.LabView) -> None:
    """Show what keeps rows out, and let it be put right here."""
    show(_counts(view.preview))
    if not view.groups:
        show(tag("p", "Nothing keeps a row out.", css="cb-lead"))
    else:
        show(part("What to mend", "each kind once, the most frequent first"))
        for number, group in enumerate(view.groups[:_MOST_GROUPS]):
            with st.container(key=state.key(f"line-{number}"), gap="small"):
                _show_group(page, state, view, number, group)
        _show_rows(state, view)
    _offer_back(state)
    _show_findings(page, state, view)


def _counts(preview: views.Preview) -> Markup:
    counts = (
        ("Rows in the file", preview.rows_in),
        ("Would be published", preview.published),
        ("Would be quarantined", preview.quarantined),
        ("Said twice, kept once", preview.collapsed),
    )
    cells = (tag("div", tag("dt", name) + tag("dd", format_count(n))) for name, n in counts)
    return tag("dl", joined(cells), css="cb-counts")


def _show_group(
    page: Page, state: LabState, view: views.LabView, number: int, group: views.LabGroup
) -> None:
    key = state.key(f"group-{number}-{group.reason_code}-{group.column}")
    told, act = st.columns([7, 5], vertical_alignment="bottom", gap="small")
    with told:
        count = f"{format_count(group.count)} × {group.reason}"
        where = f" in {group.column.replace('_', ' ')}" if group.column else ""
        show(tag("p", tag("b", count + where), css="cb-cell"))
        found = f"Found {group.example}; expected {group.expected}."
        text = " ".join(filter(None, (found, group.suggestion, group.how)))
        show(tag("p", text, css="cb-small"))
    with act, st.container(horizontal=True, vertical_alignment="bottom"):
        close = [e for e in view.mapping.values if e.field == group.column and e.means]
        if group.is_word and any(not each.is_answered for each in close):
            st.button(
                "Take the suggestion for all",
                key=f"{key}-take",
                on_click=_take,
                args=(view, group.column),
            )
        elif group.can_set:
            st.text_input("Set all to", key=f"{key}-text", max_chars=200, width=200)
            st.button(
                "Fix all like this",
                key=f"{key}-set",
                on_click=_set_all,
                args=(page, group, f"{key}-text"),
            )


def _show_rows(state: LabState, view: views.LabView) -> None:
    if not view.rows:
        return
    is_cut = len(view.rows) >= MOST_ROWS
    shown = f"the first {MOST_ROWS}" if is_cut else "change a cell and it is judged again"
    show(part("Rejected rows", shown))
    width = len(view.headers)
    frame = pd.DataFrame(
        [(row.wrong, row.line, *row.cells[:width]) for row in view.rows],
        columns=["wrong", "line", *(f"c{at}" for at in range(width))],
    )
    config = {f"c{at}": st.column_config.TextColumn(name) for at, name in enumerate(view.headers)}
    lines = "-".join(str(row.line) for row in view.rows[:20])
    key = state.key(f"rows-{len(state.answers.edits)}-{lines}")
    st.data_editor(
        frame,
        key=key,
        hide_index=True,
        num_rows="fixed",
        disabled=["wrong", "line"],
        column_config={
            "wrong": st.column_config.TextColumn("What is wrong", width="large"),
            "line": st.column_config.NumberColumn("Line", width="small"),
            **config,
        },
        on_change=_edit,
        args=(key, view),
    )


def _offer_back(state: LabState) -> None:
    if count := len(state.answers.edits):
        noun = "correction" if count == 1 else "corrections"
        st.button(
            f"Take {format_count(count)} {noun} back",
            key=state.key("edits-back"),
            type="tertiary",
            on_click=_take_back,
        )


def _show_findings(page: Page, state: LabState, view: views.LabView) -> None:
    """Each kind once where they are many, then row by row, then all of them as a file."""
    preview = view.preview
    count = len(preview.file_findings) + len(preview.findings)
    if not count:
        return
    with st.expander(f"All findings, notes too ({format_count(count)})", expanded=True):
        if count > max(_FEW, len(preview.groups)):
            show(groups_table(preview.groups))
        first = (*preview.file_findings, *preview.findings[:MOST_FINDINGS])
        show(findings_table(first, of=count))
    with st.container(horizontal=True):
        offer_csv(page, "Download the findings", "findings", partial(_findings, preview))
        if preview.quarantined:
            make = partial(_rejected, page, state)
            offer_csv(page, "Download the rejected rows", "rejected-rows", make)


def _findings(preview: views.Preview) -> bytes:
    return findings_csv(chain(preview.file_findings, preview.findings))


def _rejected(page: Page, state: LabState) -> bytes:
    ask = ask_of(page.runtime, page.actor, token=state.token, answers=state.answers)
    return rejected_csv(page.runtime, page.actor, ask=ask)


@lab_state.tells
def _set_all(page: Page, group: views.LabGroup, key: str) -> None:
    state = lab_state.current()
    if state is None:
        return
    ask = ask_of(page.runtime, page.actor, token=state.token, answers=state.answers)
    of = (group.reason_code, group.column)
    lab_state.change(fix_all(page.runtime, page.actor, ask=ask, group=of, text=said(key)))


def _take(view: views.LabView, field: str) -> None:
    state = lab_state.current()
    if state is not None:
        same = (each for each in view.mapping.values if each.field == field)
        lab_state.change(with_values(state.answers, same))


def _edit(key: str, view: views.LabView) -> None:
    """What was changed in the table, by the place of its row and the name of its column."""
    state, changed = lab_state.current(), st.session_state.get(key)
    if state is None or not changed:
        return
    answers = state.answers
    for at, cells in changed["edited_rows"].items():
        for name, becomes in cells.items():
            header = view.headers[int(name.removeprefix("c"))]
            edit = Edit(line=view.rows[int(at)].line, column=header, becomes=str(becomes or ""))
            answers = with_edit(answers, edit)
    lab_state.change(answers)


def _take_back() -> None:
    state = lab_state.current()
    if state is not None:
        lab_state.change(replace(state.answers, edits=()))
