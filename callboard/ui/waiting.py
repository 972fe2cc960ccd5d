"""How long cases stay open, counting those that still are: sentence, curve, table, download."""

from functools import partial

import streamlit as st

from callboard import views
from callboard.charts import waiting_chart
from callboard.figures import NO_VALUE, format_count, format_number
from callboard.services.drilling.waiting import read_waiting
from callboard.services.export import waiting_csv
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

_AGES = (
    Column(title="After"),
    Column(title="Still open", is_number=True),
    Column(title="95 % interval", is_number=True),
    Column(title="Followed so far", is_number=True),
)


@tells_errors
def show_waiting(page: Page, question: TouchpointQuestion) -> None:
    """Tell how long cases stay open, for a metric that says what is still open."""
    if not question.metric:
        return
    view = _read(page, question)
    if view is None:
        return
    draw(page, _draw, question)
    if view.steps:
        stem = f"{question.metric}-{question.touchpoint}-open"
        offer_csv(page, "Download CSV", stem, partial(waiting_csv, view))


def _read(page: Page, question: TouchpointQuestion) -> views.Waiting | None:
    return read(
        page,
        read_waiting,
        metric=question.metric,
        touchpoint=question.touchpoint,
        grain=question.grain,
        period=question.period or None,
    )


def _draw(page: Page, question: TouchpointQuestion) -> None:
    view = _read(page, question)
    assert view is not None
    show(
        tag("div", tag("h2", "How long they wait, those still open counted"), css="cb-h2")
        + tag("p", view.sentence, css="cb-lead")
        + tag("p", view.note, css="cb-small")
    )
    if not view.steps:
        return
    left, right = st.columns([1.4, 1], gap="large")
    with left:
        picture = picture_of_reading(page, read_history(page, question), "still open by age")
        show_figure(waiting_chart(view), alt=view.alt, key="cb-waiting", picture=picture)
    with right:
        rows = [Row(cells=_cells(each)) for each in view.ages]
        caption = f"{view.metric_name}, {view.touchpoint_name}: still open by age"
        show(draw_table(_AGES, rows, caption=caption))


def _interval(age: views.OpenShare) -> str:
    """Before any case is closed there is no variance, and so no interval."""
    if age.low == age.high:
        return NO_VALUE
    return f"{format_number(age.low, 1)} to {format_number(age.high, 1)} %"


def _cells(age: views.OpenShare) -> tuple[str, ...]:
    return (
        age.age_text,
        f"{format_number(age.share, 1)} %",
        _interval(age),
        format_count(age.at_risk),
    )
