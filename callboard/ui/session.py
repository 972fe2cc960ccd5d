"""Who is looking. One local user with every right until identity arrives."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from callboard.access import LOCAL_USER, Actor


def current_actor() -> Actor:
    """Return the person of this session, resolved afresh at every run."""
    return LOCAL_USER


def scheme() -> str:
    """Return `dark`, or "" in light; a browser that goes from one to the other runs the page."""
    return "dark" if st.context.theme.type == "dark" else ""


def session_id() -> str:
    """Return Streamlit's name for this session, "" outside of one."""
    context = get_script_run_ctx()
    return context.session_id if context else ""
