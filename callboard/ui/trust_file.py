"""Rows that were corrected in a spreadsheet, given back as the CSV they went out as."""

from functools import partial

import streamlit as st

from callboard import views
from callboard.errors import CallboardError
from callboard.services.trusting.correction_files import correct_file
from callboard.serving.upload_gate import admit
from callboard.ui import session
from callboard.ui.markup import show
from callboard.ui.page import Page
from callboard.ui.tables import Column, Row, draw_table
from callboard.ui.trust_acts import LONGEST, do, key_of, typed

_REFUSED = "cb_trust_refused"
_MOST = 200
_COLUMNS = (Column(title="Line"), Column(title="Row"), Column(title="Why it was not taken"))


def offer_file(page: Page, feed: views.FeedTrust) -> None:
    """Take a CSV of rows as it was downloaded, with corrected cells."""
    admit(session.session_id())
    refused = st.session_state.get(_REFUSED, ())
    title = "Give back rows corrected in a spreadsheet"
    with st.expander(title, icon=":material/upload_file:", expanded=bool(refused)):
        if refused:
            rows = [Row(cells=(str(e.line), e.row_key, e.message)) for e in refused[:_MOST]]
            caption = f"Rows of the file that were not taken, the first {_MOST}"
            show(draw_table(_COLUMNS, rows, caption=caption, is_tall=len(rows) > 20))
        with st.form(key_of("file", feed.feed), border=False):
            st.file_uploader(
                "The CSV that was downloaded here, corrected",
                type=["csv"],
                key=key_of("file-content", feed.feed),
                accept_multiple_files=False,
            )
            st.text_input("How do you know?", key=key_of("file-why", feed.feed), max_chars=LONGEST)
            st.form_submit_button(
                "Take the corrections in", on_click=partial(_take, page, feed.feed)
            )


def _take(page: Page, feed: str) -> None:
    """Runs before the page, so that nothing can interrupt the act (F5)."""

    def act() -> tuple[str, str]:
        st.session_state.pop(_REFUSED, None)
        file = st.session_state.get(key_of("file-content", feed))
        if file is None:
            raise CallboardError("Choose a file first.")
        content = file.getvalue()
        why = typed("file-why", feed)
        done = correct_file(page.runtime, page.actor, feed=feed, content=content, note=why)
        st.session_state[_REFUSED] = done.refused
        return "File taken in", _told(done)

    do(act)


def _told(done: views.CorrectionReport) -> str:
    parts = [f"{done.corrected} corrected", f"{done.unchanged} unchanged"]
    if done.refused:
        parts.append(f"{len(done.refused)} not taken, listed below")
    told = f"{', '.join(parts)}. The next refresh takes the corrections in."
    if done.ignored_columns:
        told += f" Columns that are not of this feed: {', '.join(done.ignored_columns[:9])}."
    return told
