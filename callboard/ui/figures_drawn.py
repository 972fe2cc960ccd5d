"""The one way a figure comes onto a page: our settings, and always a text for who cannot see."""

import plotly.graph_objects as go
import streamlit as st

from callboard.charts import PLOT_CONFIG


def show_figure(figure: go.Figure, *, alt: str, key: str) -> None:
    """Put a figure on the page. ValueError without words in `alt`."""
    if not alt.strip():
        raise ValueError(f"the figure {key!r} has no alternative text")
    st.plotly_chart(figure, key=key, alt=alt, config=PLOT_CONFIG, theme="streamlit")
