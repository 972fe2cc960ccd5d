"""The ways between touchpoints as a drawing: a line each, its number on it, its ends by name."""

from markupsafe import Markup

from callboard import views
from callboard.figures import format_count
from callboard.ui.journey_ways import Port, Way, Ways, is_crowded, ways_across, ways_down
from callboard.ui.markup import NOTHING, joined, tag
from callboard.ui.svg import stretched

_THINNEST, _THICKEST = 1.5, 9.0
_APART = 0.5  # percent that a line keeps from the middle of its port, where others leave
_TITLE = "Who goes where next, in cases"
_FEW = "from here on ways of few cases"


def flow(view: views.JourneyMap) -> Markup:
    """Return the ways across the stages, and the same down a phone; nothing where none is known."""
    across = ways_across(view)
    if not across.ways:
        return NOTHING
    css = "cb-flow-across" + " cb-flow-upright" * is_crowded(view)
    drawn = _drawing(across, css=css) + _drawing(ways_down(view), css="cb-flow-down", is_down=True)
    return tag("section", tag("b", _TITLE) + drawn, css="cb-flow", aria_label=_TITLE)


def _drawing(of: Ways, *, css: str, is_down: bool = False) -> Markup:
    """The lines with their arrows and numbers, then the names of their ends."""
    high = 100 / (of.levels + 0.6)
    lines = joined(_line(each, high, is_down=is_down) for each in of.ways)
    ends = {each.to.place + _aside(each): "" for each in of.ways}
    arrows = joined(tag("i", "", style=_at(place)) for place in ends)
    few = joined(_few(each) for each in of.ports if each.node.hides_onward)
    numbers = joined(_number(each, high, is_down=is_down) for each in of.ways)
    listed = tag("ul", numbers, aria_label="Cases that went on")
    room = tag("div", lines + arrows + few + listed, css="cb-flow-lines")
    names = tag("div", joined(map(_port, of.ports)), css="cb-flow-ports")
    count = Markup("--cb-levels:{};--cb-ports:{}").format(of.levels, len(of.ports))
    return tag("div", room + names, css=css, style=count)


def _line(way: Way, high: float, *, is_down: bool) -> Markup:
    start, end = way.origin.place - _aside(way), way.to.place + _aside(way)
    far = high * (way.level + 1) / 0.75  # a curve reaches three quarters of the way to its handles
    path = f"M{start:.1f} 100C{start:.1f} {100 - far:.1f} {end:.1f} {100 - far:.1f} {end:.1f} 100"
    if is_down:
        path = f"M0 {start:.1f}C{far:.1f} {start:.1f} {far:.1f} {end:.1f} 0 {end:.1f}"
    width = _THINNEST + (_THICKEST - _THINNEST) * way.share
    line = f"<path class='common' stroke-width='{width:.1f}' vector-effect='non-scaling-stroke' "
    return stretched(line + f"d='{path}'/>", css=f"cb-thread {_ends(way)}")


def _aside(way: Way) -> float:
    """Towards its other end, so that what leads on and what leads back part at a port."""
    return -_APART if way.is_onward else _APART


def _number(way: Way, high: float, *, is_down: bool) -> Markup:
    sign = ("↓" if way.is_onward else "↑") if is_down else ("→" if way.is_onward else "←")
    told = f"{way.origin.node.name} to {way.to.node.name}"
    arrow = tag("span", sign, aria_hidden="true")
    where = _at(way.middle) + Markup(";--cb-far:{}%").format(f"{high * (way.level + 1):.1f}")
    number = tag("span", f"{told}: ", css="cb-hidden") + format_count(way.cases) + arrow
    return tag("li", number, css=_ends(way), style=where, title=told)


def _few(port: Port) -> Markup:
    """A dashed line that ends: where to is not told."""
    hidden = tag("span", f"{port.node.name}: {_FEW}", css="cb-hidden")
    return tag("s", hidden, style=_at(port.place), title=_FEW)


def _port(port: Port) -> Markup:
    name, css = port.node.name, f"cb-port cb-at-{port.node.key}"
    return tag("span", tag("span", name), css=css, style=_at(port.place), title=name)


def _ends(way: Way) -> str:
    return f"cb-of-{way.origin.node.key} cb-of-{way.to.node.key}"


def _at(place: float) -> Markup:
    return Markup("--cb-at:{}%").format(f"{place:.1f}")
