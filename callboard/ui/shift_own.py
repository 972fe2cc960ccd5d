"""Whose touchpoints a shift is of: the reader's own, asked for once and remembered for him."""

from collections.abc import Sequence
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from callboard.errors import CallboardError
from callboard.services.shift.own import keep_own, read_own
from callboard.ui import address, filters, states
from callboard.ui.labels import plain_label
from callboard.ui.markup import show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.outcomes import FAILED, keep_outcome, tell_outcome
from callboard.ui.page import Page

_KEY = "touchpoints"
_FIRST = "cb-own-first"
_OF = "own"
_WHY = (
    "This page says what needs you now and what you hand over, so it has to know what you look "
    "after. Pick once: it is remembered for you alone, nobody else sees a difference, and you can "
    "change it at any time."
)


@tells_errors
def pick_own(page: Page, place: DeltaGenerator) -> tuple[str, ...]:
    """Return the reader's touchpoints; where none is picked yet, ask for them in `place`."""
    known = filters.list_touchpoints(page)
    if not page.publication or not known:
        states.show_empty(len(page.runtime.definitions.contracts))
        st.stop()
    own = read_own(page.runtime, page.actor)
    if page.actor.touchpoints is not None:
        return own
    with st.container():
        tell_outcome(_OF, seen="Nothing was changed.")
    named = [code for code in address.given_several(_KEY) if code in known]
    if not own and not named:
        with place:
            _ask_first(page, known)
        st.stop()
    with st.container(key="cb-filters", horizontal=True, vertical_alignment="bottom"):
        picked = address.choose_and_keep(
            "My touchpoints", _KEY, known, kept=own, keep=partial(_keep, page)
        )
        if own and set(picked) != set(own):
            st.button("Back to my own", on_click=_forget_address, icon=":material/undo:")
    _tell_unknown(filters.unknown_touchpoints(page))
    return picked or tuple(named) or own


def _ask_first(page: Page, known: dict[str, str]) -> None:
    """One choice, of all touchpoints with who looks after them, and why it is asked."""
    owners = {code: page.runtime.definitions.touchpoints[code].owner for code in known}
    told = {code: " · ".join(filter(None, (known[code], owners[code]))) for code in known}
    heading = tag("h1", "Which touchpoints are yours?")
    show(tag("div", heading + tag("p", _WHY), css="cb-headline"))
    with st.container(key="cb-own"):
        picked = st.pills(
            "Touchpoints and who owns them",
            list(known),
            selection_mode="multi",
            format_func=lambda code: plain_label(told[code]),
            key=_FIRST,
        )
        st.button(
            "These are mine",
            key="cb-own-keep",
            type="primary" if picked else "secondary",
            disabled=not picked,
            on_click=_keep_first,
            args=(page,),
        )


def _keep_first(page: Page) -> None:
    """Runs before the page: nothing is drawn here, so nothing can interrupt the act (F5)."""
    _keep(page, st.session_state.get(_FIRST) or [])


def _keep(page: Page, picked: Sequence[str]) -> None:
    """Runs before the page, like `_keep_first`; what is refused is told on it."""
    try:
        keep_own(page.runtime, page.actor, touchpoints=picked)
    except CallboardError as error:
        keep_outcome(_OF, FAILED, str(error))


def _forget_address() -> None:
    address.keep(_KEY, "")


def _tell_unknown(codes: tuple[str, ...]) -> None:
    """A link may be older than a touchpoint's name; nothing of it is shown, and that is said."""
    if codes:
        named = ", ".join(f"“{code}”" for code in codes)
        show(tag("p", f"Not among the touchpoints here: {named}.", css="cb-note"))
