"""Share exactly this view: its link, and views kept under a name."""

from collections.abc import Sequence
from urllib.parse import urlencode, urlsplit

import streamlit as st
from markupsafe import Markup

from callboard.errors import CallboardError
from callboard.services.saved_views import (
    LONGEST_NAME,
    delete_view,
    list_views,
    save_view,
)
from callboard.ui import address, links
from callboard.ui.lab_widgets import said
from callboard.ui.labels import plain_label
from callboard.ui.markup import joined, show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.navigation import list_entries, title_of
from callboard.ui.page import Page
from callboard.views.personal import SavedView

_NAME, _TOLD, _TAKEN, _GONE = "cb-share-name", "cb_share_told", "cb_share_taken", "cb_share_gone"
_LATEST, _PINNED = "latest", "pinned"
Pairs = Sequence[tuple[str, str]]


def show_sharing(page: Page) -> None:
    """Offer the link to what is shown and the reader's own views, behind a button."""
    panel = st.popover(
        "Share", key=f"cb-share-{page.name}", icon=":material/link:", on_change="rerun"
    )
    if panel.open:
        with panel, st.container(key="cb-share", width=420):
            _show_panel(page)


@tells_errors
def _show_panel(page: Page) -> None:
    pairs = _pick_link(page)
    show(tag("p", "Copy the link to exactly this view:", css="cb-small"))
    st.code(_link(pairs), language=None, wrap_lines=True)
    views = list_views(page.runtime, page.actor)
    _offer_saving(page, pairs)
    _tell(page)
    if views:
        show(tag("p", "Your views", css="cb-hits-kind") + _listed(views))
        _offer_deleting(page, views)


def _pick_link(page: Page) -> Pairs:
    """What the address would say; where there is a period, let it be the latest or this one."""
    pairs = address.everything()
    start, label = address.noted_period()
    if not start:
        return pairs
    others = [each for each in pairs if each[0] != "period"]
    options = {_LATEST: "Always the latest", _PINNED: f"Stays at {label}"}
    picked = st.segmented_control(
        "The link shows",
        list(options),
        format_func=lambda option: plain_label(options[option]),
        default=_PINNED if len(others) < len(pairs) else _LATEST,
        required=True,
        key=f"cb-share-period-{page.name}-{start}",
    )
    return others if picked == _LATEST else [*others, ("period", start)]


def _link(pairs: Pairs) -> str:
    """The whole address, as far as the browser has said where it is."""
    query, here = urlencode(pairs), st.context.url or ""
    place = f"{here}/" if here and not urlsplit(here).path else here
    return f"{place}{'?' if query else ''}{query}"


def _offer_saving(page: Page, pairs: Pairs) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input("Save this view as", key=_NAME, max_chars=LONGEST_NAME)
        st.button("Save", key="cb-share-save", on_click=_save, args=(page, pairs))
    taken = st.session_state.get(_TAKEN, "")
    if taken and taken == said(_NAME):
        st.button(
            plain_label(f"Replace “{taken}”"),
            key="cb-share-replace",
            on_click=_save,
            args=(page, pairs),
            kwargs={"replaces": True},
        )


def _save(page: Page, pairs: Pairs, *, replaces: bool = False) -> None:
    """Runs before the page: nothing is drawn here, so nothing can interrupt the act (F5)."""
    st.session_state[_TAKEN] = ""
    try:
        view = save_view(
            page.runtime,
            page.actor,
            name=said(_NAME),
            page=page.name,
            query=pairs,
            replaces=replaces,
        )
    except CallboardError as error:
        st.session_state[_TOLD] = str(error)
        st.session_state[_TAKEN] = said(_NAME)
        return
    st.session_state[_TOLD] = f"Saved as “{view.name}”."
    st.session_state[_NAME] = ""


def _listed(views: Sequence[SavedView]) -> Markup:
    return tag("ul", joined(tag("li", _line(each)) for each in views), css="cb-views")


def _line(view: SavedView) -> Markup:
    if view.page not in {entry.name for entry in list_entries()}:
        return tag("span", view.name) + tag("small", "its page is not there any more")
    query: dict[str, list[str]] = {}
    for key, value in view.query:
        query.setdefault(key, []).append(value)
    there = links.address("" if view.page == "overview" else view.page, query)
    return tag("a", view.name, href=there) + tag("small", title_of(view.page))


def _offer_deleting(page: Page, views: Sequence[SavedView]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        name = st.selectbox("A view you need no more", [each.name for each in views])
        st.button("Delete", key="cb-share-delete", on_click=_delete, args=(page, name))


def _delete(page: Page, name: str) -> None:
    """Runs before the page, like `_save`."""
    try:
        st.session_state[_GONE] = delete_view(page.runtime, page.actor, name=name)
    except CallboardError as error:
        st.session_state[_TOLD] = str(error)


def _tell(page: Page) -> None:
    """Say what the last act did, and let a deleted view be brought back."""
    if told := st.session_state.pop(_TOLD, ""):
        show(tag("p", told, role="status", css="cb-small"))
    gone = st.session_state.get(_GONE)
    if isinstance(gone, SavedView):
        show(tag("p", f"“{gone.name}” is deleted.", role="status", css="cb-small"))
        st.button("Undo", key="cb-share-undo", on_click=_bring_back, args=(page, gone))


def _bring_back(page: Page, gone: SavedView) -> None:
    """Runs before the page, like `_save`."""
    st.session_state[_GONE] = None
    try:
        save_view(page.runtime, page.actor, name=gone.name, page=gone.page, query=gone.query)
    except CallboardError as error:
        st.session_state[_TOLD] = str(error)
