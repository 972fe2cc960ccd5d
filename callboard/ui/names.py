"""Names that stand for others, on the page: listed, added, withdrawn, brought back."""

from collections.abc import Iterable
from datetime import date

import streamlit as st
from markupsafe import Markup

from callboard.access import Action, is_allowed
from callboard.entities import NameKind
from callboard.services.naming.names import add_name, list_names, restore_name, withdraw_name
from callboard.services.publishing.typed_words import list_words
from callboard.ui.cache import read
from callboard.ui.edits import do, offer_restoring, offer_withdrawing
from callboard.ui.folds import folded
from callboard.ui.lab_widgets import said
from callboard.ui.markup import show, tag
from callboard.ui.moments import day_and_time, full_day
from callboard.ui.page import Page
from callboard.ui.tables import Column, Row, draw_table
from callboard.views.upkeep import NameRow

NAMES = "names"
_COUNT = "cb_names_count"
_MANY = 20
_KINDS = {
    NameKind.ALIAS: "another spelling",
    NameKind.RENAME: "a new name, from a day on",
    NameKind.MERGER: "a merger, from a day on",
}
_COLUMNS = (
    Column(title="Name in files"),
    Column(title="Stands for"),
    Column(title="Kind"),
    Column(title="From"),
    Column(title="Why"),
    Column(title="Said by"),
    Column(title="When"),
    Column(title="Where it stands"),
)


def show_names(page: Page) -> None:
    """List who is also called what, and let it be edited by those who may."""
    rows = read(page, list_names)
    told = "Who is also called what: other spellings, new names and mergers from their day on."
    show(tag("p", told, css="cb-small"))
    if rows:
        show(_table(page, rows))
    else:
        show(tag("p", "No name stands for another.", css="cb-lead"))
    if is_allowed(page.actor, Action.EDIT_NAMES):
        with st.container(key="cb-names-acts", horizontal=True):
            _offer_adding(page)
            _offer_ways_back(page, rows)


def _table(page: Page, rows: tuple[NameRow, ...]) -> Markup:
    told = [
        Row(
            cells=(
                row.name,
                row.entity,
                row.kind,
                full_day(row.from_day) if row.from_day else "always",
                row.reason,
                row.actor or "the file",
                day_and_time(row.at, page.zone),
                row.standing or "counts",
            ),
            look="" if row.counts else "pale",
        )
        for row in rows
    ]
    return draw_table(
        _COLUMNS, told, caption="Names that stand for others", is_tall=len(told) > _MANY
    )


def _offer_adding(page: Page) -> None:
    count = st.session_state.get(_COUNT, 0)
    with (
        folded(NAMES, "Add a name", icon="add"),
        st.form(f"cb-names-form-{count}", enter_to_submit=False, border=False),
    ):
        _ask_name(page, count)
        st.form_submit_button(
            "Add", key="cb-names-add", type="primary", on_click=_add, args=(page, count)
        )


def _ask_name(page: Page, count: int) -> None:
    st.text_input("Name in files", key=_key("name", count), max_chars=200)
    st.selectbox(
        "Stands for",
        [word for word, _ in read(page, list_words)["entity"]],
        index=None,
        key=_key("entity", count),
        placeholder="choose, or type a name",
        accept_new_options=True,
    )
    st.selectbox(
        "Kind",
        [each.value for each in NameKind],
        format_func=lambda each: _KINDS[NameKind(each)],
        key=_key("kind", count),
    )
    st.date_input(
        "From day",
        value=None,
        min_value=date(1900, 1, 1),
        format="YYYY-MM-DD",
        key=_key("from", count),
    )
    st.text_input("Why, and where it was announced", key=_key("why", count), max_chars=200)


def _key(field: str, count: int) -> str:
    return f"cb-names-{field}-{count}"


def _add(page: Page, count: int) -> None:
    """Runs before the page: nothing is drawn here, so nothing can interrupt the act (F5)."""
    day = st.session_state.get(_key("from", count))

    def act() -> str:
        row = add_name(
            page.runtime,
            page.actor,
            name=said(_key("name", count)),
            entity=said(_key("entity", count)),
            kind=said(_key("kind", count)),
            from_day=day.isoformat() if isinstance(day, date) else "",
            why=said(_key("why", count)),
        )
        since = f" from {full_day(row.from_day)}" if row.from_day else ""
        return f"{row.name} stands for {row.entity}{since}."

    if do(NAMES, "Added", act):
        st.session_state[_COUNT] = count + 1


def _offer_ways_back(page: Page, rows: Iterable[NameRow]) -> None:
    edits = [row for row in rows if row.id]
    holding = {row.id: _label(row) for row in edits if row.holds}
    withdrawn = {row.id: _label(row) for row in edits if not row.holds}

    def withdraw(number: int, note: str) -> str:
        row = withdraw_name(page.runtime, page.actor, number=number, note=note)
        return f"{row.name} stands for {row.entity} no more."

    def restore(number: int) -> str:
        row = restore_name(page.runtime, page.actor, number=number)
        return f"{row.name} stands for {row.entity} again."

    offer_withdrawing(NAMES, "a name", holding, withdraw=withdraw)
    offer_restoring(NAMES, "a name", withdrawn, restore=restore)


def _label(row: NameRow) -> str:
    return f"{row.name} for {row.entity}"
