"""The page keeps itself up to date: it asks for the publication number, and for nothing else."""

import streamlit as st

from callboard.errors import StoreUnavailable
from callboard.ui.page import Page


@st.fragment(run_every="2s")
def watch_publications(page: Page) -> None:
    """Draw the page again when a newer publication than its own has landed."""
    if not page.is_new and _newest(page) != page.publication:
        st.rerun()


@st.fragment(run_every="60s")
def watch_clock(page: Page) -> None:
    """Draw a page that nobody touches again when the hour is over: data grow old by themselves."""
    if not page.is_new and page.is_over:
        st.rerun()


@st.fragment(run_every="5s")
def try_again() -> None:
    """Draw the page again in a few seconds: it waits for a store that did not answer."""
    if st.session_state.pop("cb_waited", False):
        st.rerun()
    st.session_state["cb_waited"] = True


def _newest(page: Page) -> int:
    """A store that is away for a moment leaves the last good figures on the screen."""
    try:
        return page.runtime.publication()
    except StoreUnavailable:
        return page.publication
