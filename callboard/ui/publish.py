"""From a file to published benchmarks: what we understood, what would change, then the act."""

from functools import partial

import streamlit as st
from markupsafe import Markup

from callboard import views
from callboard.access import Action, is_allowed
from callboard.errors import CallboardError
from callboard.figures import format_count
from callboard.services.export import findings_csv
from callboard.services.publishing import benchmarks as publishing
from callboard.serving.upload_gate import admit
from callboard.ui import links, session, states
from callboard.ui.cache import read_preview
from callboard.ui.downloads import offer_csv
from callboard.ui.markup import NOTHING, joined, show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.page import Page
from callboard.ui.publish_tables import (
    changes_table,
    findings_table,
    groups_table,
    history_table,
)

_OUTCOME = "cb_outcome"
_UPLOAD = "cb_upload"
_FEW = 8


@tells_errors
def show_upload(page: Page) -> None:
    """Take a file, tell what publishing it would do, and publish it when asked to."""
    show(
        tag(
            "div",
            tag("h1", "Publish competitors' figures")
            + tag(
                "p", "Nothing is visible to others before you publish, and all can be withdrawn."
            ),
            css="cb-headline",
        )
    )
    with st.container():
        _tell_outcome()
    admit(session.session_id())
    count = st.session_state.setdefault(_UPLOAD, 0)
    file = st.file_uploader(
        "Benchmark file (CSV)", type=["csv"], key=f"cb-upload-{count}", accept_multiple_files=False
    )
    offer_csv(
        page, "Download the empty file with all its columns", "template", publishing.template_csv
    )
    with st.container():
        if file is not None:
            _show_preview(page, file.name, file.getvalue())


@tells_errors
def show_publishing_history(page: Page) -> None:
    """List what was published, by whom and with what result; the newest can be withdrawn."""
    history = publishing.read_history(page.runtime, page.actor)
    show(tag("div", tag("h2", "History"), css="cb-h2"))
    if not history:
        states.show_state(
            "Nothing published yet",
            "The first file you publish is listed here, with who, when and what it changed.",
            next_step="Choose a file above.",
        )
        return
    show(history_table(history, zone=page.zone))
    _offer_withdrawal(page, history)


def _show_preview(page: Page, name: str, content: bytes) -> None:
    preview = read_preview(page, name, content)
    if preview.same_as:
        states.show_state(
            "This is published already", preview.same_as, next_step="Choose another file above."
        )
        return
    if preview.refused:
        states.show_state(
            "This file cannot be published",
            preview.refused,
            next_step="Nothing was changed. Mend the file and choose it again.",
        )
    else:
        show(_understood(preview))
    _show_findings(page, preview)
    if not preview.refused:
        count = sum(preview.change_counts.values())
        show(changes_table(preview.changes, of=count) if preview.changes else NOTHING)
        _offer_publishing(page, preview, content)


def _show_findings(page: Page, preview: views.Preview) -> None:
    """Each kind once where they are many, then row by row, then all of them as a file."""
    findings = (*preview.file_findings, *preview.findings)
    if not findings:
        return
    if len(findings) > max(_FEW, len(preview.groups)):
        show(groups_table(preview.groups))
    show(findings_table(findings))
    offer_csv(page, "Download the findings", "findings", partial(findings_csv, findings))


def _understood(preview: views.Preview) -> Markup:
    counts = (
        ("Rows in the file", preview.rows_in),
        ("Would be published", preview.published),
        ("Would be quarantined", preview.quarantined),
        ("Said twice, kept once", preview.collapsed),
    )
    cells = joined(
        tag("div", tag("dt", name) + tag("dd", format_count(count))) for name, count in counts
    )
    read_as = f"{preview.file_name}: {preview.encoding}, separated by {preview.delimiter}"
    notes = joined(tag("li", note) for note in preview.notes)
    return (
        tag("div", tag("h2", "What it would do") + tag("span", read_as), css="cb-h2")
        + tag("p", preview.sentence, css="cb-lead")
        + tag("dl", cells, css="cb-counts")
        + (tag("ul", notes, css="cb-notes") if notes else Markup(""))
    )


def _offer_publishing(page: Page, preview: views.Preview, content: bytes) -> None:
    if not preview.published or not is_allowed(page.actor, Action.PUBLISH):
        return
    publishing.get_ready()
    with st.container(key="cb-act", horizontal=True, vertical_alignment="bottom"):
        note = st.text_input("Note for the history", key="cb-note", max_chars=200, width=420)
        st.button(
            "Publish",
            key="cb-publish",
            type="primary",
            on_click=_publish,
            args=(page, preview.file_name, content, note),
        )


def _publish(page: Page, name: str, content: bytes, note: str) -> None:
    """Runs before the page: nothing is drawn here, so nothing can interrupt the act (F5)."""
    try:
        row = publishing.publish(page.runtime, page.actor, name=name, content=content, note=note)
    except CallboardError as error:
        _keep("That did not work", str(error))
        return
    _keep(
        "Published",
        f"{format_count(row.published)} values from {row.file_name} are on every open page "
        "within seconds."
        if not row.is_repeat
        else f"The same content was published before, as submission {row.id}: nothing changed.",
    )
    st.session_state[_UPLOAD] += 1


def _offer_withdrawal(page: Page, history: tuple[views.SubmissionRow, ...]) -> None:
    current = {row.id: row for row in history if row.may_withdraw}
    if not current:
        return
    with st.popover("Withdraw a submission", icon=":material/undo:"):
        chosen = st.selectbox(
            "Submission",
            list(current),
            format_func=lambda each: f"{each} · {current[each].file_name}",
            key="cb-withdraw",
        )
        why = st.text_input("Why", key="cb-why", max_chars=200)
        sure = st.checkbox("Its values disappear from every page. I am sure.", key="cb-sure")
        st.button(
            "Withdraw",
            key="cb-withdraw-now",
            disabled=not sure,
            on_click=partial(_withdraw, page, chosen, why),
        )


def _withdraw(page: Page, submission: int, note: str) -> None:
    """Runs before the page, like `_publish`."""
    try:
        publishing.withdraw(page.runtime, page.actor, submission=submission, note=note)
    except CallboardError as error:
        _keep("That did not work", str(error))
        return
    _keep(
        "Withdrawn", f"The values of submission {submission} are gone; what they replaced is back."
    )
    st.session_state["cb-sure"] = False


def _keep(title: str, text: str) -> None:
    st.session_state[_OUTCOME] = (title, text)


def _tell_outcome() -> None:
    """Tell once what the last act did."""
    title, text = st.session_state.pop(_OUTCOME, ("", ""))
    if title:
        see = Markup('See the <a href="{}">competitors</a>.').format(
            links.address("competitors", {})
        )
        states.show_state(title, text, next_step=see)
