"""Take away: what the page shows as a workbook, slides or a document, or into a board pack."""

from collections.abc import Callable
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from callboard.access import Action, is_allowed
from callboard.services.taking.asking import ViewAsked, asked_view
from callboard.services.taking.files import Form, write
from callboard.services.taking.picture_file import write_pictures
from callboard.services.taking.reports import take_view
from callboard.ui import address
from callboard.ui.compare import CompareQuestion
from callboard.ui.competitors import CompetitorQuestion
from callboard.ui.downloads import offer_file
from callboard.ui.folds import times_done
from callboard.ui.markup import show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.overview import OverviewQuestion
from callboard.ui.packing import ADDED, offer_packing, tell_packing
from callboard.ui.page import Page
from callboard.ui.touchpoint import TouchpointQuestion

Question = OverviewQuestion | TouchpointQuestion | CompareQuestion | CompetitorQuestion
_OFFERS = (
    (Form.EXCEL, "Excel: every table, real numbers"),
    (Form.SLIDES, "Slides: charts you can edit"),
    (Form.HTML, "Report: one file, to send or print"),
)
_SVG = "Charts: SVG in a ZIP, sharp at any size"
_PRINT = (
    "To print this page or keep it as PDF, press Ctrl+P (⌘P on a Mac): it is laid out for paper. "
    "Each chart leaves as PNG by the camera at its corner."
)


@tells_errors
def offer_takeaway(page: Page, question: Question, place: DeltaGenerator) -> None:
    """Offer what is shown as files, at the head of the page.

    Each says what it is, as of when, and how sound the data is.
    """
    if isinstance(question, TouchpointQuestion) and not question.metric:
        return
    asked = view_of(question)
    with (
        place,
        st.container(key="cb-takeaway", width="content"),
        st.popover("Take away", icon=":material/ios_share:", key=f"cb-taken-{times_done(ADDED)}"),
    ):
        with_rows = _offer_rows(page, question)
        for form, label in _OFFERS:
            make = partial(_make, page, asked, form, with_rows=with_rows)
            offer_report(page, label, f"callboard-{asked.page}", form, make=make)
        stem = f"callboard-{asked.page}-{_day(page)}"
        offer_file(page, _SVG, stem, partial(_draw, page, asked), ending="zip")
        show(tag("p", _PRINT, css="cb-small"))
        offer_packing(page, asked)
    with place, st.container():
        tell_packing()


def offer_report(
    page: Page, label: str, stem: str, form: Form, *, make: Callable[[], bytes]
) -> None:
    """Offer a file that is made when it is asked for; the day is part of its name."""
    offer_file(page, label, f"{stem}-{_day(page)}", make, ending=form.value)


def _day(page: Page) -> str:
    return page.runtime.clock.today(page.zone).isoformat()


def _offer_rows(page: Page, question: Question) -> bool:
    """Whether the rows behind the reading shall be in the workbook, for whoever may read them."""
    if not isinstance(question, TouchpointQuestion):
        return False
    metric = page.runtime.definitions.metrics.get(question.metric)
    if metric is None or metric.is_composite or not is_allowed(page.actor, Action.READ_ROWS):
        return False
    return st.checkbox("With the rows behind the reading, in Excel", key="cb-taken-rows")


def _make(page: Page, asked: ViewAsked, form: Form, *, with_rows: bool = False) -> bytes:
    """A workbook holds exactly what is shown; to read, the histories of what is of concern too."""
    is_book = form is Form.EXCEL
    report = take_view(
        page.runtime,
        page.actor,
        asked,
        with_charts=not is_book,
        with_rows=with_rows and is_book,
    )
    return write(report, form)


def _draw(page: Page, asked: ViewAsked) -> bytes:
    return write_pictures(take_view(page.runtime, page.actor, asked))


def view_of(question: Question) -> ViewAsked:
    """Return the view that a question is, as an address would say it, defaults and all."""
    match question:
        case OverviewQuestion():
            return asked_view(
                "overview",
                {
                    "grain": question.grain.value,
                    "period": question.period,
                    "touchpoints": question.touchpoints,
                    "pillar": question.pillar,
                    "lanes": question.lanes,
                    "sort": question.sort,
                },
            )
        case TouchpointQuestion():
            return asked_view("touchpoint", _of_touchpoint(question))
        case CompareQuestion():
            return asked_view(
                "compare",
                {
                    "metric": question.metric,
                    "by": question.by or "touchpoint",
                    "at": question.at,
                    "grain": question.grain.value,
                    "period": question.period,
                    "span": str(question.periods),
                },
            )
        case _:
            return asked_view("competitors", {"metric": question.metric})


def _of_touchpoint(question: TouchpointQuestion) -> dict[str, str]:
    return {
        "touchpoint": question.touchpoint,
        "metric": question.metric,
        "grain": question.grain.value,
        "period": question.period,
        "history": str(question.periods),
        "season": "plain" if question.is_plain else "",
        "by": address.given("by"),
        "against": address.given("against"),
    }
