"""Put what is shown into a board pack, one of the reader's own or a new one."""

import streamlit as st
from markupsafe import Markup

from callboard.access import Action, is_allowed
from callboard.services.taking.asking import ViewAsked
from callboard.services.taking.packs import LONGEST_NAME, add_view, list_packs, make_pack
from callboard.services.taking.words import counted
from callboard.ui import links
from callboard.ui.edits import do
from callboard.ui.lab_widgets import said
from callboard.ui.labels import plain_label
from callboard.ui.markup import tag
from callboard.ui.outcomes import tell_outcome
from callboard.ui.page import Page

ADDED = "pack_added"
_NEW, _NAME = "new", "cb-pack-into-name"


def offer_packing(page: Page, asked: ViewAsked) -> None:
    """Let who may put a view into one of the packs that are theirs, or into a new one."""
    if not is_allowed(page.actor, Action.MAKE_PACKS):
        return
    rows = list_packs(page.runtime, page.actor)
    mine = {str(row.id): row.name for row in rows if row.is_mine and not row.is_deleted}
    picked = st.selectbox(
        "Add to a board pack",
        [*mine, _NEW],
        format_func=lambda key: plain_label(mine[key]) if key in mine else "A new pack",
        key="cb-pack-into",
    )
    if picked not in mine:
        st.text_input("Its name", key=_NAME, max_chars=LONGEST_NAME)
    named = asked.named_period(page.runtime)
    is_fixed = bool(named) and st.checkbox(
        f"Always {named}, not the latest period", key="cb-pack-into-fixed"
    )
    view = asked if is_fixed else asked.at("")
    st.button(
        "Add this view",
        key="cb-pack-into-now",
        icon=":material/playlist_add:",
        on_click=_add,
        args=(page, view, picked if picked in mine else ""),
    )


def tell_packing() -> None:
    """Say once whether the view was added, and lead to it."""
    there = tag("a", "Board pack", href=links.address("board_pack", {}))
    tell_outcome(ADDED, seen=Markup("The page {} shows it.").format(there))


def _add(page: Page, view: ViewAsked, picked: str) -> None:
    """Runs before the page, like `_act`."""
    runtime, actor = page.runtime, page.actor

    def act() -> str:
        number = int(picked) if picked else make_pack(runtime, actor, name=said(_NAME)).id
        row = add_view(runtime, actor, number=number, asked=view)
        return f"{row.name} holds {counted(len(row.views), 'view')} now."

    do(ADDED, "Added to a board pack", act)
