"""What was said of a publisher's last file: offered where it helps, taken back, and kept."""

from dataclasses import replace

import streamlit as st

from callboard import views
from callboard.ui import lab_state
from callboard.ui.lab_state import LabState, Move, Step, Taken
from callboard.ui.lab_widgets import said, tick
from callboard.ui.labels import plain_label
from callboard.ui.markup import show, tag
from callboard.ui.moments import short_day
from callboard.ui.page import Page
from data_contracts.importing.answers import NO_ANSWERS, Answers, ReadingAnswer
from data_contracts.importing.remembered import with_remembered, without_remembered

_LONGEST = 60


def show_last_time(page: Page, state: LabState, view: views.LabView, here: Step) -> None:
    """Offer what was said of earlier files from the step on where it helps; tell what was taken."""
    if state.taken is not None:
        _tell_taken(state, state.taken)
    for number, offer in enumerate(view.offers):
        if here.number >= _where(offer.adds, view).number:
            _offer(page, state, number, offer)


def offer_remembering(state: LabState) -> None:
    """Let what was said be kept for the publisher's next file, where that is worth it."""
    if state.answers.for_next_time() == NO_ANSWERS:
        return
    tick(
        "Use this for the publisher's next file",
        key=state.key("remember"),
        is_ticked=state.remembers,
        on_change=_remember,
        hint="What you said of columns and words is offered when their next file comes. Days, "
        "sample sizes, cells put right and everything with a year in it stay with this one.",
    )


def _where(adds: Answers, view: views.LabView) -> Step:
    """The step that what is offered would answer."""
    if adds.reading != ReadingAnswer() or adds.layout is not None:
        return Step.UPLOAD
    of_passport = {each.field for each in view.passport}
    if adds.columns or set(adds.constants) - of_passport:
        return Step.COLUMNS
    return Step.VALUES if adds.values else Step.PUBLISH


def _offer(page: Page, state: LabState, number: int, offer: views.LastTime) -> None:
    with st.container(key=state.key(f"last-time-{number}"), gap="small"):
        st.button(
            plain_label(f"Use what was used for {_whose(offer)} last time"),
            key=state.key(f"use-{number}"),
            icon=":material/history:",
            on_click=_use,
            args=(page, offer),
        )
        show(tag("p", tag("b", f"From {_told(page, offer)}: ") + offer.says, css="cb-small"))


def _whose(offer: views.LastTime) -> str:
    name = offer.publisher or "these columns"
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def _told(page: Page, offer: views.LastTime) -> str:
    which = f"submission {offer.submission}, " if offer.submission else ""
    return f"{which}{short_day(offer.at, page.zone)}, by {offer.actor}"


def _tell_taken(state: LabState, taken: Taken) -> None:
    with st.container(key=state.key("taken"), horizontal=True, vertical_alignment="center"):
        show(tag("p", f"You use what was used for {taken.told}.", css="cb-small"))
        st.button("Take it back", key=state.key("take-back"), type="tertiary", on_click=_take_back)


def _use(page: Page, offer: views.LastTime) -> None:
    """Take it over and go to what is open then."""
    state = lab_state.current()
    if state is None:
        return
    told = f"{_whose(offer)} last time ({_told(page, offer)})"
    earlier = state.taken.adds if state.taken else NO_ANSWERS
    state = replace(
        state,
        answers=with_remembered(state.answers, offer.adds),
        taken=Taken(told=told, adds=with_remembered(earlier, offer.adds)),
        move=Move.FIRST,
    )
    lab_state.keep(state)


def _take_back() -> None:
    state = lab_state.current()
    if state is not None and state.taken is not None:
        answers = without_remembered(state.answers, state.taken.adds)
        lab_state.keep(replace(state, answers=answers, taken=None))


def _remember(key: str) -> None:
    state = lab_state.current()
    if state is not None:
        lab_state.keep(replace(state, remembers=bool(said(key))))
