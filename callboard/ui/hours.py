"""The metric by weekday and hour: which hours lie apart, as a picture, a table and a file."""

from functools import partial

import streamlit as st
from markupsafe import Markup

from callboard import views
from callboard.charts import hour_chart
from callboard.figures import format_count, format_day
from callboard.services.drilling.hours import read_hour_map
from callboard.services.hour_export import hours_csv
from callboard.ui.cache import draw, read
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
    Column(title="Hour"),
    Column(title="Value", is_number=True),
    Column(title="From all", is_number=True),
    Column(title="n", is_number=True),
    Column(title="Against chance"),
)


@tells_errors
def show_hours(page: Page, question: TouchpointQuestion) -> None:
    """Draw the hours of the week where the metric's feed has times; nothing where it has not."""
    if not question.metric:
        return
    view = _read(page, question)
    if not view.cells:
        return
    draw(page, _draw, question)
    stem = f"{question.metric}-{question.touchpoint}-by-hour"
    with st.container(horizontal=True, vertical_alignment="center"):
        is_table = st.toggle("Show hours as a table", key="cb-hours-table")
        offer_csv(page, "Download hours", stem, partial(hours_csv, view))
    if is_table:
        show(_table(view))


def _read(page: Page, question: TouchpointQuestion) -> views.HourMap:
    return read(page, read_hour_map, metric=question.metric, touchpoint=question.touchpoint)


def _draw(page: Page, question: TouchpointQuestion) -> None:
    view = _read(page, question)
    since = f" Hours have been kept since {format_day(view.since)}." if view.since else ""
    span = f"{view.span}, local time; all hours together {view.overall_text}.{since}"
    show(
        tag("div", tag("h2", "By weekday and hour"), css="cb-h2")
        + tag("p", view.sentence, css="cb-lead")
    )
    if any(each.value is not None for each in view.cells):
        history = read_history(page, question)
        picture = picture_of_reading(page, history, "by weekday and hour", period=view.span)
        show_figure(hour_chart(view), alt=view.alt, key="cb-hours", picture=picture)
        show(tag("p", view.legend, css="cb-small"))
    show(tag("p", f"{span} {view.how}", css="cb-small"))


def _table(view: views.HourMap) -> Markup:
    rows = [
        Row(
            cells=(
                each.name,
                each.value_text,
                each.difference_text,
                format_count(each.n),
                _against_chance(each),
            ),
            look="" if each.value is not None else "pale",
        )
        for each in view.cells
    ]
    return draw_table(_COLUMNS, rows, caption=view.title, is_tall=True)


def _against_chance(cell: views.HourCell) -> str:
    if cell.p is None:
        return "not tested" if cell.value is not None else ""
    return "differs" if cell.is_clear else "no clear difference"
