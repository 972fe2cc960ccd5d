"""Rows whose metric nobody has defined, parked from the step that asks what words mean."""

import streamlit as st

from callboard.access import Action, is_allowed
from callboard.figures import format_count
from callboard.services.publishing.lab import ask_of
from callboard.services.publishing.looking import look_at_file
from callboard.services.publishing.parking import JudgedFile, park
from callboard.ui import lab_state
from callboard.ui.folds import folded
from callboard.ui.lab_state import LabState
from callboard.ui.lab_widgets import said
from callboard.ui.labels import plain_label
from callboard.ui.outcomes import keep_outcome, tell_outcome
from callboard.ui.page import Page
from data_contracts.importing.answering import with_value
from data_contracts.importing.answers import ValueAnswer
from data_contracts.importing.matches import ValueMatch

_OF = "parking"


def tell_parking() -> None:
    """Tell once what was parked."""
    tell_outcome(_OF, seen="They are listed below, under Parked rows.")


def offer_parking(page: Page, state: LabState, match: ValueMatch, number: int) -> None:
    """Let the rows of a word that is no metric here wait until somebody defines it."""
    is_open = match.field == "metric" and not match.is_answered
    if not is_open or not is_allowed(page.actor, Action.PUBLISH):
        return
    key = state.key(f"park-{number}")
    label = f"Park {_count(match.rows)} with a request for a definition"
    with folded(_OF, label, icon="local_parking", width=460, about=number):
        st.text_input(
            plain_label(f"What is {match.word[:80]}, and where is it described?"),
            key=f"{key}-request",
            max_chars=200,
            width=420,
        )
        st.text_input("Asked of", key=f"{key}-of", max_chars=80, width=420)
        st.button(
            f"Park {_count(match.rows)}",
            key=f"{key}-now",
            type="primary",
            on_click=_park,
            args=(page, match.word, key),
        )


@lab_state.tells
def _park(page: Page, word: str, key: str) -> None:
    """Runs before the page: keeps the rows, and leaves them out of what is published now."""
    state = lab_state.current()
    if state is None:
        return
    ask = ask_of(
        page.runtime, page.actor, token=state.token, answers=state.answers, mode=state.mode
    )
    looked = look_at_file(page.runtime, page.actor, ask=ask)
    count = park(
        page.runtime,
        page.actor,
        file=JudgedFile(
            name=ask.name,
            sha256=looked.preview.sha256,
            report=looked.report,
            answers=state.answers,
        ),
        request=said(f"{key}-request"),
        words=(word,),
        asked_of=said(f"{key}-of"),
    )
    lab_state.change(with_value(state.answers, ValueAnswer(field="metric", word=word, means="")))
    parked = _count(count) if count else "No further row"
    verb = "waits" if count <= 1 else "wait"
    text = f"{parked} of {word} {verb} for a definition, and not in what is published now."
    keep_outcome(_OF, "Parked", text)


def _count(rows: int) -> str:
    return f"{format_count(rows)} {'row' if rows == 1 else 'rows'}"
