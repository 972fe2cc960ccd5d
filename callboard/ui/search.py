"""One box that finds what there is: the answers stand below it while one types."""

from collections.abc import Iterable

import streamlit as st
from markupsafe import Markup

from callboard.services.finding.findables import list_findable
from callboard.services.finding.matching import LONGEST, find, make_findable
from callboard.ui import address, links
from callboard.ui.browser_script import load_script
from callboard.ui.cache import read
from callboard.ui.markup import joined, show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.navigation import list_entries, other_names_of, question_of, takes
from callboard.ui.page import Page
from callboard.views.finding import Findable, Found, FoundGroup, FoundKind

_TITLES = {
    FoundKind.TOUCHPOINT: "Touchpoints",
    FoundKind.METRIC: "Metrics, all touchpoints compared",
    FoundKind.PAIR: "A metric at a touchpoint",
    FoundKind.COMPETITOR: "Competitors",
    FoundKind.PAGE: "Pages",
    FoundKind.DEFINITION: "What a metric means",
}
_HINT = Markup(
    '<div class="cb-hits cb-hits-hint"><p>Metrics, touchpoints, competitors, pages and '
    "definitions, by any part of their names. Enter opens the first, arrows walk, Escape clears. "
    "The keys / and Ctrl+K lead here. "
    '<button type="button" data-cb-slash="">Turn “/” off</button></p></div>'
)
_WHAT_ELSE = Markup(
    "<p>Found are metrics, touchpoints, competitors and pages by any part of their names. "
    '<a href="definitions">All metrics and what they mean</a></p>'
)
_HIT = Markup('<li><a href="{href}"><b>{name}</b>{note}</a></li>')


@tells_errors
def show_search(page: Page) -> None:
    """Offer the box; below it, what fits the words that are typed, as links to Tab through."""
    with st.container(key="cb-search", width=224):
        typed = st.text_input(
            "Find a metric, touchpoint, competitor or page",
            key=f"cb-search-{page.name}",
            placeholder="Find",
            type="search",
            max_chars=LONGEST,
            live=True,
            label_visibility="collapsed",
        )
        words = (typed or "").strip()
        show(_draw(_find(page, words), words) if words else _HINT)
    load_script()


def _find(page: Page, typed: str) -> Found:
    return find((*read(page, list_findable), *_pages()), typed)


def _pages() -> Iterable[Findable]:
    """Page names are no secret: each page says itself who may see what is on it."""
    for entry in list_entries():
        question = question_of(entry)
        also = (question, *other_names_of(entry))
        yield make_findable(FoundKind.PAGE, entry.title, page=entry.name, note=question, also=also)


def _draw(found: Found, typed: str) -> Markup:
    if not found.groups:
        told = tag("p", f"Nothing is called “{typed}”, nor anything like it.", role="status")
        return tag("div", told + _WHAT_ELSE, css="cb-hits", tabindex="-1", data_cb_for=typed)
    count = sum(len(group.best) + group.more for group in found.groups)
    said = "1 place found." if count == 1 else f"{count} places found."
    if found.instead:
        said = f"Nothing is called “{typed}”. {said[:-1]} for “{found.instead}”."
    listed = tag("p", said, role="status") + joined(_group(each) for each in found.groups)
    named = {"role": "region", "aria_label": "Found", "data_cb_for": typed}
    return tag("div", listed, css="cb-hits", tabindex="-1", **named)


def _group(group: FoundGroup) -> Markup:
    hits = joined(_hit(each) for each in group.best)
    more = tag("p", f"and {group.more} more: type more of the name") if group.more else ""
    title = _TITLES[group.kind]
    return tag("p", title, css="cb-hits-kind") + tag("ul", hits, aria_label=title) + more


def _hit(found: Findable) -> Markup:
    query = dict(found.query)
    kept = address.carried([key for key in ("grain",) if key in takes(found.page)])
    page = "" if found.page == "overview" else found.page
    return _HIT.format(
        href=links.address(page, query | kept),
        name=found.name,
        note=tag("small", found.note) if found.note else "",
    )
