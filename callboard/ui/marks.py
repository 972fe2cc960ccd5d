"""What is new since this session last drew the page: marked for two minutes, and said once.

The mark is on every tile and hidden; a style of the session's own shows it where something is new,
so that the drawings stay shared and what did not change keeps its place.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import streamlit as st

from callboard.ui.markup import show, show_style, tag
from callboard.ui.page import Page
from callboard.ui.tiles import mark_of
from callboard.views import Overview, Tile

SECONDS = 120.0
_KEPT = "cb_drawn"
Print = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What a session drew: for which choice and state of the data, and what of it was new when.

    `said` is the line that tells of it, "" for none.
    """

    choice: str
    stamp: str
    prints: Mapping[str, Print]
    new: Mapping[str, float] = field(default_factory=dict)
    said: str = ""


def mark_new(page: Page, choice: str, read_page: Callable[[], Overview]) -> None:
    """Mark the tiles that differ from what this session drew before for the same choice."""
    before, now = st.session_state.get(_KEPT), time.monotonic()
    if isinstance(before, Drawn) and (before.choice, before.stamp) == (choice, page.stamp):
        drawn = before
    else:
        prints = prints_of(tile for lane in read_page().lanes for tile in lane.tiles)
        drawn = Drawn(choice=choice, stamp=page.stamp, prints=prints)
        drawn = compare(before if isinstance(before, Drawn) else None, drawn, now, _clock(page))
        st.session_state[_KEPT] = drawn
    if drawn.said:
        show(tag("p", drawn.said, css="cb-updated", role="status", aria_live="polite"))
    if young := [mark for mark, since in drawn.new.items() if now - since < SECONDS]:
        show_style(_rules(young))


def compare(before: Drawn | None, drawn: Drawn, now: float, clock: str) -> Drawn:
    """Return what was drawn with what is new of it; nothing is after a change of the choice."""
    if before is None or before.choice != drawn.choice:
        return drawn
    changed = [mark for mark, told in drawn.prints.items() if before.prints.get(mark) != told]
    young = {mark: since for mark, since in before.new.items() if now - since < SECONDS}
    return Drawn(
        choice=drawn.choice,
        stamp=drawn.stamp,
        prints=drawn.prints,
        new=young | dict.fromkeys(changed, now),
        said=_told(len(changed), clock) if changed else before.said,
    )


def prints_of(tiles: Iterable[Tile]) -> dict[str, Print]:
    """Return what of each tile is compared: value, period and verdict."""
    return {mark_of(tile): (tile.value_full, tile.period, tile.verdict) for tile in tiles}


def _told(count: int, clock: str) -> str:
    return f"Updated {clock}: {count} {'figure' if count == 1 else 'figures'} changed"


def _clock(page: Page) -> str:
    return f"{page.runtime.clock.now().astimezone(ZoneInfo(page.zone)):%H:%M}"


def _rules(marks: Iterable[str]) -> str:
    """Styles that show the marks; the names in them are codes, which need no escaping."""
    named = ",".join(f'[data-tile="{mark}"] .cb-new' for mark in sorted(marks))
    return f"{named} {{ display: inline-flex; }}"
