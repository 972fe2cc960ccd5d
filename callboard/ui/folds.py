"""The fields of an act: folded away until somebody wants them, and again once it is done.

They stand in the page itself. What floats above it covers what is acted on, and leaves who works
by keyboard at the top of the page when it closes.
"""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

_PREFIX = "cb_fold_"
WIDTH = 360


def folded(
    of: str, label: str, *, icon: str, width: int | None = WIDTH, about: object = ""
) -> DeltaGenerator:
    """Return a place for the fields of an act, shut at first; `of` names its outcome as well.

    `width` in pixels; None takes all there is. `about` tells apart what is called the same.
    """
    key = f"cb-fold-{of}-{label}-{about}-{times_done(of)}".replace(" ", "-")
    return st.expander(label, icon=f":material/{icon}:", key=key, width=width or "stretch")


def times_done(of: str) -> int:
    """Return how often it was done: a part of the name of what shall be shut after each."""
    return int(st.session_state.get(_PREFIX + of, 0))


def fold(of: str) -> None:
    """Shut all of these; each is a new one from now on."""
    st.session_state[_PREFIX + of] = times_done(of) + 1
