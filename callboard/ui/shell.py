"""The frame of every page: access, masthead, navigation, notice and data-as-of line."""

from pathlib import Path

import streamlit as st
from markupsafe import Markup

from callboard.access import Action, require
from callboard.errors import CallboardError, StoreUnavailable
from callboard.services.tiles.overview import read_overview
from callboard.ui import address, links, live, session
from callboard.ui import cache as caches
from callboard.ui.markup import show, show_style, tag
from callboard.ui.messages import tell, tells_errors
from callboard.ui.navigation import ROOT, list_entries, name_of, show_navigation
from callboard.ui.notices import tell_open
from callboard.ui.page import Page, make_page

_BRAND = Markup(
    '<div class="cb-brand"><span class="cb-mark" aria-hidden="true"><i></i><i></i><i></i><i></i>'
    "</span><b>{name}</b><span>{title}</span></div>"
)
_REACH = Markup('<span>Complete to {reach} · <a href="{href}">{state}</a>{notices}</span>')
_PRODUCT = "Callboard"
_STYLE = Path(__file__).parent / "callboard.css"


def open_page(file: str, *, needs: Action = Action.READ_FIGURES) -> Page:
    """Return the opened page, or draw the state that stands in its way and end the run."""
    name = name_of(file)
    st.set_page_config(
        page_title=_title(name), page_icon=str(ROOT / "static/icon.png"), layout="wide"
    )
    show_style(_STYLE)
    address.begin()
    try:
        page = _enter(name, needs)
    except CallboardError as error:
        _show_masthead(name, _PRODUCT)
        if isinstance(error, StoreUnavailable):
            live.try_again()
        tell(error)
    _show_frame(page)
    return page


def _enter(name: str, needs: Action) -> Page:
    runtime, actor = caches.the_runtime(), session.current_actor()
    page = make_page(name, runtime, actor)
    require(actor, needs)
    return page


@tells_errors
def _show_frame(page: Page) -> None:
    workspace = page.runtime.workspace
    st.set_page_config(page_title=_title(page.name, workspace.name))
    _show_masthead(page.name, workspace.name, workspace.title)
    caches.draw(page, _draw_state_of_data, None)
    live.watch_publications(page)


def _draw_state_of_data(page: Page, _question: None) -> None:
    """The workspace's notice, and how far the data reaches with its trust."""
    workspace = page.runtime.workspace
    view = caches.read(page, read_overview, grain=workspace.calendar.grain)
    told = tag("span", "No readings yet")
    if view.tile_count:
        told = _REACH.format(
            reach=view.complete_to,
            href=links.address("data_trust", {}),
            state=view.data_state,
            notices=tell_open(page),
        )
    show(tag("div", tag("span", workspace.notice) + told, css="cb-asof"))


def _show_masthead(name: str, brand: str, title: str = "") -> None:
    with st.container(
        key="cb-masthead",
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
    ):
        with st.container(key="cb-brand", width="content"):
            show(_BRAND.format(name=brand, title=title))
        show_navigation(name)


def _title(name: str, place: str = _PRODUCT) -> str:
    title = next((entry.title for entry in list_entries() if entry.name == name), name)
    return f"{title} · {place}"
