"""The one way a figure comes onto a page: our settings, a text for who cannot see, a stamp."""

import plotly.graph_objects as go
import streamlit as st

from callboard.charts import PLOT_CONFIG, picture_config, stamp_picture
from callboard.ui.pictures import Picture
from callboard.ui.session import scheme


def show_figure(figure: go.Figure, *, alt: str, key: str, picture: Picture) -> None:
    """Put a figure on the page, with a button that saves it as the `picture`, stamped.

    ValueError without words in `alt`. A chart takes its colours when it is made, and keeps them: in
    the other scheme it is another.
    """
    if not alt.strip():
        raise ValueError(f"the figure {key!r} has no alternative text")
    stamp_picture(figure, picture.first, picture.second)
    config = picture_config(picture.name, PLOT_CONFIG)
    key = f"{key}-{scheme()}" if scheme() else key
    st.plotly_chart(figure, key=key, alt=alt, config=config, theme="streamlit")
