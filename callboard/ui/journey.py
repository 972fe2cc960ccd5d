"""The customer's way: its sentence, the stages with the services behind them, a table of both."""

from dataclasses import dataclass
from functools import partial

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from callboard import views
from callboard.services.journeys.drawing import keep_drawn, list_journeys, may_draw, take_file
from callboard.services.journeys.journey_files import export_journey
from callboard.services.journeys.journey_map import read_journey
from callboard.ui import address, edits, filters, journey_way, states
from callboard.ui.cache import draw, read
from callboard.ui.downloads import offer_file
from callboard.ui.layout import CHART, while_reading
from callboard.ui.markup import joined, show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.page import Page
from callboard.views import Origin
from metrics.model import Grain

OUTCOME = "journey"


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyQuestion:
    """Which journey, as which period left it."""

    journey: str
    grain: Grain
    period: str


@tells_errors
def pick_journey(page: Page) -> JourneyQuestion:
    """Let the reader choose the journey, where there are several, and the period."""
    known = {each.journey: each.name for each in read(page, list_journeys)}
    if not known:
        states.show_state(
            "No customer is met yet",
            "No touchpoint of this workspace is on the front stage, so there is no way to draw.",
            next_step=Markup("Say <code>stage: front</code> in the file of a touchpoint."),
            is_page=True,
        )
        st.stop()
    with st.container(key="cb-filters", horizontal=True, vertical_alignment="bottom"):
        first = next(iter(known))
        journey = address.choose("Journey", "journey", known) if len(known) > 1 else first
        grain = filters.pick_grain(page)
        period = filters.pick_period(page, grain)
    return JourneyQuestion(journey=journey, grain=grain, period=period)


@tells_errors
def show_journey(page: Page, question: JourneyQuestion, place: DeltaGenerator) -> None:
    """Write the sentence into `place`, then the way, which version it is, table and download."""
    with place:
        draw(page, _draw_headline, question)
    with while_reading(CHART):
        draw(page, _draw_way, question)
    show(journey_way.styles(read_way(page, question)))  # rules alone cannot be replayed
    with st.container(key="cb-way-tools", horizontal=True, vertical_alignment="center"):
        is_table = st.toggle("Show as a table", key="cb-way-table")
        if page.actor.touchpoints is None:
            _offer_file(page, question)
    if is_table:
        draw(page, _draw_table, question)
    _offer_either(page, question)


def _offer_file(page: Page, question: JourneyQuestion) -> None:
    make = partial(export_journey, page.runtime, page.actor, journey=question.journey)
    offer_file(page, "Export YAML", question.journey, make, ending="yaml")


def _offer_either(page: Page, question: JourneyQuestion) -> None:
    """Where the file was changed since the journey was drawn, one of them has to be taken."""
    if not read_way(page, question).newer_file or not may_draw(page.actor):
        return
    with st.container(key="cb-way-either", horizontal=True):
        for label, act in (("Take the file", take_file), ("Keep what was drawn", keep_drawn)):
            now = partial(act, page.runtime, page.actor, journey=question.journey)
            st.button(label, on_click=settle, args=("Journey settled", now))


def settle(title: str, act: edits.Act) -> None:
    """Do it and keep what it says; runs before the page, so nothing can interrupt it."""
    edits.do(OUTCOME, title, act)


def read_way(page: Page, question: JourneyQuestion) -> views.JourneyMap:
    """Return the journey that was asked for, read once."""
    found = read(
        page,
        read_journey,
        grain=question.grain,
        period=question.period or None,
        journey=question.journey,
    )
    assert found is not None, "a journey that was picked is there"
    return found


def read_usual_way(page: Page) -> None:
    """Read what who opens the page without another wish is shown."""
    grain = page.runtime.workspace.calendar.grain
    for first in read(page, list_journeys)[:1]:
        read_way(page, JourneyQuestion(journey=first.journey, grain=grain, period=""))


def _carried(question: JourneyQuestion) -> dict[str, str]:
    """What links take along."""
    return {"grain": question.grain.value, "period": question.period}


def _draw_headline(page: Page, question: JourneyQuestion) -> None:
    view = read_way(page, question)
    who = " ".join((f"{view.name}, {view.period_label}.", view.customer)).strip()
    told = tag("p", who, css="cb-kicker") + tag("h1", view.headline)
    show(tag("div", told, css="cb-headline"))


def _draw_way(page: Page, question: JourneyQuestion) -> None:
    view = read_way(page, question)
    show(journey_way.way(view, query=_carried(question)))
    notes = [tag("p", f"{view.told} {view.newer_file}".strip(), css="cb-small")]
    if view.origin is Origin.PROPOSED:
        notes.append(tag("p", _HOW_TO_DRAW, css="cb-small"))
    if view.onward_told:
        notes.append(tag("p", view.onward_told, css="cb-small"))
    if view.gone:
        gone = ", ".join(view.gone)
        notes.append(tag("p", f"Not in the workspace any more: {gone}.", css="cb-small"))
    show(tag("div", joined(notes), css="cb-way-told"))


_HOW_TO_DRAW = Markup(
    "Draw it below, together with the people who work there, or write "
    "<code>journeys/customer.yaml</code> in the workspace: stages in the order in which customers "
    "meet them, each with its touchpoints."
)


def _draw_table(page: Page, question: JourneyQuestion) -> None:
    show(journey_way.way_table(read_way(page, question), query=_carried(question)))
