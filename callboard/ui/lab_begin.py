"""The way into an import that does not come from the uploader: content becomes a draft."""

from dataclasses import replace

from callboard.services.publishing.drafts import drop_draft, keep_draft
from callboard.ui import lab_state
from callboard.ui.lab_state import LabState
from callboard.ui.page import Page
from data_contracts.importing.answers import NO_ANSWERS, Answers


def begin(page: Page, *, name: str, content: bytes, answers: Answers = NO_ANSWERS) -> LabState:
    """Keep the content as a draft and open it at what waits; it takes the place of another one."""
    old = lab_state.current()
    token = keep_draft(page.runtime, page.actor, name=name, content=content)
    if old is not None:
        drop_draft(page.runtime, page.actor, old.token)
    state = LabState(token=token, answers=answers)
    state = replace(state, step=lab_state.first_step(lab_state.view_of(page, state)))
    lab_state.keep(state)
    return state
