"""Board packs: what is in one, in which order, and its files by one click."""

from functools import partial

import streamlit as st
from markupsafe import Markup

from callboard.access import Action, is_allowed
from callboard.services.taking import packs
from callboard.services.taking.files import Form
from callboard.services.taking.words import counted
from callboard.ui import address, links, states
from callboard.ui.edits import do, offer_restoring
from callboard.ui.folds import folded
from callboard.ui.lab_widgets import said
from callboard.ui.markup import NOTHING, show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.moments import day_and_time
from callboard.ui.outcomes import tell_outcome
from callboard.ui.page import Page
from callboard.ui.takeaway import offer_report
from callboard.views import PackedView, PackRow

PACK = "pack"
_COUNT, _NONE_YET = "cb_pack_count", "No board pack yet."
_FORMS = (
    (Form.SLIDES, "Slides"),
    (Form.HTML, "Report"),
    (Form.EXCEL, "Excel"),
)
_HOW = (
    "A pack tells the latest complete period, except where a view names one. Everybody may build "
    "it, and finds in it what is theirs to see."
)


@tells_errors
def show_packs(page: Page) -> None:
    """Let a pack be chosen, built and edited; say how to make one where there is none."""
    rows = packs.list_packs(page.runtime, page.actor)
    there = {str(row.id): row for row in rows if not row.is_deleted}
    told = "1 board pack" if len(there) == 1 else f"{len(there)} board packs"
    each = "" if len(there) == 1 else "each "
    title = f"{told}, {each}one click from the latest figures." if there else _NONE_YET
    show(tag("div", tag("h1", title) + tag("p", _HOW), css="cb-headline"))
    tell_outcome(PACK, seen="The list below shows it.")
    with st.container(key="cb-filters", horizontal=True, vertical_alignment="bottom"):
        names = {key: row.name for key, row in there.items()}
        chosen = address.choose("Pack", "pack", names, width=320) if names else ""
    with st.container(key="cb-pack-acts", horizontal=True):
        if is_allowed(page.actor, Action.MAKE_PACKS):
            _offer_making(page)
        _offer_restoring(page, rows)
    if chosen:
        _show_pack(page, there[chosen])
    elif is_allowed(page.actor, Action.MAKE_PACKS):
        states.show_state(
            "How to make one",
            "Open the overview, a touchpoint, or a comparison as it should be told.",
            next_step="Press Take away there, then Add to a board pack.",
        )


def _show_pack(page: Page, row: PackRow) -> None:
    changed = f"{counted(len(row.views), 'view')}, changed {day_and_time(row.at, page.zone)}"
    show(tag("div", tag("h2", row.name) + tag("span", changed), css="cb-h2"))
    if row.views:
        with st.container(horizontal=True, vertical_alignment="center"):
            for form, label in _FORMS:
                make = partial(packs.build_pack, page.runtime, page.actor, name=row.name, form=form)
                offer_report(page, label, f"callboard-pack-{row.id}", form, make=make)
    for place, view in enumerate(row.views):
        _show_view(page, row, place, view)
    if not row.views:
        states.show_nothing_here("No view in it yet", why="Add views from the pages by Take away.")
    if row.is_mine:
        _offer_changes(page, row)


def _show_view(page: Page, row: PackRow, place: int, view: PackedView) -> None:
    """One view in words, and the ways to move it or take it out."""
    with st.container(key=f"cb-pack-view-{place}", horizontal=True, vertical_alignment="center"):
        show(_told(place, view))
        if not row.is_mine:
            return
        act = partial(_act, page, row.id, place, view.mark)
        last = len(row.views) - 1
        for word, icon, by in (("Up", "arrow_upward", -1), ("Down", "arrow_downward", 1)):
            st.button(
                word,
                key=f"cb-pack-{word}-{row.id}-{place}",
                icon=f":material/{icon}:",
                help=f"Move view {place + 1} {word.lower()}",
                type="tertiary",
                disabled=place == (0 if by < 0 else last),
                on_click=partial(act, by=by),
            )
        st.button(
            "Remove",
            help=f"Take view {place + 1} out of the pack",
            key=f"cb-pack-remove-{row.id}-{place}",
            icon=":material/close:",
            type="tertiary",
            on_click=partial(act, by=0),
        )


def _told(place: int, view: PackedView) -> Markup:
    name: Markup | str = f"{place + 1}. {view.title}"
    if view.page is not None:
        there = "" if view.page == "overview" else view.page
        name = tag("a", name, href=links.address(there, view.query))
    fixed = f"; always {view.period}" if view.period else ""
    words = tag("span", f"{view.words}{fixed}") if view.words else NOTHING
    return tag("p", tag("b", name) + Markup(" ") + words, css="cb-pack-view")


def _act(page: Page, number: int, place: int, mark: str, *, by: int) -> None:
    """Runs before the page: nothing is drawn here, so nothing can interrupt the act (F5)."""
    runtime, actor = page.runtime, page.actor
    at = {"number": number, "place": place}

    def change() -> str:
        if by:
            row = packs.move_view(runtime, actor, **at, mark=mark, by=by)
            return f"{row.name}: view {place + 1} is view {place + 1 + by} now."
        row = packs.remove_view(runtime, actor, **at, mark=mark)
        return f"{row.name} holds {counted(len(row.views), 'view')} now."

    do(PACK, "Moved" if by else "Removed", change)


def _offer_making(page: Page) -> None:
    count = st.session_state.get(_COUNT, 0)
    with folded(PACK, "Make a pack", icon="add"):
        key = f"cb-pack-new-{count}"
        st.text_input("Its name", key=key, max_chars=packs.LONGEST_NAME)
        st.button("Make", key=f"{key}-now", type="primary", on_click=_make, args=(page, key))


def _make(page: Page, key: str) -> None:
    """Runs before the page, like `_act`."""

    def act() -> str:
        row = packs.make_pack(page.runtime, page.actor, name=said(key))
        address.go_to(pack=str(row.id))
        return f"{row.name} is there; add views to it from the pages by Take away."

    if do(PACK, "Made", act):
        st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1


def _offer_changes(page: Page, row: PackRow) -> None:
    with st.container(horizontal=True):
        with folded(PACK, "Rename", icon="edit"):
            key = f"cb-pack-name-{row.id}-{row.name}"
            st.text_input("Its name", value=row.name, key=key, max_chars=packs.LONGEST_NAME)
            st.button("Keep", key=f"{key}-now", on_click=_rename, args=(page, row, key))
        st.button(
            "Delete",
            key=f"cb-pack-delete-{row.id}",
            icon=":material/delete:",
            on_click=_delete,
            args=(page, row),
        )


def _rename(page: Page, of: PackRow, key: str) -> None:
    """Runs before the page, like `_act`."""

    def act() -> str:
        row = packs.rename_pack(
            page.runtime, page.actor, number=of.id, mark=of.mark, name=said(key)
        )
        return f"{of.name} is called {row.name} now."

    do(PACK, "Renamed", act)


def _delete(page: Page, of: PackRow) -> None:
    """Runs before the page, like `_act`."""

    def act() -> str:
        row = packs.delete_pack(page.runtime, page.actor, number=of.id, mark=of.mark)
        return f"{row.name} is gone from the list; bring it back by Bring a pack back."

    do(PACK, "Deleted", act)


def _offer_restoring(page: Page, rows: tuple[PackRow, ...]) -> None:
    deleted = {row.id: row.name for row in rows if row.is_deleted and row.is_mine}

    def restore(number: int) -> str:
        row = packs.restore_pack(page.runtime, page.actor, number=number)
        return f"{row.name} is there again, with all of its views."

    offer_restoring(PACK, "a pack", deleted, restore=restore)
