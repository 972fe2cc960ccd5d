"""What the week or the year looks like, the same period a year before, how alike neighbours are."""

from functools import partial

import streamlit as st
from markupsafe import Markup

from callboard import views
from callboard.charts import rhythm_chart
from callboard.services.drilling.rhythm import read_rhythm
from callboard.services.export import rhythm_csv
from callboard.ui import chart_tables
from callboard.ui.cache import draw, read
from callboard.ui.downloads import offer_csv
from callboard.ui.figures_drawn import show_figure
from callboard.ui.markup import NOTHING, show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.page import Page
from callboard.ui.reading import read_history
from callboard.ui.reading_picture import picture_of_reading
from callboard.ui.touchpoint import TouchpointQuestion


@tells_errors
def show_rhythm(page: Page, question: TouchpointQuestion) -> None:
    """Draw the rhythm of the metric that is asked for; nothing where there is nothing to say."""
    if not question.metric:
        return
    view, runs = _read(page, question), read_history(page, question).doubts.runs
    if not (view.sentence or view.same_period or runs):
        return
    draw(page, _draw_rhythm, question)
    if view.places:
        stem = f"{question.metric}-{question.touchpoint}-by-{view.noun}"
        offer_csv(page, "Download CSV", stem, partial(rhythm_csv, view))


def _read(page: Page, question: TouchpointQuestion) -> views.Rhythm:
    return read(
        page,
        read_rhythm,
        metric=question.metric,
        touchpoint=question.touchpoint,
        grain=question.grain,
        period=question.period or None,
    )


def _draw_rhythm(page: Page, question: TouchpointQuestion) -> None:
    view, history = _read(page, question), read_history(page, question)
    show(tag("div", tag("h2", view.title or "How alike neighbours are"), css="cb-h2"))
    show(
        _paragraph("", view.sentence)
        + _paragraph("A year before. ", view.same_period)
        + _paragraph("Runs rules unreliable. ", history.doubts.runs)
    )
    if not view.places:
        return
    left, right = st.columns([1, 1.3], gap="large")
    with left:
        picture = picture_of_reading(page, history, f"by {view.noun}", period=view.span)
        show_figure(rhythm_chart(view), alt=view.alt, key="cb-rhythm", picture=picture)
    with right:
        show(chart_tables.rhythm_table(view))


def _paragraph(opening: str, text: str) -> Markup:
    if not text:
        return NOTHING
    return tag("p", (tag("b", opening) if opening else NOTHING) + text, css="cb-lead")
