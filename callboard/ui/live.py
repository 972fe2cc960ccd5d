"""The page keeps itself up to date: it asks for the publication number, and for nothing else."""

import time

import streamlit as st

from callboard.errors import StoreUnavailable
from callboard.ui.messages import is_away, last_answer
from callboard.ui.page import Page
from callboard.ui.session import scheme
from callboard.ui.states import show_store_away

_PATIENCE = 8.0  # seconds: a store that is slow is not asked for a whole page all the time


@st.fragment(run_every="2s")
def watch_publications(page: Page, drawn: str) -> None:
    """Draw the page again when a newer publication than its own has landed.

    So does another scheme than the one `drawn`: when it changes, the browser tells it too late. A
    store that is away leaves the last good figures on the screen, and a word of how old they are.
    """
    if scheme() != drawn:
        st.rerun()
    if page.is_new:
        return
    try:
        newest = page.runtime.publication()
    except StoreUnavailable:
        show_store_away(last_answer(page.runtime))
        return
    if newest != page.publication or _is_to_be_mended(page):
        st.rerun()


@st.fragment(run_every="60s")
def watch_clock(page: Page) -> None:
    """Draw a page that nobody touches again when the hour is over: data grow old by themselves."""
    if not page.is_new and page.is_over and _answers(page):
        st.rerun()


@st.fragment(run_every="5s")
def try_again() -> None:
    """Draw the page again in a few seconds: it waits for a store that did not answer."""
    if st.session_state.pop("cb_waited", False):
        st.rerun()
    st.session_state["cb_waited"] = True


def _is_to_be_mended(page: Page) -> bool:
    """Whether a part of it found the store away, some seconds ago."""
    return is_away() and time.monotonic() - page.opened > _PATIENCE


def _answers(page: Page) -> bool:
    try:
        page.runtime.publication()
    except StoreUnavailable:
        return False
    return True
