"""The frame of every page: access, masthead, navigation, notice and data-as-of line."""

from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import streamlit as st
from markupsafe import Markup

from callboard.access import Action, require
from callboard.errors import CallboardError, StoreUnavailable
from callboard.services.runtime import Runtime
from callboard.services.tiles.overview import read_overview
from callboard.ui import address, links, live, session, warming
from callboard.ui import cache as caches
from callboard.ui.markup import show, show_style, tag
from callboard.ui.messages import last_answer, note_answer, tell, tells_errors
from callboard.ui.navigation import (
    ROOT,
    Links,
    draw_menu,
    draw_navigation,
    links_here,
    name_of,
    title_of,
)
from callboard.ui.notices import tell_open
from callboard.ui.page import Page, make_page
from callboard.ui.search import show_search
from callboard.ui.sharing import show_sharing
from callboard.ui.tour import offer_tour, show_tour

_BRAND = Markup(
    '<div class="cb-brand"><span class="cb-mark" aria-hidden="true"><i></i><i></i><i></i><i></i>'
    "</span><b>{name}</b><span>{title}</span></div>"
)
_SKIP = Markup('<a class="cb-skip" href="#cb-content">To the content</a>')
_CONTENT = Markup('<span id="cb-content" tabindex="-1"></span>')
_REACH = Markup('<span>Complete to {reach} · <a href="{href}">{state}</a>{notices}{number}</span>')
_NUMBER = Markup('<span class="cb-paper"> · publication {number}</span>')
_PRODUCT = "Callboard"
_STYLE = Path(__file__).parent / "callboard.css"


def open_page(file: str, *, needs: Action = Action.READ_FIGURES) -> Page:
    """Return the opened page, or draw the state that stands in its way and end the run."""
    name = name_of(file)
    st.set_page_config(
        page_title=_title(name), page_icon=str(ROOT / "static/icon.png"), layout="wide"
    )
    show_style(_STYLE)
    address.begin(name)
    runtime = None
    try:
        runtime = caches.the_runtime()
        page = _enter(name, runtime, needs)
    except CallboardError as error:
        _show_instead(name, error, runtime)
    note_answer()
    _show_frame(page)
    return page


def _enter(name: str, runtime: Runtime, needs: Action) -> Page:
    actor = session.current_actor()
    page = make_page(name, runtime, actor)
    require(actor, needs)
    warming.remember(page)
    return page


def _show_instead(name: str, error: CallboardError, runtime: Runtime | None) -> NoReturn:
    """Draw what stands in a page's way; only a store that is away leaves the workspace's name."""
    if runtime and isinstance(error, StoreUnavailable):
        _show_masthead(name, runtime.workspace.name, runtime.workspace.title, None)
        live.try_again()
        tell(error, is_page=True, last=last_answer(runtime))
    _show_masthead(name, _PRODUCT, "", None)
    if isinstance(error, StoreUnavailable):
        live.try_again()
    tell(error, is_page=True)


@tells_errors
def _show_frame(page: Page) -> None:
    workspace = page.runtime.workspace
    st.set_page_config(page_title=_title(page.name, workspace.name))
    _show_masthead(page.name, workspace.name, workspace.title, page)
    caches.draw(page, _draw_state_of_data, None)
    show_tour(page)
    live.watch_publications(page, session.scheme())


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
            number=_NUMBER.format(number=page.publication),
        )
    show(tag("div", tag("span", workspace.notice) + told + _CONTENT, css="cb-asof"))


def _show_masthead(name: str, brand: str, title: str, page: Page | None) -> None:
    """The brand, the pages, and what works on every page as soon as there is one."""
    here = links_here(name)
    with st.container(key="cb-masthead", gap=None):
        with st.container(key="cb-top", horizontal=True, vertical_alignment="center"):
            show(_SKIP + _BRAND.format(name=brand, title=title))
            _draw(page, draw_menu, here)
            if page:
                _show_tools(page)
        _draw(page, draw_navigation, here)


@st.fragment
def _show_tools(page: Page) -> None:
    """What is typed or opened here draws nothing else of the page again."""
    with st.container(key="cb-tools", horizontal=True, width="content", gap="small"):
        show_search(page)
        show_sharing(page)
        offer_tour()


def _draw(page: Page | None, drawing: Callable[[object, Links], None], here: Links) -> None:
    """Two dozen links are drawn once and replayed, as soon as there is a page."""
    if page:
        caches.draw(page, drawing, here)
    else:
        drawing(page, here)


def _title(name: str, place: str = _PRODUCT) -> str:
    return f"{title_of(name)} · {place}"
