"""The page of signals: what changed lately, good and bad alike, and what may explain it."""

from dataclasses import asdict, dataclass, replace
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from callboard.access import Action, is_allowed
from callboard.services.signalling.choices import Kind, Standing
from callboard.services.signalling.export import changes_csv
from callboard.services.signalling.listing import read_changes
from callboard.services.tiles.overview import read_overview
from callboard.ui import address, filters, links, states
from callboard.ui.cache import draw, read
from callboard.ui.downloads import offer_csv
from callboard.ui.layout import TILES, while_reading
from callboard.ui.markup import show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.page import Page
from callboard.ui.signal_cards import draw_groups
from callboard.views.signalling import SignalsPage

_BACK = (4, 12, 26)
_USUAL = 12
_MOST = 120
_KINDS = {Kind.BOTH: "Good and bad", Kind.GOOD: "Good", Kind.BAD: "Bad"}
_STANDINGS = {
    Standing.ALL: "All",
    Standing.OPEN: "Not acknowledged",
    Standing.ACKNOWLEDGED: "Acknowledged",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalsQuestion:
    """Which signals are asked for, all plain."""

    periods: int
    touchpoints: tuple[str, ...]
    pillar: str
    kind: str
    standing: str
    named: str = ""


@tells_errors
def pick_signals(page: Page) -> SignalsQuestion:
    """Let the reader choose among the signals; the choice lives in the address."""
    grain = page.runtime.workspace.calendar.grain
    if not read(page, read_overview, grain=grain).tile_count:
        states.show_empty(len(page.runtime.definitions.contracts))
        st.stop()
    back = {str(each): f"{each} {grain.value}s" for each in _BACK}
    with st.container(key="cb-filters", horizontal=True, vertical_alignment="bottom"):
        periods = address.choose_in_row("Looking back", "back", back, default=str(_USUAL))
        kind = address.choose_in_row("Which", "kind", _words(_KINDS))
        standing = address.choose("Standing", "standing", _words(_STANDINGS), width=170)
        touchpoints = filters.pick_touchpoints(page)
        pillar = filters.pick_pillar(page)
    unknown = filters.unknown_touchpoints(page)
    if unknown:
        named = ", ".join(f"“{code}”" for code in unknown)
        show(tag("p", f"Not among the touchpoints here: {named}.", css="cb-note"))
    question = SignalsQuestion(
        periods=int(periods),
        touchpoints=touchpoints,
        pillar=pillar,
        kind=kind,
        standing=standing,
    )
    return _with_named(page, question)


def _with_named(page: Page, question: SignalsQuestion) -> SignalsQuestion:
    """Ask for the signal of a link too where it is not among the others: it may stand for long."""
    named = address.given("signal")
    if not named or named in {card.id for card in read_signals(page, question).cards}:
        return question
    return replace(question, named=named)


def _words(options: dict[Kind, str] | dict[Standing, str]) -> dict[str, str]:
    return {key.value: words for key, words in options.items()}


def read_signals(page: Page, question: SignalsQuestion) -> SignalsPage:
    """Return the signals that are asked for."""
    return read(page, read_changes, **asdict(question), limit=_MOST)


@tells_errors
def show_signals_headline(page: Page, question: SignalsQuestion, place: DeltaGenerator) -> None:
    """Write the answer into `place`, above the filters it depends on."""
    with place:
        draw(page, _draw_headline, question)


@tells_errors
def show_signals(page: Page, question: SignalsQuestion) -> None:
    """List the signals with what may explain them, and offer them as a file."""
    with while_reading(TILES):
        draw(page, _draw_list, question)
    view = read_signals(page, question)
    if view.cards:
        offer_csv(page, "Signals as CSV", "signals", partial(_csv, page, question))


def _csv(page: Page, question: SignalsQuestion) -> bytes:
    """All of them, also those that a long page leaves out."""
    return changes_csv(read_changes(page.runtime, page.actor, **asdict(question)))


def _draw_headline(page: Page, question: SignalsQuestion) -> None:
    headline = read_signals(page, question).headline
    show(tag("div", tag("h1", headline), css="cb-headline"))


def _draw_list(page: Page, question: SignalsQuestion) -> None:
    view = read_signals(page, question)
    if not view.groups:
        _show_none(question, view)
    else:
        heading = tag("h2", "What changed") + tag("span", f"newest first, to {view.period_label}")
        drawn = draw_groups(
            view.groups,
            zone=page.zone,
            query=_carried(question),
            may_act=is_allowed(page.actor, Action.ACT_ON_SIGNALS),
        )
        show(tag("div", heading, css="cb-h2") + drawn)
    hidden = (
        f" {view.hidden_count} older ones are not shown: look less far back, or choose touchpoints."
        if view.hidden_count
        else ""
    )
    if view.chance:
        show(tag("p", f"{view.chance}{hidden}", css="cb-note"))


def _show_none(question: SignalsQuestion, view: SignalsPage) -> None:
    """Nothing to list: as all are dealt with, as none is yet, or as nothing happened."""
    if view.count:
        is_open = question.standing == Standing.OPEN
        states.show_state(
            "All are acknowledged" if is_open else "None is acknowledged yet",
            "What began is counted at the top; nothing of it has the standing that is chosen.",
            next_step="Choose the standing “All” to see them.",
        )
        return
    has_more = question.periods < _BACK[-1]
    states.show_state(
        "No signals for this choice",
        "No metric did what chance would not do. That is what most weeks should look like.",
        next_step="Look further back, or at other touchpoints, or at good and bad."
        if has_more
        else "Look at other touchpoints, or at good and bad.",
    )


def _carried(question: SignalsQuestion) -> links.Query:
    """The filters as the address has them; what is usual stays out of it."""
    return {
        "touchpoints": question.touchpoints,
        "back": "" if question.periods == _USUAL else str(question.periods),
        "kind": "" if question.kind == Kind.BOTH else question.kind,
        "standing": "" if question.standing == Standing.ALL else question.standing,
        "pillar": question.pillar,
    }
