"""The overview for a screen on a wall: the sentence, and below it sheets that take turns."""

import time
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

import streamlit as st
from markupsafe import Markup

from callboard import views
from callboard.errors import StoreUnavailable
from callboard.services.drilling.to_date import read_to_date
from callboard.ui import address
from callboard.ui.cache import read
from callboard.ui.headline import first_sentence
from callboard.ui.marks import mark_new
from callboard.ui.markup import NOTHING, joined, show, show_style, tag
from callboard.ui.messages import tells_errors
from callboard.ui.overview import OverviewQuestion, read_page
from callboard.ui.page import Page
from callboard.ui.wall import draw_age, draw_warning, make_sheets

_KEY = "kiosk"
_TURN = "cb_wall_turn"
_SECONDS = 20.0
_BARE = """
[data-testid="stMainBlockContainer"] { max-width: none; }
.st-key-cb-masthead, .st-key-cb-filters,
[data-testid="stElementContainer"]:has(.cb-asof, .cb-away) { display: none; }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    """Which sheet a screen shows, counted on and on, since when, and whether it stays."""

    at: int = 0
    since: float
    is_held: bool = False
    down_since: str = ""


@tells_errors
def show_wall(page: Page, question: OverviewQuestion) -> None:
    """Draw the page for a wall where the address asks for it, and end the run there."""
    if address.given(_KEY) != "1":
        return
    show_style(_BARE)
    mark_new(page, repr(question), lambda: read_page(page, question))
    _show_turns(page, question)
    _show_keys()
    st.stop()


@st.fragment(run_every="10s")
@tells_errors
def _show_turns(page: Page, question: OverviewQuestion) -> None:
    """Draw the sheet whose turn it is; what grows old by itself is drawn again within the hour."""
    turn = _next_turn(page)
    if page.is_over and not (page.is_new or turn.down_since):
        st.rerun()
    show(_draw(page, question, turn))


def _show_keys() -> None:
    """The keys for who stands before it; they are seen where a pointer or the focus is."""
    held = "Go on" if _turn().is_held else "Stay here"
    with st.container(key="cb-wall-keys", horizontal=True, width="content"):
        st.button("Leave the wall screen", key="cb-leave", shortcut="Esc", on_click=_leave)
        st.button("Next sheet", key="cb-wall-next", shortcut="Right", on_click=_go_on)
        st.button(held, key="cb-wall-hold", shortcut="Space", on_click=_hold)


def _leave() -> None:
    address.keep(_KEY, "")


def _go_on() -> None:
    turn = _turn()
    st.session_state[_TURN] = replace(turn, at=turn.at + 1, since=time.monotonic())


def _hold() -> None:
    turn = _turn()
    st.session_state[_TURN] = replace(turn, is_held=not turn.is_held, since=time.monotonic())


def _turn() -> _Turn:
    found = st.session_state.get(_TURN)
    return found if isinstance(found, _Turn) else _Turn(since=time.monotonic())


def _next_turn(page: Page) -> _Turn:
    """Return whose turn it is, one further when the time of the one before is over."""
    turn, now = _turn(), time.monotonic()
    if not turn.is_held and now - turn.since >= _SECONDS:
        turn = replace(turn, at=turn.at + 1, since=now)
    turn = replace(turn, down_since=_down_since(page, turn.down_since))
    st.session_state[_TURN] = turn
    return turn


def _down_since(page: Page, before: str) -> str:
    """The time from which on the store has not answered, "" while it does."""
    try:
        page.runtime.publication()
    except StoreUnavailable:
        return before or _clock(page)
    return ""


def _clock(page: Page) -> str:
    return f"{page.runtime.clock.now().astimezone(ZoneInfo(page.zone)):%H:%M}"


def _draw(page: Page, question: OverviewQuestion, turn: _Turn) -> Markup:
    view = read_page(page, question)
    sheets = make_sheets(view, _read_year(page, question))
    at = turn.at % len(sheets)
    which = f"{at + 1} of {len(sheets)}{', stays' if turn.is_held else ''}"
    foot = (page.runtime.workspace.name, view.data_state, which, _clock(page))
    told = " · ".join(each for each in foot if each != "1 of 1")
    above = _tell_down(turn.down_since) or draw_age(view)
    verdict = tag("h1", first_sentence(view.headline))
    sheet = tag("div", joined((above, verdict, sheets[at])), css="cb-wall-sheet")
    return tag("div", sheet + tag("p", told, css="cb-wall-foot"), css="cb-wall")


def _tell_down(since: str) -> Markup:
    if not since:
        return NOTHING
    return draw_warning(f"The store has not answered since {since}: these are the last figures.")


def _read_year(page: Page, question: OverviewQuestion) -> views.ToDate:
    return read(
        page,
        read_to_date,
        grain=question.grain,
        period=question.period or None,
        touchpoints=question.touchpoints,
        pillar=question.pillar,
    )
