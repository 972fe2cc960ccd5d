"""Peer sets on the page: who is in them and why, edited, withdrawn, brought back."""

from collections.abc import Iterable

import streamlit as st
from markupsafe import Markup

from callboard.access import Action, is_allowed
from callboard.services.naming.peers import (
    edit_peer_set,
    list_peer_sets,
    restore_peer_set,
    withdraw_peer_set,
)
from callboard.services.publishing.typed_words import list_words
from callboard.ui.cache import read
from callboard.ui.edits import do, offer_restoring, offer_withdrawing
from callboard.ui.folds import folded
from callboard.ui.lab_widgets import said
from callboard.ui.markup import show, tag
from callboard.ui.moments import day_and_time
from callboard.ui.outcomes import FAILED, keep_outcome
from callboard.ui.page import Page
from callboard.ui.tables import Column, Row, draw_table
from callboard.views.upkeep import PeerSetRow

PEERS = "peers"
_COUNT = "cb_peers_count"
_NEW = "a new one"
_COLUMNS = (
    Column(title="Peer set"),
    Column(title="Who is in it"),
    Column(title="Why they compare"),
    Column(title="Said by"),
    Column(title="When"),
    Column(title="Where it stands"),
)


def show_peer_sets(page: Page) -> None:
    """List with whom we are compared and why, and let it be edited by those who may."""
    rows = read(page, list_peer_sets)
    told = "With whom we are compared, and why: the reason stands beside every comparison."
    show(tag("p", told, css="cb-small"))
    if rows:
        show(_table(page, rows))
    else:
        text = "There is no peer set: everybody who publishes is compared with us."
        show(tag("p", text, css="cb-lead"))
    if is_allowed(page.actor, Action.EDIT_NAMES):
        with st.container(key="cb-peers-acts", horizontal=True):
            with folded(PEERS, "Edit a peer set", icon="edit", width=460):
                _offer_editing(page, rows)
            _offer_ways_back(page, rows)


def _table(page: Page, rows: tuple[PeerSetRow, ...]) -> Markup:
    told = [
        Row(
            cells=(
                row.name,
                ", ".join(row.entities) or "taken away",
                row.reason,
                row.actor or "the file",
                day_and_time(row.at, page.zone),
                row.standing or "counts",
            ),
            look="" if row.counts else "pale",
        )
        for row in rows
    ]
    return draw_table(_COLUMNS, told, caption="Peer sets", is_stacked=True)


def _offer_editing(page: Page, rows: Iterable[PeerSetRow]) -> None:
    """The set is chosen first: the form below holds what stands of it now.

    Where somebody else edited it meanwhile it is another form, with what stands then.
    """
    count = st.session_state.get(_COUNT, 0)
    standing = {row.name: row for row in rows if row.counts and row.entities}
    row = standing.get(st.selectbox("Peer set", [*standing, _NEW], key="cb-peers-set"))
    key = f"cb-peers-{row.id}-{row.name}-{count}" if row else f"cb-peers-new-{count}"
    with st.form(f"{key}-form", enter_to_submit=False, border=False):
        _ask_peers(page, row, key)
        with st.container(horizontal=True):
            args = (page, row.name if row else "", key)
            st.form_submit_button(
                "Keep", key=f"{key}-keep", type="primary", on_click=_edit, args=args
            )
            if row is not None:
                st.form_submit_button(
                    "Take it away",
                    key=f"{key}-away",
                    type="tertiary",
                    on_click=_take_away,
                    args=args,
                )


def _ask_peers(page: Page, row: PeerSetRow | None, key: str) -> None:
    known = [word for word, _ in read(page, list_words)["entity"]]
    members = row.entities if row else ()
    if row is None:
        st.text_input("Its name", key=f"{key}-name", max_chars=200)
    st.multiselect(
        "Who is in it",
        list(dict.fromkeys((*members, *known))),
        default=members,
        key=f"{key}-members",
        accept_new_options=True,
        placeholder="choose, or type a name",
    )
    why = row.reason if row else ""
    st.text_input("Why they compare", value=why, key=f"{key}-why", max_chars=200)


def _edit(page: Page, name: str, key: str) -> None:
    """Runs before the page: nothing is drawn here, so nothing can interrupt the act (F5)."""
    members = tuple(st.session_state.get(f"{key}-members") or ())
    if members:
        _keep(page, name or said(f"{key}-name"), key, members)
    else:
        keep_outcome(PEERS, FAILED, "Found nobody in the peer set; expected at least one peer.")


def _take_away(page: Page, name: str, key: str) -> None:
    """Runs before the page, like `_edit`."""
    _keep(page, name, key, ())


def _keep(page: Page, name: str, key: str, members: tuple[str, ...]) -> None:
    def act() -> str:
        row = edit_peer_set(
            page.runtime, page.actor, name=name, entities=members, why=said(f"{key}-why")
        )
        return f"{row.name}: {', '.join(row.entities) or 'taken away'}."

    if do(PEERS, "Kept" if members else "Taken away", act):
        st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1


def _offer_ways_back(page: Page, rows: Iterable[PeerSetRow]) -> None:
    edits = [row for row in rows if row.id]
    holding = {row.id: _label(row) for row in edits if row.holds}
    withdrawn = {row.id: _label(row) for row in edits if not row.holds}

    def withdraw(number: int, note: str) -> str:
        row = withdraw_peer_set(page.runtime, page.actor, number=number, note=note)
        return f"The peer set {row.name} is what it was before."

    def restore(number: int) -> str:
        row = restore_peer_set(page.runtime, page.actor, number=number)
        return f"{row.name}: {', '.join(row.entities) or 'taken away'}."

    offer_withdrawing(PEERS, "an edit", holding, withdraw=withdraw)
    offer_restoring(PEERS, "an edit", withdrawn, restore=restore)


def _label(row: PeerSetRow) -> str:
    return f"{row.name}: {', '.join(row.entities) or 'taken away'}"
