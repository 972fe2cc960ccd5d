"""The rows behind a reading: asked of the feed once, when somebody wants to see them."""

from dataclasses import asdict
from functools import partial

import streamlit as st

from callboard import views
from callboard.access import Action, is_allowed
from callboard.services.drilling.breakdown import read_breakdown
from callboard.services.drilling.rows import read_rows
from callboard.services.row_export import rows_csv
from callboard.ui import address
from callboard.ui.cache import read
from callboard.ui.downloads import offer_csv
from callboard.ui.labels import plain_label
from callboard.ui.markup import show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.page import Page
from callboard.ui.reading import read_history
from callboard.ui.tables import Column, Row, draw_table
from callboard.ui.touchpoint import TouchpointQuestion, read_of

Part = tuple[str, str]  # a dimension and its segment
_ALL: Part = ("", "")
_KEPT = "cb_rows"
_TURNED = "cb_rows_turned"


@tells_errors
def show_rows(page: Page, question: TouchpointQuestion) -> None:
    """Offer the rows behind the period's reading, and show them once they were asked for."""
    metric = page.runtime.definitions.metrics.get(question.metric)
    point = None if metric is None or metric.is_composite else _asked_period(page, question)
    if point is None or not is_allowed(page.actor, Action.READ_ROWS):
        return
    show(tag("div", tag("h2", "The rows behind it"), css="cb-h2 cb-screen"))
    _ask(page, question, point)


@st.fragment
@tells_errors
def _ask(page: Page, question: TouchpointQuestion, point: views.Point) -> None:
    asked = (*asdict(question).values(), point.start.isoformat())
    if st.button(plain_label(f"Ask the feed for the rows of {point.label}"), key="cb-ask-rows"):
        st.session_state[_KEPT] = asked, _ALL, _fetch(page, question, point)
    kept_for, of, view = st.session_state.get(_KEPT, ((), _ALL, None))
    turned_to = st.session_state.pop(_TURNED, None)
    if kept_for != asked or view is None:
        return
    part = _pick_part(page, question, point)
    if turned_to is not None or part != of:
        view = _fetch(page, question, point, part=part, skip=turned_to or 0)
        st.session_state[_KEPT] = asked, part, view
    show(tag("p", view.sentence, css="cb-small"))
    _show_table(view, caption=f"Rows of {point.label}")
    _offer_turning(view)
    if view.rows:
        stem = f"{question.metric}-{question.touchpoint}-{point.start.isoformat()}-rows"
        offer_csv(page, "Download rows", stem, partial(rows_csv, view))


def _pick_part(page: Page, question: TouchpointQuestion, point: views.Point) -> Part:
    """Let the rows of one segment be picked, of the dimension that is taken apart above."""
    dimensions = read_of(page, question).dimensions.get(question.metric, ())
    if not dimensions:
        return _ALL
    said = address.given("by")
    dimension = said if said in dimensions else dimensions[0]
    view = read(
        page,
        read_breakdown,
        metric=question.metric,
        touchpoint=question.touchpoint,
        grain=question.grain,
        period=question.period or None,
        dimension=dimension,
    )
    names = sorted(each.name for each in view.segments if each.n)
    picked = st.selectbox(
        dimension.replace("_", " ").capitalize(),
        ["", *names],
        format_func=lambda name: plain_label(name) if name else "All rows",
        key=f"cb-rows-of-{question.metric}-{question.touchpoint}-{dimension}-{point.start}",
        width=260,
    )
    return (dimension, str(picked)) if picked else _ALL


def _offer_turning(view: views.RowsBehind) -> None:
    """The way to the newer and to the older rows, where these are not all."""
    if not (view.skipped or view.has_more):
        return
    back, on = max(0, view.skipped - view.limit), view.skipped + view.limit
    with st.container(horizontal=True, width="content", gap="small"):
        _offer_page("Newer rows", "arrow_back", skip=back, is_there=view.skipped > 0)
        _offer_page("Older rows", "arrow_forward", skip=on, is_there=view.has_more)


def _offer_page(label: str, sign: str, *, skip: int, is_there: bool) -> None:
    st.button(
        label,
        key=f"cb-rows-{sign}",
        icon=f":material/{sign}:",
        icon_position="left" if sign == "arrow_back" else "right",
        type="tertiary",
        disabled=not is_there,
        on_click=_turn,
        args=(skip,),
    )


def _turn(skip: int) -> None:
    """Runs before the fragment, which asks the feed."""
    st.session_state[_TURNED] = skip


def _fetch(
    page: Page,
    question: TouchpointQuestion,
    point: views.Point,
    *,
    part: Part = _ALL,
    skip: int = 0,
) -> views.RowsBehind:
    with st.spinner("Asking the feed …"):
        return read_rows(
            page.runtime,
            page.actor,
            metric=question.metric,
            touchpoint=question.touchpoint,
            start=point.start,
            end=point.end,
            dimension=part[0],
            segment=part[1],
            skip=skip,
        )


def _show_table(view: views.RowsBehind, *, caption: str) -> None:
    if view.rows:
        columns = [Column(title=name) for name in view.columns]
        rows = [Row(cells=row) for row in view.rows]
        show(draw_table(columns, rows, caption=caption, is_tall=len(rows) > 20))


def _asked_period(page: Page, question: TouchpointQuestion) -> views.Point | None:
    if not question.metric:
        return None
    history = read_history(page, question)
    told = history.period
    return next((each for each in history.points if each.start.isoformat() == told), None)
