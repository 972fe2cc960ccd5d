"""The lanes: tiles drawn whole, each an element of its own, and the others as a list that opens.

What stays as it was keeps its place in the page when a publication lands, because each tile is sent
by itself.
"""

from collections.abc import Iterable, Sequence

import streamlit as st
from markupsafe import Markup

from callboard.services.tiles.density import Laid, lay_out
from callboard.services.tiles.headlines import LOOKS, state_of, tell_all
from callboard.ui import links
from callboard.ui.glyphs import badge_glyph, variation_glyph
from callboard.ui.markup import NOTHING, joined, show, tag
from callboard.ui.sparkline import draw_sparkline
from callboard.ui.tiles import NEW, draw_tile, mark_of, tile_css
from callboard.views import Lane, Tile

_ROW = Markup(
    '<li class="cb-row {css}" data-tile="{mark}"><p><a href="{href}" title="{help}">{name}</a>{new}'
    '</p><p class="cb-place">{place}</p>'
    '<p class="cb-number">{value} <small>{unit}</small></p>'
    "{spark}{variation}{badge}</li>"
)


def draw_lanes(lanes: Sequence[Lane], *, zone: str, query: dict[str, str], is_all: bool) -> None:
    """Draw the lanes; unless `is_all`, what is steady beyond a lane's first row is only listed."""
    with st.container(key="cb-lanes-all" if is_all else "cb-lanes"):
        above = NOTHING
        for laid in _laid(lanes, is_all=is_all):
            show(above + heading(laid.lane.title, summary(laid.lane.tiles)))
            for tile in laid.whole:
                show(draw_tile(tile, zone=zone, query=query))
            above = _list(laid.listed, query)
        show(above)


def heading(title: str, aside: Markup | str) -> Markup:
    """Return a section's heading with what is said beside it."""
    return tag("div", tag("h2", title) + tag("span", aside), css="cb-h2")


def summary(tiles: Iterable[Tile]) -> str:
    """Return how many of some tiles look how: `2 of concern, 24 steady`."""
    states = [state_of(tile) for tile in tiles]
    told = [f"{states.count(each)} {word}" for each, word in LOOKS.items() if each in states]
    return ", ".join(told)


def _laid(lanes: Sequence[Lane], *, is_all: bool) -> tuple[Laid, ...]:
    shown = [lane for lane in lanes if lane.tiles]
    if is_all:
        return tuple(Laid(lane=lane, whole=lane.tiles, listed=()) for lane in shown)
    return lay_out(shown)


def _list(tiles: Sequence[Tile], query: dict[str, str]) -> Markup:
    if not tiles:
        return NOTHING
    rows = tag("ul", joined(_row(tile, query) for tile in tiles), css="cb-rows")
    return tag("details", tag("summary", f"{summary(tiles)}: show") + rows, css="cb-more")


def _row(tile: Tile, query: dict[str, str]) -> Markup:
    address = {"touchpoint": tile.touchpoint, "metric": tile.metric} | query
    return _ROW.format(
        css=tile_css(tile),
        mark=mark_of(tile),
        new=NEW,
        href=links.address("touchpoint", address),
        help=tell_all(tile),
        name=tile.metric_name,
        place=tile.touchpoint_name,
        value=tile.value_text,
        unit=tile.unit_text,
        spark=draw_sparkline(tile.sparkline),
        variation=variation_glyph(tile.variation),
        badge=badge_glyph(tile.trust.badge, sentence=tile.trust.sentence),
    )
