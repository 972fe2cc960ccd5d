"""My touchpoints: what needs the reader now, and what he hands over; on paper one sheet."""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from callboard import views
from callboard.access import Action, is_allowed
from callboard.services.shift.shift import read_shift
from callboard.ui import states
from callboard.ui.cache import draw, read
from callboard.ui.headline import draw_headline
from callboard.ui.markup import joined, show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.moments import day_and_time
from callboard.ui.page import Page
from callboard.ui.shift_notes import show_notes
from callboard.ui.shift_rows import draw_block


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """One touchpoint of those that are looked at, and who looks: his tasks are marked.

    `may_act`: he may say that something is done.
    """

    own: tuple[str, ...]
    touchpoint: str
    reader: str
    may_act: bool


@tells_errors
def show_shift(page: Page, own: tuple[str, ...], place: DeltaGenerator) -> None:
    """Write the sentence of the shift into `place` and a block for each of the touchpoints."""
    if not own:
        states.show_not_allowed("None of the touchpoints here is yours.")
        return
    with place:
        draw(page, _draw_headline, own)
    for block in _read(page, own).blocks:
        with st.container(key=f"cb-shift-{block.touchpoint}", gap="small"):
            asked = _Place(
                own=own,
                touchpoint=block.touchpoint,
                reader=page.actor.name,
                may_act=is_allowed(page.actor, Action.ACT_ON_SIGNALS),
            )
            draw(page, _draw_block, asked)
            show_notes(page, block)
    _show_signatures()


def _read(page: Page, own: tuple[str, ...]) -> views.Shift:
    return read(page, read_shift, touchpoints=own)


def _draw_headline(page: Page, own: tuple[str, ...]) -> None:
    view = _read(page, own)
    told = f"{page.runtime.workspace.name} · {day_and_time(view.told_at, page.zone)}"
    sheet = tag("p", f"Hand-over sheet · {told}", css="cb-shift-paper")
    show(draw_headline(view.headline, above=sheet, css="cb-shift"))


def _draw_block(page: Page, asked: _Place) -> None:
    blocks = _read(page, asked.own).blocks
    block = next(each for each in blocks if each.touchpoint == asked.touchpoint)
    show(draw_block(block, reader=asked.reader, may_act=asked.may_act))


def _show_signatures() -> None:
    lines = (tag("span", word) for word in ("Handed over by", "Taken over by", "At"))
    show(tag("div", joined(lines), css="cb-shift-paper cb-shift-signed"))
