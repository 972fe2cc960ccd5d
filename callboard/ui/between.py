"""Rare events: the chart of what lies between them, its table and its download."""

from functools import partial

import streamlit as st
from markupsafe import Markup

from callboard import views
from callboard.charts import between_chart
from callboard.services.export import between_csv
from callboard.ui import address
from callboard.ui.cache import draw
from callboard.ui.downloads import offer_csv
from callboard.ui.figures_drawn import show_figure
from callboard.ui.markup import show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.page import Page
from callboard.ui.reading import read_history
from callboard.ui.reading_picture import picture_of_reading
from callboard.ui.tables import Column, Row, draw_table
from callboard.ui.touchpoint import TouchpointQuestion

_COLUMNS = (
    Column(title="Event"),
    Column(title="The one before"),
    Column(title="Between", is_number=True),
    Column(title="What it says"),
)


@tells_errors
def show_between(page: Page, question: TouchpointQuestion) -> None:
    """Draw what lies between rare events, where those are judged by it; else draw nothing."""
    if not question.metric:
        return
    view = read_history(page, question).between
    if view is None:
        return
    draw(page, _draw, question)
    stem = f"{question.metric}-{question.touchpoint}-{view.noun}-between"
    with st.container(horizontal=True, vertical_alignment="center"):
        is_table = address.flag("Show gaps as a table", "gaps", widget="cb-between-table")
        offer_csv(page, "Download gaps", stem, partial(between_csv, view))
    if is_table:
        show(_table(view))


def _draw(page: Page, question: TouchpointQuestion) -> None:
    history = read_history(page, question)
    view = history.between
    if view is None:
        return
    title = f"{view.noun.capitalize()} between {view.events}"
    show(tag("div", tag("h2", title), css="cb-h2") + tag("p", view.sentence, css="cb-lead"))
    if len(view.gaps) > 1:
        figure = between_chart(view, annotations=history.annotations)
        picture = picture_of_reading(page, history, title)
        show_figure(figure, alt=view.alt, key="cb-between", picture=picture)


def _table(view: views.EventGaps) -> Markup:
    rows = [
        Row(
            cells=(
                f"none by {gap.label}" if gap.is_running else gap.label,
                gap.start_label,
                gap.length_text,
                gap.rule_text or "as usual",
            ),
            look="" if gap.length is not None else "pale",
        )
        for gap in reversed(view.gaps)
    ]
    caption = f"{view.noun.capitalize()} between {view.events}"
    return draw_table(_COLUMNS, rows, caption=caption, is_tall=True)
