"""Acts on the trust page: run before the page is drawn, told on it once, each with fields anew.

A browser sends all its fields with every message. Fields are called by the number of acts before
them, so that what an older page still sends is none of theirs.
"""

from collections.abc import Callable

import streamlit as st

from callboard.errors import CallboardError
from callboard.ui.lab_widgets import said
from callboard.ui.outcomes import FAILED, keep_outcome, tell_outcome

OF = "trust"
LONGEST = 200
_COUNT = "cb_trust_acts"


def key_of(name: str, about: object = "") -> str:
    """What a field is called until the next act."""
    return f"cb-trust-{name}-{about}-{st.session_state.get(_COUNT, 0)}"


def typed(name: str, about: object = "") -> str:
    """What was typed into a field."""
    return said(key_of(name, about))


def do(act: Callable[[], tuple[str, str]]) -> None:
    """Run an act that returns a title and a sentence; what it refuses is told in its own words."""
    try:
        title, sentence = act()
    except CallboardError as error:
        keep_outcome(OF, FAILED, str(error))
        return
    if title != FAILED:
        st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1
    keep_outcome(OF, title, sentence)


def tell_act() -> None:
    """Tell once what the last act did."""
    with st.container():
        tell_outcome(OF, seen="Everybody sees it at once; the history keeps it.")
