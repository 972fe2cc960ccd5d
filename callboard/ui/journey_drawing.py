"""Drawing a journey: stages named, moved and taken out, touchpoints put in their place."""

from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from callboard.services.journeys.drawing import (
    begin_draft,
    front_touchpoints,
    may_draw,
    save_draft,
)
from callboard.ui import edits
from callboard.ui.journey import OUTCOME, JourneyQuestion
from callboard.ui.lab_widgets import said
from callboard.ui.labels import plain_label
from callboard.ui.markup import show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.outcomes import tell_outcome
from callboard.ui.page import Page
from callboard.views import JourneyDraft, StageDraft
from metrics.journey import LINE_LENGTH, MOST_HERE, MOST_STAGES, NAME_LENGTH

_OPEN = "cb_way_open"
_NAME, _CUSTOMER, _NOTE = "cb-way-name", "cb-way-customer", "cb-way-note"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Open:
    """A drawing that is open: the stages' numbers in their order, each with its code.

    What is typed lives in the widgets, under the number of its stage.
    """

    journey: str
    base: int
    stages: tuple[tuple[int, str], ...]
    next_number: int


@tells_errors
def show_journey_drawing(page: Page, question: JourneyQuestion) -> None:
    """Let those who may draw the journey anew; every save is a version."""
    with st.container(key="cb-way-outcome"):
        tell_outcome(OUTCOME, seen="The journey above shows it.")
    if not may_draw(page.actor):
        return
    drawing = _drawing(question)
    with st.container(key="cb-way-drawing"):
        if drawing is None:
            begin = partial(_begin, page, question)
            st.button("Draw this journey", icon=":material/edit:", on_click=begin)
        else:
            _show_form(page, drawing)


def _drawing(question: JourneyQuestion) -> _Open | None:
    """The open drawing; one whose fields are gone, because the page was left, is closed."""
    found = st.session_state.get(_OPEN)
    if not isinstance(found, _Open) or found.journey != question.journey:
        return None
    return found if _NAME in st.session_state else None


def _begin(page: Page, question: JourneyQuestion) -> None:
    """Runs before the page: fills the fields with what is shown."""
    draft = begin_draft(page.runtime, page.actor, journey=question.journey)
    numbers = range(len(draft.stages))
    st.session_state[_NAME] = draft.name
    st.session_state[_CUSTOMER] = draft.customer
    st.session_state[_NOTE] = ""
    for number, stage in zip(numbers, draft.stages, strict=True):
        _fill(number, stage)
    st.session_state[_OPEN] = _Open(
        journey=draft.journey,
        base=draft.base,
        stages=tuple(zip(numbers, (each.code for each in draft.stages), strict=True)),
        next_number=len(draft.stages),
    )


def _fill(number: int, stage: StageDraft) -> None:
    st.session_state[_key(number, "name")] = stage.name
    st.session_state[_key(number, "question")] = stage.question
    st.session_state[_key(number, "met")] = list(stage.touchpoints)


def _key(number: int, field: str) -> str:
    return f"cb-way-{number}-{field}"


def _show_form(page: Page, drawing: _Open) -> None:
    show(tag("div", tag("h2", "Draw this journey"), css="cb-h2"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Name of the journey", key=_NAME, max_chars=NAME_LENGTH, width=320)
        st.text_input("Who the customer is", key=_CUSTOMER, max_chars=LINE_LENGTH, width=560)
    names = front_touchpoints(page.runtime, page.actor)
    for place in range(len(drawing.stages)):
        _show_stage(drawing, place, names)
    is_full = len(drawing.stages) >= MOST_STAGES
    st.button(
        "Add a stage", icon=":material/add:", on_click=_add, args=(drawing,), disabled=is_full
    )
    _show_saving(page, drawing)


def _show_stage(drawing: _Open, place: int, names: dict[str, str]) -> None:
    number, last = drawing.stages[place][0], len(drawing.stages) - 1
    with st.container(key=f"cb-way-stage-{number}", border=True):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input(
                f"Stage {place + 1}", key=_key(number, "name"), max_chars=NAME_LENGTH, width=240
            )
            st.text_input(
                "What the customer asks here",
                key=_key(number, "question"),
                max_chars=LINE_LENGTH,
                width=440,
            )
            _button("Earlier", "arrow_upward", drawing, (place, place - 1), is_off=place == 0)
            _button("Later", "arrow_downward", drawing, (place, place + 1), is_off=place == last)
            _button("Take out", "delete", drawing, (place, None), is_off=last == 0)
        st.multiselect(
            "Whom they meet, in order",
            list(names),
            format_func=names.__getitem__,
            key=_key(number, "met"),
            max_selections=MOST_HERE,
            placeholder="Nobody yet",
        )


def _button(
    label: str, icon: str, drawing: _Open, move: tuple[int, int | None], *, is_off: bool
) -> None:
    number = drawing.stages[move[0]][0]
    st.button(
        plain_label(label),
        icon=f":material/{icon}:",
        key=_key(number, label.replace(" ", "-").lower()),
        on_click=_move,
        args=(drawing, *move),
        disabled=is_off,
    )


def _show_saving(page: Page, drawing: _Open) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            "What is new (may be left out)",
            key=_NOTE,
            max_chars=LINE_LENGTH,
            placeholder="Drawn with stores, delivery and customer service",
            width=440,
        )
        st.button("Save this version", type="primary", on_click=_save, args=(page, drawing))
        st.button("Close without saving", on_click=_close)


def _add(drawing: _Open) -> None:
    """Runs before the page."""
    number = drawing.next_number
    _fill(number, StageDraft(code="", name=""))
    stages = (*drawing.stages, (number, ""))
    st.session_state[_OPEN] = replace(drawing, stages=stages, next_number=number + 1)


def _move(drawing: _Open, place: int, to: int | None) -> None:
    """Runs before the page: a stage goes to another place, or out."""
    stages = list(drawing.stages)
    moved = stages.pop(place)
    if to is not None:
        stages.insert(to, moved)
    st.session_state[_OPEN] = replace(drawing, stages=tuple(stages))


def _save(page: Page, drawing: _Open) -> None:
    """Runs before the page, so nothing can interrupt it; what was drawn stays where it fails."""
    draft = JourneyDraft(
        journey=drawing.journey,
        name=said(_NAME),
        customer=said(_CUSTOMER),
        stages=tuple(_stage(number, code) for number, code in drawing.stages),
        base=drawing.base,
    )
    save = partial(save_draft, page.runtime, page.actor, draft=draft, note=said(_NOTE))
    if edits.do(OUTCOME, "Version saved", save):
        _close()


def _stage(number: int, code: str) -> StageDraft:
    return StageDraft(
        code=code,
        name=said(_key(number, "name")),
        question=said(_key(number, "question")),
        touchpoints=tuple(st.session_state.get(_key(number, "met"), ())),
    )


def _close() -> None:
    st.session_state.pop(_OPEN, None)
