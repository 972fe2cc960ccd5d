"""Published numbers without a file: typed in a form or pasted, then a draft like any other."""

from collections.abc import Callable

import streamlit as st

from callboard.errors import CallboardError
from callboard.services.publishing.typed import Gap, Typed, pasted_file, typed_file
from callboard.ui import states
from callboard.ui.lab_begin import begin
from callboard.ui.lab_state import LabState
from callboard.ui.lab_upload import show_uploader
from callboard.ui.markup import joined, show, tag
from callboard.ui.outcomes import FAILED
from callboard.ui.page import Page
from callboard.ui.typed_fields import label_of, show_fields, typed_in

_TYPED, _PASTED = "typed", "pasted"
_TEXT = "cb-pasted-text"
_WRONG, _GAPS, _OPENED = "cb_typed_wrong_", "cb_typed_gaps", "cb_ways_opened"
_AS_FILE = "pasted.tsv"
_OWN = ("entity", "value")  # what differs from line to line


def show_ways_in(page: Page) -> None:
    """Take a file, a typed number or pasted rows; all of them go through the same steps.

    A form is drawn from when it is opened first: what is typed and not sent yet must stay.
    """
    opened: set[int] = st.session_state.setdefault(_OPENED, set())
    places = st.tabs([title for title, _ in _WAYS], key="cb-ways-in", on_change="rerun")
    for number, (place, (_, draw)) in enumerate(zip(places, _WAYS, strict=True)):
        if place.open:
            opened.add(number)
        if number in opened:
            with place:
                draw(page)


def show_gaps(state: LabState) -> None:
    """Tell what the numbers lack that were typed or pasted last, while they are a draft."""
    token, sentences = st.session_state.get(_GAPS, ("", ()))
    if token == state.token and sentences:
        told = joined(tag("li", each) for each in sentences)
        head = tag("summary", f"What it does not say yet ({len(sentences)})")
        show(tag("details", head + tag("ul", told, css="cb-notes"), css="cb-small"))


def _show_form(page: Page) -> None:
    told = "One number from a report, as it is printed there. It is checked like any file."
    show(tag("p", told, css="cb-small"))
    with st.form("cb-typed", enter_to_submit=False, border=False):
        show_fields(page, of=_TYPED)
        st.form_submit_button(
            "Check this number", key="cb-typed-send", type="primary", on_click=_type, args=(page,)
        )
    _tell_wrong(_TYPED)


def _show_pasting(page: Page) -> None:
    told = (
        "Cells copied from a spreadsheet. The first line may name the columns, in any order; what "
        "holds for every line may be said below instead."
    )
    show(tag("p", told, css="cb-small"))
    with st.form("cb-pasted", enter_to_submit=False, border=False):
        st.text_area(
            "Rows",
            key=_TEXT,
            height=180,
            placeholder="entity\tvalue\nExample Post\t6.9",
            persist_state="session",
        )
        with st.expander("The same for every line"):
            show_fields(page, of=_PASTED, without=_OWN)
        _offer_sending(page)
    _tell_wrong(_PASTED)


def _offer_sending(page: Page) -> None:
    with st.container(horizontal=True):
        st.form_submit_button(
            "Check these rows", key="cb-pasted-send", type="primary", on_click=_paste, args=(page,)
        )
        st.form_submit_button(
            "Name the columns in the steps instead",
            key="cb-pasted-as-file",
            type="tertiary",
            on_click=_take_as_file,
            args=(page,),
        )


def _tell_wrong(of: str) -> None:
    title, sentences = st.session_state.get(_WRONG + of, ("", ()))
    if not title:
        return
    step = "What you typed is still here. Change it and try again."
    first, *others = sentences
    text, items = ("", sentences) if others else (first, ())
    states.show_state(title, text, next_step=step, items=items)


def _type(page: Page) -> None:
    """Runs before the page: nothing is drawn here, so nothing can interrupt the act (F5)."""
    fields = typed_in(page, of=_TYPED)
    _begin(page, _TYPED, lambda: typed_file(page.runtime, page.actor, fields=fields))


def _paste(page: Page) -> None:
    """Runs before the page, like `_type`."""
    fields, text = typed_in(page, of=_PASTED), str(st.session_state.get(_TEXT) or "")
    _begin(page, _PASTED, lambda: pasted_file(page.runtime, page.actor, text=text, fields=fields))


def _begin(page: Page, of: str, make: Callable[[], Typed]) -> None:
    """Make a draft of what was typed; where that cannot be, say why beside the form."""
    st.session_state.pop(_WRONG + of, None)
    try:
        typed = make()
        if typed.hindrances:
            lacking = tuple(map(_tell_gap, typed.hindrances))
            st.session_state[_WRONG + of] = ("Not complete yet", lacking)
            return
        state = begin(page, name=typed.name, content=typed.content)
    except CallboardError as error:
        st.session_state[_WRONG + of] = (FAILED, (str(error),))
        return
    st.session_state[_GAPS] = (state.token, tuple(map(_tell_gap, typed.gaps)))


def _take_as_file(page: Page) -> None:
    """Runs before the page, like `_type`: rows under headers of their own."""
    st.session_state.pop(_WRONG + _PASTED, None)
    text = str(st.session_state.get(_TEXT) or "")
    try:
        if not text.strip():
            raise CallboardError("Found no line; expected cells copied from a spreadsheet.")
        begin(page, name=_AS_FILE, content=text.encode("utf-8", "replace"))
    except CallboardError as error:
        st.session_state[_WRONG + _PASTED] = (FAILED, (str(error),))


def _tell_gap(gap: Gap) -> str:
    where = f" ({gap.rows} rows)" if gap.rows > 1 else ""
    return f"{label_of(gap.field)}{where}: {gap.sentence}"


_WAYS: tuple[tuple[str, Callable[[Page], None]], ...] = (
    ("Choose a file", show_uploader),
    ("Type a published number", _show_form),
    ("Paste rows", _show_pasting),
)
