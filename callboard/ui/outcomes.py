"""What the last act did, told once on the page that follows it."""

import streamlit as st

from callboard.ui import states
from callboard.ui.folds import fold
from callboard.ui.labels import plain_label

FAILED = "That did not work"
_PREFIX = "cb_outcome_"


def keep_outcome(of: str, title: str, text: str) -> None:
    """Remember what an act `of` some section did; a callback draws nothing itself.

    The fields of what was done are folded; those of what failed stay as they were.
    """
    st.session_state[_PREFIX + of] = (title, text)
    if title != FAILED:
        fold(of)


def tell_outcome(of: str, *, seen: str) -> None:
    """Tell it once, here and where the page is scrolled to; `seen` says where it can be seen."""
    title, text = st.session_state.pop(_PREFIX + of, ("", ""))
    if title == FAILED:
        st.toast(plain_label(f"{title}: {text}"))
        states.show_state(title, text, next_step="Change what was asked for and try again.")
    elif title:
        st.toast(plain_label(title))
        states.show_state(title, text, next_step=seen)
