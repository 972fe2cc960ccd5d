"""Downloads under a name nobody can guess: the name decides who is given which bytes (F1)."""

import secrets
from collections.abc import Callable

import streamlit as st

from callboard.ui.page import Page


def offer_csv(page: Page, label: str, stem: str, make: Callable[[], bytes]) -> None:
    """Offer a CSV that is made when it is asked for; `stem` says what is in it."""
    st.download_button(
        label,
        data=make,
        file_name=f"{stem}-{page.publication}-{_token()}.csv",
        mime="text/csv",
        key=f"download-{stem}",
        on_click="ignore",
        icon=":material/download:",
        type="tertiary",
    )


def _token() -> str:
    """Return eight letters and digits, the same through a session so that nothing is redrawn."""
    token: str = st.session_state.setdefault("cb_token", secrets.token_hex(4))
    return token
