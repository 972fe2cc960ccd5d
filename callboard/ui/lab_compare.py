"""Step five of an import: what publishing would change in what is published now."""

from dataclasses import replace

import streamlit as st

from callboard import views
from callboard.figures import format_count
from callboard.services.publishing.asking import Mode
from callboard.ui import lab_state
from callboard.ui.lab_grades import tell_grades
from callboard.ui.lab_state import LabState
from callboard.ui.lab_widgets import part
from callboard.ui.labels import plain_label
from callboard.ui.markup import joined, show, tag
from callboard.ui.page import Page
from callboard.ui.publish_tables import changes_table
from callboard.ui.tables import Column, Row, draw_table

_MODES = {
    Mode.BY_KEY: "Add, or replace value by value",
    Mode.PUBLISHER: "Replace all that these publishers had",
}
_RESTATED = ("Metric", "Who", "Period", "Was", "In", "Is", "In", "Difference")


def show_compare(page: Page, state: LabState, view: views.LabView) -> None:  # noqa: ARG001
    """Show what would be added, changed, left and removed, and ask about jumps in scale."""
    key = state.key("mode")
    if st.session_state.get(key) != state.mode:
        st.session_state[key] = state.mode
    st.radio(
        "What the file does to what is published",
        list(_MODES),
        key=key,
        format_func=lambda each: _MODES[each],
        horizontal=True,
        on_change=_change_mode,
        args=(key,),
    )
    preview = view.preview
    names = (("add", "Adds"), ("change", "Changes"), ("leave", "Leaves"), ("remove", "Removes"))
    cells = [
        tag("div", tag("dt", name) + tag("dd", format_count(preview.change_counts.get(kind, 0))))
        for kind, name in names
    ]
    rejects = tag("dt", "Rejects") + tag("dd", format_count(preview.quarantined))
    show(tag("dl", joined((*cells, tag("div", rejects))), css="cb-counts"))
    tell_grades(preview)
    _ask_jumps(state, preview)
    if preview.changes:
        count = sum(preview.change_counts.values())
        show(changes_table(preview.changes, of=count))
    _show_restatements(preview)


def _ask_jumps(state: LabState, preview: views.Preview) -> None:
    if not preview.jumps:
        return
    show(part("Another scale than before", "nothing is published until you have looked"))
    keys = {each.key for each in preview.jumps}
    for key in sorted(keys):
        same = [each for each in preview.jumps if each.key == key]
        for each in same:
            told = (
                f"{each.metric} by {each.source}: the middle value is {each.new}, but {each.old} "
                f"{each.among}, a factor of {each.factor}."
            )
            show(tag("p", told, css="cb-lead"))
        widget = state.key(f"jump-{key}")
        is_confirmed = all(each.is_confirmed for each in same)
        if st.session_state.get(widget) != is_confirmed:
            st.session_state[widget] = is_confirmed
        st.checkbox(
            plain_label(f"Both are right for {same[0].metric}; publish it so"),
            key=widget,
            on_change=_confirm,
            args=(widget, key),
        )


def _show_restatements(preview: views.Preview) -> None:
    if not preview.restatements:
        return
    rows = [
        Row(
            cells=(
                each.metric,
                each.entity,
                each.period,
                each.old,
                each.old_edition,
                each.new,
                each.new_edition,
                each.difference,
            )
        )
        for each in preview.restatements
    ]
    caption = f"{format_count(preview.restated)} restated by their publisher; both are kept"
    columns = [Column(title=title) for title in _RESTATED]
    show(draw_table(columns, rows, caption=caption, is_tall=len(rows) > 20))


def _change_mode(key: str) -> None:
    state = lab_state.current()
    if state is not None:
        lab_state.change(state.answers, mode=Mode(st.session_state[key]))


def _confirm(widget: str, key: str) -> None:
    state = lab_state.current()
    if state is None:
        return
    is_sure = bool(st.session_state[widget])
    others = state.answers.confirmed - {key}
    confirmed = others | {key} if is_sure else others
    lab_state.change(replace(state.answers, confirmed=confirmed))
