"""The overview: the answer in words, what changed, then lanes of tiles."""

from dataclasses import asdict, dataclass

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from callboard import views
from callboard.services.drilling.to_date import read_to_date
from callboard.services.readings.signal_words import chance_sentence
from callboard.services.signalling.changed import read_changed
from callboard.services.tiles.overview import read_overview
from callboard.ui import address, filters, links, states
from callboard.ui.cache import draw, read
from callboard.ui.changes import count_hidden, draw_cards, list_series
from callboard.ui.following import pick_followed, tell_nothing_followed
from callboard.ui.headline import draw_headline
from callboard.ui.lanes import draw_lanes, heading
from callboard.ui.layout import TILES, while_reading
from callboard.ui.marks import mark_new
from callboard.ui.markup import show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.page import Page
from callboard.ui.year import draw_year
from metrics.model import Grain

_MORE = Markup('<a href="{href}">{words}</a>')
_ALL = "all"
_USUAL = {
    "period": "",
    "touchpoints": (),
    "pillar": "",
    "lanes": "key",
    "sort": "concern",
    "changes": "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewQuestion:
    """What the overview is asked: period and choice of tiles, all plain."""

    grain: Grain
    period: str
    touchpoints: tuple[str, ...]
    pillar: str
    lanes: str
    sort: str
    changes: str = ""
    only: tuple[str, ...] | None = None
    tiles: str = ""


@tells_errors
def pick_overview(page: Page) -> OverviewQuestion:
    """Let the reader choose what the overview shows; the choice lives in the address."""
    if not read(page, read_overview, grain=filters.chosen_grain(page)).tile_count:
        states.show_empty(len(page.runtime.definitions.contracts))
        st.stop()
    with st.container(key="cb-filters", horizontal=True, vertical_alignment="bottom"):
        grain = filters.pick_grain(page)
        period = filters.pick_period(page, grain)
        touchpoints = filters.pick_touchpoints(page)
        pillar = filters.pick_pillar(page)
        lanes = filters.pick_lanes()
        sort = filters.pick_sort()
        tiles = filters.pick_tiles()
        only = pick_followed(page)
    tell_nothing_followed(only)
    _tell_unknown(filters.unknown_touchpoints(page))
    return OverviewQuestion(
        grain=grain,
        period=period,
        touchpoints=touchpoints,
        pillar=pillar,
        lanes=lanes,
        sort=sort,
        tiles=tiles,
        changes=_ALL if address.given("changes") == _ALL else "",
        only=only,
    )


def _tell_unknown(codes: tuple[str, ...]) -> None:
    """A link may be older than a touchpoint's name; nothing of it is shown, and that is said."""
    if codes:
        named = ", ".join(f"“{code}”" for code in codes)
        show(tag("p", f"Not among the touchpoints here: {named}.", css="cb-note"))


@tells_errors
def show_headline(page: Page, question: OverviewQuestion, place: DeltaGenerator) -> None:
    """Write the overview's sentence into `place`, above the filters it depends on."""
    with place:
        draw(page, _draw_headline, question)
        mark_new(page, repr(question), lambda: read_page(page, question))


@tells_errors
def show_changes(page: Page, question: OverviewQuestion) -> None:
    """List what changed and is unlikely to be chance."""
    draw(page, _draw_changes, question)


@tells_errors
def show_lanes(page: Page, question: OverviewQuestion) -> None:
    """Draw the tiles in their lanes, what chance alone would make of them, and the year's ends."""
    with while_reading(TILES):
        draw(page, _draw_lanes, question)


def read_page(page: Page, question: OverviewQuestion) -> views.Overview:
    """Return the overview that is asked for."""
    return read(page, read_overview, **_filters(question))


def read_usual_overview(page: Page) -> None:
    """Read what who opens the page without another wish is shown."""
    grain = page.runtime.workspace.calendar.grain
    usual = OverviewQuestion(
        grain=grain, period="", touchpoints=(), pillar="", lanes="key", sort="concern"
    )
    if read_page(page, usual).changed_count:
        _read_facts(page, usual)
    _read_year(page, usual)


def _read_facts(page: Page, question: OverviewQuestion) -> tuple[views.ChangeFacts, ...]:
    """What is told of the changes that are shown."""
    series = list_series(read_page(page, question), is_all=question.changes == _ALL)
    period = question.period or None
    return read(page, read_changed, grain=question.grain, period=period, series=series)


def _read_year(page: Page, question: OverviewQuestion) -> views.ToDate:
    asked = {"grain": question.grain, "period": question.period or None, "pillar": question.pillar}
    return read(page, read_to_date, touchpoints=question.touchpoints, **asked)


def _filters(question: OverviewQuestion) -> dict[str, str | tuple[str, ...]]:
    """What the service is asked: the usual stays out, so that the frame's own reading serves."""
    asked = {key: value for key, value in asdict(question).items() if key != "tiles"}
    return {key: value for key, value in asked.items() if value != _USUAL.get(key)}


def _draw_headline(page: Page, question: OverviewQuestion) -> None:
    view = read_page(page, question)
    show(draw_headline(view.headline))


def _draw_changes(page: Page, question: OverviewQuestion) -> None:
    view = read_page(page, question)
    if not view.changed_count:
        return
    is_all, query = question.changes == _ALL, _carried(question)
    facts = _read_facts(page, question)
    cards = draw_cards(view, facts, page.zone, query=query, is_all=is_all)
    show(heading("What changed", _more_changes(view, question)) + cards)


def _more_changes(view: views.Overview, question: OverviewQuestion) -> Markup | str:
    """The way to all that changed, and back from there."""
    is_all = question.changes == _ALL
    more = count_hidden(view, is_all=is_all)
    asked = _filters(question).items()
    kept = {key: value for key, value in asked if key not in ("changes", "only")}
    kept |= {"tiles": question.tiles, "followed": address.given("followed")}
    if is_all:
        return _MORE.format(href=links.address("", kept), words="Only the newest")
    if not more:
        return ""
    return _MORE.format(href=links.address("", kept | {"changes": _ALL}), words=f"and {more} more")


def _draw_lanes(page: Page, question: OverviewQuestion) -> None:
    view = read_page(page, question)
    lanes = [lane for lane in view.lanes if lane.tiles]
    if not lanes:
        states.show_nothing_here(
            "No tiles for this choice", why="None of the chosen touchpoints has a reading here."
        )
        return
    query, is_all = _carried(question), question.tiles == _ALL
    draw_lanes(lanes, zone=page.zone, query=query, is_all=is_all)
    show(tag("p", _chance_line(view), css="cb-note"))
    draw_year(_read_year(page, question), query)


def _chance_line(view: views.Overview) -> Markup:
    hidden = (
        f" {view.hidden_count} more are not shown; choose touchpoints or a pillar to see them."
        if view.hidden_count
        else ""
    )
    told = f"{chance_sentence(view.tile_count, view.expected_false_signals)}{hidden} "
    more = Markup('<a href="{}">What each figure means</a>').format(
        links.address("definitions", {})
    )
    return Markup("{}{}").format(told, more)


def _carried(question: OverviewQuestion) -> dict[str, str]:
    """What links take along; the latest period never, so that a shared link stays fresh."""
    kept = {"grain": question.grain.value, "period": question.period}
    return {key: value for key, value in kept.items() if value}
