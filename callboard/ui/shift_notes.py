"""The note to the next shift at one touchpoint: the newest on top, seen or not, and a new one."""

from functools import partial

import streamlit as st
from markupsafe import Markup

from callboard import views
from callboard.access import Action, is_allowed
from callboard.services.shift.notes import (
    LONGEST,
    hand_over,
    mark_note_seen,
    take_note_seen_back,
)
from callboard.ui.edits import do
from callboard.ui.folds import folded
from callboard.ui.lab_widgets import said
from callboard.ui.labels import plain_label
from callboard.ui.markup import NOTHING, joined, show, tag
from callboard.ui.moments import day_and_time
from callboard.ui.outcomes import tell_outcome
from callboard.ui.page import Page

_COUNT = "cb_hand_overs"
_NONE = "No note was handed over here yet."
_FOLDED = Markup('<details class="cb-shift-before"><summary>{title}</summary>{notes}</details>')
# Room to write by hand, on paper only.
_LINES = tag("div", Markup("<i></i>") * 3, css="cb-shift-lines", aria_hidden="true")


def show_notes(page: Page, block: views.ShiftBlock) -> None:
    """Show the notes of a touchpoint; who may hands over a new one, or says that he saw it."""
    with st.container():
        tell_outcome(_of(block.touchpoint), seen="Everybody who reads this touchpoint sees it.")
    newest = block.notes[0] if block.notes else None
    before = block.notes[1:]
    show(
        joined(
            (
                tag("h3", "Hand-over", css="cb-shift-h3"),
                _note(newest, page.zone) if newest else tag("p", _NONE, css="cb-small"),
                _folded(before, page.zone),
                _LINES,
            )
        )
    )
    if not is_allowed(page.actor, Action.HAND_OVER):
        return
    with st.container(key=f"cb-shift-acts-{block.touchpoint}", horizontal=True):
        if newest:
            _offer_seen(page, newest)
        _offer_writing(page, block)


def _of(touchpoint: str) -> str:
    return f"hand-over-{touchpoint}"


def _note(note: views.HandOverNote, zone: str) -> Markup:
    seen = (
        f"seen by {note.seen_by}, {day_and_time(note.seen_at, zone)}"
        if note.seen_by
        else "not seen yet"
    )
    by = f"{note.author}, {day_and_time(note.at, zone)} · {seen}"
    return tag("div", tag("p", note.note) + tag("small", by), css="cb-shift-note")


def _folded(notes: tuple[views.HandOverNote, ...], zone: str) -> Markup:
    if not notes:
        return NOTHING
    title = "The note before" if len(notes) == 1 else f"The {len(notes)} notes before"
    return _FOLDED.format(title=title, notes=joined(_note(each, zone) for each in notes))


def _offer_seen(page: Page, note: views.HandOverNote) -> None:
    title, sign = ("Not seen after all", "undo") if note.seen_by else ("Seen", "done")
    st.button(
        title,
        key=f"cb-shift-seen-{note.id}-{bool(note.seen_by)}",
        icon=f":material/{sign}:",
        type="tertiary",
        help=plain_label(f"The note at {note.touchpoint_name}"),
        on_click=_take_back if note.seen_by else _see,
        args=(page, note),
    )


def _offer_writing(page: Page, block: views.ShiftBlock) -> None:
    """A field for one note; it is empty again after each."""
    key = f"cb-shift-note-{block.touchpoint}-{st.session_state.get(_COUNT, 0)}"
    with folded(_of(block.touchpoint), "Write to the next shift", icon="edit_note", width=460):
        st.text_area(
            f"Note, at most {LONGEST:,} characters",
            key=key,
            max_chars=LONGEST,
            height=160,
            placeholder="What is open, who was told, what to look at first",
        )
        st.button(
            "Hand over",
            key=f"cb-shift-write-{block.touchpoint}",
            type="primary",
            on_click=_write,
            args=(page, block, key),
        )


def _write(page: Page, block: views.ShiftBlock, key: str) -> None:
    """Runs before the page: nothing is drawn here, so nothing can interrupt the act (F5)."""
    act = partial(hand_over, page.runtime, page.actor, touchpoint=block.touchpoint, note=said(key))
    if do(
        _of(block.touchpoint),
        "Handed over",
        lambda: f"{act().touchpoint_name}: the next shift reads it here.",
    ):
        st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1


def _see(page: Page, note: views.HandOverNote) -> None:
    """Runs before the page, like `_write`; the line under the note tells it."""
    act = partial(mark_note_seen, page.runtime, page.actor, number=note.id)
    do(_of(note.touchpoint), "", lambda: act().touchpoint_name)


def _take_back(page: Page, note: views.HandOverNote) -> None:
    """Runs before the page, like `_see`."""
    act = partial(take_note_seen_back, page.runtime, page.actor, number=note.id)
    do(_of(note.touchpoint), "", lambda: act().touchpoint_name)
