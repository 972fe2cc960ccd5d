"""The overview for a screen on a wall: the sentence, what is good and bad, the lanes in a line."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from callboard import views
from callboard.services.tiles.headlines import Kept, kept, tell
from callboard.ui import address
from callboard.ui.lanes import summary
from callboard.ui.live import watch_clock
from callboard.ui.markup import joined, show, show_style, tag
from callboard.ui.messages import tells_errors
from callboard.ui.overview import OverviewQuestion, read_page
from callboard.ui.page import Page

_KEY = "kiosk"
_MOST = 4
_BARE = """
[data-testid="stMainBlockContainer"] { max-width: none; }
.st-key-cb-masthead, .st-key-cb-filters,
[data-testid="stElementContainer"]:has(.cb-asof) { display: none; }
"""
_ITEM = Markup("<li><span><b>{name}</b>, {place}</span><strong>{value} {unit}</strong>{told}</li>")


@tells_errors
def show_wall(page: Page, question: OverviewQuestion) -> None:
    """Draw the page for a wall where the address asks for it, and end the run there."""
    if address.given(_KEY) != "1":
        return
    show_style(_BARE)
    show(_draw(page, read_page(page, question)))
    st.button("Leave the wall screen", key="cb-leave", shortcut="Esc", on_click=_leave)
    watch_clock(page)
    st.stop()


def _leave() -> None:
    address.keep(_KEY, "")


def _draw(page: Page, view: views.Overview) -> Markup:
    tiles = [tile for lane in view.lanes for tile in lane.tiles]
    bad, good = (
        [tile for tile in tiles if kept(tile.variation, tile.assurance) is each]
        for each in (Kept.AT_RISK, Kept.IMPROVING)
    )
    news = _news("bad", "Of concern", bad) + _news("good", "Improving", good)
    lanes = joined(_lane(lane) for lane in view.lanes)
    parts = (
        _age(view),
        tag("h1", view.headline),
        tag("div", news, css="cb-wall-news"),
        tag("div", lanes, css="cb-wall-lanes"),
        tag("p", f"{page.runtime.workspace.name} · {view.data_state}", css="cb-wall-foot"),
    )
    return tag("div", joined(parts), css="cb-wall")


def _age(view: views.Overview) -> Markup:
    """What is said, in the largest letters there are, of data that end before yesterday."""
    if not view.days_behind:
        return Markup("")
    days = "1 day is" if view.days_behind == 1 else f"{view.days_behind} days are"
    told = f"Old data: complete to {view.complete_to}; {days} missing."
    return tag("p", told, css="cb-wall-old")


def _news(css: str, title: str, tiles: Sequence[views.Tile]) -> Markup:
    worst = sorted(tiles, key=lambda tile: -tile.concern)
    drawn = joined(_item(tile) for tile in worst[:_MOST])
    more = len(tiles) - _MOST
    rest = tag("p", f"and {more} more", css="cb-wall-foot") if more > 0 else Markup("")
    body = tag("ul", drawn) + rest if tiles else tag("p", "Nothing.")
    return tag("section", tag("h2", title) + body, css=f"cb-wall-{css}")


def _item(tile: views.Tile) -> Markup:
    is_rate = tile.unit_text.startswith("per ")
    see = f"see {tile.muted.words}" if tile.muted else ""
    told = "; ".join(filter(None, (tile.unit_text if is_rate else "", tell(tile), see)))
    return _ITEM.format(
        name=tile.metric_name,
        place=tile.touchpoint_name,
        value=tile.value_text,
        unit="" if is_rate else tile.unit_text,
        told=tag("small", told) if told else Markup(""),
    )


def _lane(lane: views.Lane) -> Markup:
    return tag("section", tag("h2", lane.title) + tag("p", summary(lane.tiles)))
