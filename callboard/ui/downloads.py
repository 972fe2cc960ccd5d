"""Downloads under a name nobody can guess: the name decides who is given which bytes (F1)."""

import secrets
from collections.abc import Callable

import streamlit as st

from callboard.ui.page import Page


def offer_csv(page: Page, label: str, stem: str, make: Callable[[], bytes]) -> None:
    """Offer a CSV that is made when it is asked for; `stem` says what is in it."""
    offer_file(page, label, stem, make)


def offer_file(
    page: Page, label: str, stem: str, make: Callable[[], bytes], *, ending: str = "csv"
) -> None:
    """Offer a file that is made when it is asked for, under an ending of ours."""
    st.download_button(
        label,
        data=make,
        file_name=f"{stem}-{page.publication}-{_token()}.{ending}",
        mime="text/csv" if ending == "csv" else "application/octet-stream",
        key=f"download-{stem}{'' if ending == 'csv' else f'-{ending}'}",
        on_click="ignore",
        icon=":material/download:",
        type="tertiary",
    )


def _token() -> str:
    """Return eight letters and digits, the same through a session so that nothing is redrawn."""
    token: str = st.session_state.setdefault("cb_token", secrets.token_hex(4))
    return token
