"""A large file on its way: what is being done with it, told while a person waits."""

from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

import streamlit as st

from callboard import views
from callboard.ui import lab_state
from callboard.ui.lab_state import LabState
from callboard.ui.page import Page

_AT_ONCE = 0.3
_LOOK_EVERY = 0.25


@dataclass(slots=True)
class _Heard:
    """What was heard last of the thread that reads the file."""

    words: str = "Reading the file"
    share: float = 0.0

    def hear(self, words: str, share: float) -> None:
        self.words, self.share = words, share


def view_with_progress(page: Page, state: LabState) -> views.LabView:
    """Return what the steps show of a draft; of a large one it is told how far that is.

    It is read in a thread of its own. Whoever clicks meanwhile breaks the waiting off, not the
    reading: what it finds is kept for the next look.
    """
    if not lab_state.is_large(page, state):
        return lab_state.view_of(page, state)
    heard = _Heard()
    reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="large file")
    reading = reader.submit(lab_state.view_of, page, state, tell=heard.hear)
    reader.shutdown(wait=False)
    if wait([reading], _AT_ONCE).not_done:
        _tell(reading, heard)
    return reading.result()


def _tell(reading: "Future[views.LabView]", heard: _Heard) -> None:
    place = st.empty()
    with place.status("This is a large file, which takes a moment", expanded=True):
        bar = st.progress(0.0, text=heard.words)
        while wait([reading], _LOOK_EVERY).not_done:
            bar.progress(heard.share, text=f"{heard.words} …")
    place.empty()
