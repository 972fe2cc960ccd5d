"""What a file leaves open, asked once: each reading of some of its cells, and a choice."""

from dataclasses import replace

import streamlit as st

from callboard import views
from callboard.ui import lab_state
from callboard.ui.lab_widgets import grid, pick, said
from callboard.ui.labels import plain_label
from callboard.ui.markup import show, tag
from data_contracts.importing.answering import with_answer, with_confirmed, with_reading
from data_contracts.importing.questions import Asked, Question

_FEW = 4
_APRIL = 3
_WORDS = {
    Question.ENCODING: "Which letters are right? The file does not say how it was written.",
    Question.SHEET: "Which sheet is it?",
    Question.DECIMAL: "Which sign parts the fraction?",
    Question.DAY_ORDER: "Which comes first, the day or the month?",
    Question.CLOCK: "Minutes and seconds, or hours and minutes?",
    Question.SHARE: "Percentages, or shares of one?",
    Question.FISCAL: "In which month does this publisher's year begin?",
}


def show_questions(view: views.LabView, *, of_reading: bool) -> None:
    """Ask what the reading of the file, or else its columns, leave open."""
    for number, asked in enumerate(view.asked):
        if (asked.question in (Question.ENCODING, Question.SHEET)) is of_reading:
            _ask(asked, number)


def _ask(asked: Asked, number: int) -> None:
    state = lab_state.current()
    assert state is not None
    where = f"Column “{asked.header}”: " if asked.header else ""
    rows = f" {asked.rows:,} rows wait for the answer." if asked.rows else ""
    show(tag("p", f"{where}{_WORDS.get(asked.question, asked.question)}{rows}", css="cb-lead"))
    if asked.samples:
        show(grid(_titles(asked), asked.samples, caption="As it stands, and read both ways"))
    key = state.key(f"ask-{asked.question}-{number}")
    if len(asked.options) > _FEW:
        pick(
            "Answer",
            asked.options,
            key=key,
            chosen="",
            on_change=_choose,
            args=(asked,),
        )
        return
    with st.container(horizontal=True):
        for value, words in asked.options:
            st.button(
                plain_label(words), key=f"{key}-{value}", on_click=_answer, args=(asked, value)
            )


def _titles(asked: Asked) -> tuple[str, str, str]:
    second = _APRIL if asked.question is Question.FISCAL else 1
    return (
        "As it stands",
        asked.options[0][1],
        asked.options[min(second, len(asked.options) - 1)][1],
    )


def _choose(key: str, asked: Asked) -> None:
    if said(key):
        _answer(asked, said(key))


def _answer(asked: Asked, option: str) -> None:
    state = lab_state.current()
    if state is None:
        return
    answers = state.answers
    if asked.question is Question.SHEET:
        answers = with_reading(answers, replace(answers.reading, sheet=option))
    elif asked.question is not Question.ENCODING:
        answers = with_answer(answers, asked, option)
    elif option == asked.options[0][0]:
        answers = with_confirmed(answers, "encoding")
    else:
        answers = with_reading(answers, replace(answers.reading, encoding=option))
    lab_state.change(answers)
