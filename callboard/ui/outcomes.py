"""What the last act did, told once on the page that follows it."""

import streamlit as st

from callboard.ui import states

FAILED = "That did not work"
_PREFIX = "cb_outcome_"


def keep_outcome(of: str, title: str, text: str) -> None:
    """Remember what an act `of` some section did; a callback draws nothing itself."""
    st.session_state[_PREFIX + of] = (title, text)


def tell_outcome(of: str, *, seen: str) -> None:
    """Tell it once; `seen` says where the change can be seen."""
    title, text = st.session_state.pop(_PREFIX + of, ("", ""))
    if title:
        step = "Change what is said above and try again." if title == FAILED else seen
        states.show_state(title, text, next_step=step)
