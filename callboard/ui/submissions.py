"""The history of publishing below the steps: who, when, why, and the way back."""

from functools import partial

import streamlit as st

from callboard import views
from callboard.access import Action, is_allowed
from callboard.services.publishing import benchmarks as publishing
from callboard.services.publishing.originals import read_original
from callboard.ui import lab_state, states
from callboard.ui.downloads import offer_file
from callboard.ui.lab_publish import forget_done
from callboard.ui.lab_state import OUTCOME
from callboard.ui.lab_widgets import said
from callboard.ui.labels import plain_label
from callboard.ui.markup import show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.outcomes import keep_outcome
from callboard.ui.page import Page
from callboard.ui.publish_tables import history_table

_WHICH = "cb-submission"
_WHY = "cb-why"


@tells_errors
def show_publishing_history(page: Page) -> None:
    """List what was published, by whom, how and with what result; each can be taken back."""
    history = publishing.read_history(page.runtime, page.actor)
    show(tag("div", tag("h2", "History"), css="cb-h2"))
    if not history:
        states.show_state(
            "Nothing published yet",
            "The first file you publish is listed here, with who, when and what it changed.",
            next_step="Choose a file above.",
        )
        return
    _offer_acts(page, history)
    show(history_table(history, zone=page.zone))


def _offer_acts(page: Page, history: tuple[views.SubmissionRow, ...]) -> None:
    may_fetch = is_allowed(page.actor, Action.READ_ORIGINAL)
    known = {row.id: row for row in history if may_fetch or row.may_withdraw or row.may_restore}
    if not known:
        return
    with st.container(key="cb-undo-acts", horizontal=True, vertical_alignment="bottom"):
        number = st.selectbox(
            "Submission",
            list(known),
            format_func=lambda each: f"{each} · {known[each].file_name} · {known[each].state}",
            # A browser keeps showing its old choice of a widget: a longer list is another one, at
            # its newest, so that nothing is withdrawn but what is seen.
            key=f"{_WHICH}-{max(known)}",
            width=380,
        )
        row = known[number]
        if row.may_withdraw or row.may_restore:
            st.text_input("Why", key=_WHY, max_chars=200, width=300)
            verb = "Withdraw" if row.may_withdraw else "Restore"
            act = _withdraw if row.may_withdraw else _restore
            st.button(verb, key=f"cb-{verb.lower()}-now", on_click=act, args=(page, row.id))
        if may_fetch:
            make = partial(_fetch, page, row.id)
            label = plain_label(f"Original of {row.id}")
            offer_file(page, label, f"original-{row.id}", make, ending=_ending(row.file_name))


def _ending(name: str) -> str:
    """The end of a file's name, where it is one that we take; the rest of the name is anybody's."""
    ending = name.rpartition(".")[2].casefold()
    return ending if ending in ("csv", "tsv", "txt", "xlsx") else "bin"


def _fetch(page: Page, submission: int) -> bytes:
    return read_original(page.runtime, page.actor, submission=submission).content


@lab_state.tells
def _withdraw(page: Page, submission: int) -> None:
    """Runs before the page: nothing is drawn here, so nothing can interrupt the act (F5)."""
    publishing.withdraw(page.runtime, page.actor, submission=submission, note=said(_WHY))
    forget_done()
    text = f"The values of submission {submission} are gone; what they replaced is back."
    _end("Withdrawn", text)


@lab_state.tells
def _restore(page: Page, submission: int) -> None:
    """Runs before the page, like `_withdraw`."""
    publishing.restore(page.runtime, page.actor, submission=submission, note=said(_WHY))
    _end("Restored", f"The values of submission {submission} count again, in their old place.")


def _end(title: str, text: str) -> None:
    keep_outcome(OUTCOME, title, text)
    st.session_state[_WHY] = ""
