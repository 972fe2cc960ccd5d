"""Files that are not published yet: found again by their address, listed, gone on with."""

import streamlit as st

from callboard import views
from callboard.errors import CallboardError
from callboard.services.publishing.drafts import (
    Work,
    drop_draft,
    keep_work,
    list_drafts,
    read_work,
)
from callboard.ui import address, lab_state, states
from callboard.ui.lab_state import LabState, Move, Step, Taken
from callboard.ui.labels import plain_label
from callboard.ui.markup import show, tag
from callboard.ui.moments import day_and_time
from callboard.ui.page import Page
from data_contracts.importing.answers import NO_ANSWERS

_KEY = "draft"
_ADDRESSED = "cb_lab_addressed"
_SAVED = "cb_lab_saved"
_MOST = 10


def find(page: Page) -> None:
    """Go on with the draft that the address names, where the browser brought it; say if it is gone.

    An address that this session wrote itself says nothing new.
    """
    token = address.given(_KEY)
    if not token or token == st.session_state.get(_ADDRESSED):
        return
    try:
        state = _resumed(page, token)
    except CallboardError as error:
        states.show_state(
            "This draft is not here",
            str(error),
            next_step="A draft can be opened only by the person who handed it in, for a day.",
        )
        return
    lab_state.keep(state)


def address_of(state: LabState | None) -> None:
    """Have the address name the draft, or none."""
    token = state.token if state else ""
    address.keep(_KEY, token)
    st.session_state[_ADDRESSED] = token


def keep_answers(page: Page, state: LabState) -> None:
    """Keep what was said beside the draft, where it changed."""
    if st.session_state.get(_SAVED) != state:
        keep_work(page.runtime, page.actor, state.token, _work(state))
        st.session_state[_SAVED] = state


def show_drafts(page: Page) -> None:
    """List the person's own files that are not published yet, each to go on with or give up."""
    drafts = list_drafts(page.runtime, page.actor)
    if not drafts:
        return
    kept = tag("span", "only you see them; each is kept for a day")
    show(tag("div", tag("h2", "Files you have not published yet") + kept, css="cb-h2"))
    for draft in drafts[:_MOST]:
        _show_draft(page, draft)
    if len(drafts) > _MOST:
        show(tag("p", f"{len(drafts) - _MOST} older ones are not listed.", css="cb-small"))


def _show_draft(page: Page, draft: views.DraftRow) -> None:
    key = f"cb-draft-{draft.token[:8]}"
    with st.container(key=key, horizontal=True, vertical_alignment="center", gap="small"):
        came = f" · {day_and_time(draft.at, page.zone)}"
        show(tag("p", tag("b", draft.name) + tag("span", came, css="cb-small"), css="cb-cell"))
        st.button(
            plain_label(f"Go on with {draft.name[:40]}"),
            key=f"{key}-resume",
            on_click=_resume,
            args=(page, draft.token),
        )
        st.button(
            "Give it up",
            key=f"{key}-drop",
            type="tertiary",
            on_click=_drop,
            args=(page, draft.token),
        )


@lab_state.tells
def _resume(page: Page, token: str) -> None:
    lab_state.keep(_resumed(page, token))


@lab_state.tells
def _drop(page: Page, token: str) -> None:
    drop_draft(page.runtime, page.actor, token)


def _resumed(page: Page, token: str) -> LabState:
    """The draft as it was left; one that nobody has looked at begins where it waits."""
    work = read_work(page.runtime, page.actor, token)
    is_known = work.step in list(Step)
    return LabState(
        token=token,
        step=Step(work.step) if is_known else Step.UPLOAD,
        answers=work.answers,
        mode=work.mode,
        remembers=work.remembers,
        taken=Taken(told=work.taken_told, adds=work.taken) if work.taken_told else None,
        move=Move.STAY if is_known else Move.FIRST,
    )


def _work(state: LabState) -> Work:
    taken = state.taken
    return Work(
        answers=state.answers,
        mode=state.mode,
        step=state.step.value,
        remembers=state.remembers,
        taken_told=taken.told if taken else "",
        taken=taken.adds if taken else NO_ANSWERS,
    )
