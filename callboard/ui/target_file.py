"""Targets from a file: what each line would do, then all of them at once."""

from functools import partial

import streamlit as st

from callboard.access import Action, is_allowed
from callboard.errors import CallboardError
from callboard.services.promising.target_files import COLUMNS, apply_file, check_file
from callboard.serving.upload_gate import admit
from callboard.ui import session
from callboard.ui.folds import folded
from callboard.ui.markup import show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.outcomes import FAILED, keep_outcome
from callboard.ui.page import Page
from callboard.ui.promise_tables import lines_table
from callboard.ui.promises import TARGET, PromisesQuestion

_COUNT = "cb_target_file_count"


@tells_errors
def show_target_file(page: Page, question: PromisesQuestion) -> None:
    """Offer who may to set targets from a CSV, after a look at every line."""
    if not is_allowed(page.actor, Action.SET_TARGETS):
        return
    admit(session.session_id())
    key = f"cb-target-file-{st.session_state.get(_COUNT, 0)}"
    with folded(TARGET, "Set targets from a file", icon="upload_file", width=None):
        file = st.file_uploader(
            f"A CSV with the columns {', '.join(COLUMNS)}",
            type=["csv"],
            key=key,
            accept_multiple_files=False,
            help="Days as 2027-01-31; an empty value ends what is promised. At most 500 lines.",
        )
        if file is not None:
            _look(page, question, file.getvalue(), f"{key}-{file.file_id}")


def _look(page: Page, question: PromisesQuestion, content: bytes, key: str) -> None:
    """`key` is of this upload alone: what was meant of one file is not said of the next."""
    try:
        found = check_file(page.runtime, page.actor, content=content, grain=question.grain)
    except CallboardError as error:
        show(tag("p", str(error), css="cb-lead", role="status"))
        return
    show(tag("p", found.sentence, css="cb-lead", role="status"))
    show(lines_table(found))
    if any(each.is_refused for each in found.lines):
        told = "Nothing is set while a line is wrong: put the file right and choose it again."
        show(tag("p", told, css="cb-note"))
    if found.can_be_applied:
        if found.anew:
            judge = "1 line judges" if found.anew == 1 else f"{found.anew} lines judge"
            st.checkbox(f"{judge} periods anew that are over: I mean it", key=f"{key}-anew")
        st.button(
            "Set all of them",
            key=f"{key}-apply",
            type="primary",
            on_click=partial(_apply, page, question, content, key),
        )


def _apply(page: Page, question: PromisesQuestion, content: bytes, key: str) -> None:
    """Runs before the page: nothing is drawn here, so nothing can interrupt the act (F5)."""
    is_anew = bool(st.session_state.get(f"{key}-anew"))
    try:
        done = apply_file(
            page.runtime, page.actor, content=content, is_anew=is_anew, grain=question.grain
        )
    except CallboardError as error:
        keep_outcome(TARGET, FAILED, str(error))
        return
    st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1
    keep_outcome(TARGET, "Targets set", done.sentence)
