"""Places on a page that are filled later than they stand."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def keep_space() -> DeltaGenerator:
    """Return a place for what stands here but depends on choices made further down."""
    return st.container()
