"""The versions of a journey: who drew what and when; any of them is shown again by one click."""

from functools import partial

import streamlit as st
from markupsafe import Markup

from callboard import views
from callboard.figures import format_moment
from callboard.services.journeys.drawing import list_versions, may_draw, return_to, take_file
from callboard.ui.cache import read
from callboard.ui.journey import JourneyQuestion, read_way, settle
from callboard.ui.labels import plain_label
from callboard.ui.markup import show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.page import Page
from callboard.views import Origin

_SHOWN = 8


@tells_errors
def show_journey_versions(page: Page, question: JourneyQuestion) -> None:
    """List the versions drawn, the newest first, to those who may draw."""
    if not may_draw(page.actor):
        return
    versions = read(page, list_versions, journey=question.journey)
    if not versions:
        return
    with st.container(key="cb-way-versions"):
        show(tag("div", tag("h2", "Versions drawn") + tag("span", "Newest first"), css="cb-h2"))
        is_all = len(versions) <= _SHOWN or st.toggle(f"Show all {len(versions)} versions")
        _offer_file(page, question)
        for each in versions if is_all else versions[:_SHOWN]:
            _show_version(page, question, each)


def _offer_file(page: Page, question: JourneyQuestion) -> None:
    """The file is as good as a version, where something else is shown."""
    view = read_way(page, question)
    if view.origin is Origin.DRAWN and view.file:
        again = partial(take_file, page.runtime, page.actor, journey=question.journey)
        label = plain_label(f"Go back to {view.file}")
        st.button(label, on_click=settle, args=("The file is shown again", again))


def _show_version(page: Page, question: JourneyQuestion, version: views.JourneyVersion) -> None:
    with st.container(key=f"cb-way-version-{version.id}", horizontal=True):
        show(_told(page, version))
        if not version.is_shown:
            again = partial(
                return_to,
                page.runtime,
                page.actor,
                journey=question.journey,
                version=version.id,
            )
            st.button(
                f"Go back to version {version.number}",
                key=f"cb-way-return-{version.id}",
                on_click=settle,
                args=(f"Version {version.number} is shown again", again),
            )


def _told(page: Page, version: views.JourneyVersion) -> Markup:
    who = f"Version {version.number}, {version.actor}, {format_moment(version.at, page.zone)}"
    note = f"“{version.note}” " if version.note else ""
    changed = f"{note}{' '.join(version.changes) or 'Nothing in it is new.'}"
    shown = " · shown" if version.is_shown else ""
    return tag("p", tag("b", who) + shown) + tag("p", changed, css="cb-small")
