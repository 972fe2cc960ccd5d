"""The choices a page offers; each is kept in the address by its plain key."""

from collections.abc import Mapping
from datetime import date

from callboard.access import resolve_scope
from callboard.figures import period_label
from callboard.services.readings.period_choice import choose_period
from callboard.services.readings.seasons import history_of
from callboard.services.tiles.overview import read_overview
from callboard.ui import address
from callboard.ui.cache import read
from callboard.ui.markup import show, tag
from callboard.ui.page import Page
from callboard.views import ControlChart
from metrics.calendar import calendar_for
from metrics.model import Grain

_GRAINS = {Grain.DAY.value: "Day", Grain.WEEK.value: "Week", Grain.MONTH.value: "Month"}
_SPANS = {"1": "1", "4": "4", "12": "12", "26": "26"}
_LONGER = ("120", "400")
_PLAIN = "plain"
_LANES = {"key": "By key", "pillar": "By pillar"}
_TILES = {"": "What matters", "all": "All"}
_SORTS = {"concern": "Concern first", "name": "By name"}


def pick_grain(page: Page) -> Grain:
    """Let the length of the periods be chosen; the workspace says with which it begins.

    A period of another length is not what is looked at: the latest is shown then.
    """
    usual = page.runtime.workspace.calendar.grain.value
    return Grain(
        address.choose_in_row("Periods of a", "grain", _GRAINS, default=usual, drops="period")
    )


def chosen_grain(page: Page) -> Grain:
    """Return the length of the periods that the address says, before it is offered to choose."""
    said = address.given("grain")
    return Grain(said) if said in _GRAINS else page.runtime.workspace.calendar.grain


def pick_period(page: Page, grain: Grain) -> str:
    """Let a period be chosen by its first day; "" is the latest and stays out of the address.

    Any day that an address names stands for the period it falls in, however long ago that was.
    """
    view = read(page, read_overview, grain=grain)
    said = address.given("period")
    latest = calendar_for(grain).period_of(date.fromisoformat(view.period))
    named = choose_period(said, latest).start.isoformat()
    options = {"": dict(view.periods).get(view.period, "Latest")}
    options |= {
        said if key == named else key: label for key, label in view.periods if key != view.period
    }
    if named != view.period and said not in options:
        options[said] = period_label(grain, date.fromisoformat(named))
    picked = address.choose("Period", "period", options, kind=grain.value, width=170)
    address.note_period(picked or view.period, options[picked])
    return picked


def list_touchpoints(page: Page) -> dict[str, str]:
    """Return the names of the touchpoints that the reader may see, by key."""
    known = page.runtime.definitions.touchpoints
    scope = resolve_scope(page.actor, frozenset(known))
    return {code: known[code].name for code in known if code in scope.touchpoints}


def pick_touchpoints(page: Page) -> tuple[str, ...]:
    """Let touchpoints be chosen; none chosen means all."""
    return address.choose_several(
        "Touchpoints",
        "touchpoints",
        list_touchpoints(page),
        everything="All touchpoints",
        width=200,
    )


def unknown_touchpoints(page: Page) -> tuple[str, ...]:
    """Return the touchpoints that the address names and that there are not, for this reader."""
    known = list_touchpoints(page)
    return tuple(code for code in address.given_several("touchpoints") if code not in known)


def tell_missing(noun: str, key: str, options: Mapping[str, str], *, shown: str = "") -> None:
    """Say of a link that it names what is not here, and what is shown instead."""
    if gone := address.missing(key, options):
        instead = f"; {options[shown]} is shown instead" if shown else ""
        told = f"There is no {noun} “{gone}” here{instead}."
        show(tag("p", told, css="cb-note", role="status"))


def pick_pillar(page: Page) -> str:
    """Let one pillar be chosen, or all by an empty key."""
    names = page.runtime.workspace.pillars
    options = {"": "All pillars"} | {name: name for name in names}
    return address.choose("Pillar", "pillar", options, width=130)


def pick_lanes() -> str:
    """Let the lanes be keys or pillars."""
    return address.choose_in_row("Lanes", "lanes", _LANES)


def pick_sort() -> str:
    """Let the order inside a lane be chosen."""
    return address.choose_in_row("Order", "sort", _SORTS)


def pick_tiles() -> str:
    """Let it be chosen whether steady tiles are drawn whole; "" is those that matter only."""
    return address.choose_in_row("Tiles", "tiles", _TILES)


def pick_span() -> int:
    """Let it be chosen how many whole periods are taken together."""
    return int(address.choose_in_row("Periods together", "span", _SPANS, default="12"))


def pick_history(grain: Grain) -> int:
    """Let it be chosen how many periods a history goes back; limits are made from those shown.

    At first as many as the tiles are judged by.
    """
    usual = str(history_of(grain))
    longer = [each for each in _LONGER if int(each) > int(usual)]
    options = {each: each for each in (usual, *longer)}
    return int(address.choose_in_row("Periods shown", "history", options))


def pick_season(view: ControlChart) -> None:
    """Where limits can follow the season, let the reader have them plain; the address says so."""
    if view.doubts.could_adjust:
        place = "month" if view.grain is Grain.MONTH else "weekday"
        options = {"": f"Follow the {place}", _PLAIN: "Plain"}
        address.choose_in_row("Limits", "season", options)


def is_plain() -> bool:
    """Return whether the address asks for limits that do not follow the season."""
    return address.given("season") == _PLAIN
