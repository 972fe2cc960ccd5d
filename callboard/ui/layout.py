"""Places on a page: filled later than they stand, or shaped like what is still being read."""

from contextlib import AbstractContextManager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

TILES, CHART = 640, 420


def keep_space() -> DeltaGenerator:
    """Return the head of a page: what stands there depends on choices made further down."""
    return st.container(key="cb-head")


def while_reading(height: int) -> AbstractContextManager[object]:
    """Show a shape of that height in pixels while what is inside takes longer than a moment."""
    return st.skeleton(height=height)
