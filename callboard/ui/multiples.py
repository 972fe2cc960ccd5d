"""Small multiples: one run of each unit, all on one scale, each a link to where it can be read."""

from collections.abc import Sequence

from markupsafe import Markup

from callboard.ui import links
from callboard.ui.markup import NOTHING, joined, tag
from callboard.ui.svg import picture
from callboard.views import ComparedUnit, Comparison
from callboard.views.comparison import RunFlag
from metrics.signals import Signal

_WIDTH, _HEIGHT, _AIR = 240, 72, 6
_CARD = Markup(
    '<article class="cb-multiple cb-edge-{edge}"><span><b>{name}</b><em>{value}</em></span>'
    "{drawing}<small>{finding}</small>{flags}</article>"
)
_MOST_FLAGS = 2
_EDGE = {
    Signal.CONCERN: "concern",
    Signal.IMPROVEMENT: "improvement",
    Signal.HIGH: "high",
    Signal.LOW: "low",
}


def draw_multiples(view: Comparison, *, is_one_scale: bool) -> Markup:
    """Return a card for each unit in the view's order; those with a page of their own are links."""
    shared = shared_bounds(view)
    cards = []
    for unit in view.units:
        bounds = shared if is_one_scale else _bounds(_known(unit), view.centre)
        cards.append(_card(view, unit, bounds))
    return tag("div", joined(cards), css="cb-multiples")


def shared_bounds(view: Comparison) -> tuple[float, float]:
    """Return the lowest and the highest value of all runs, the common line among them."""
    return _bounds([value for unit in view.units for value in _known(unit)], view.centre)


def _card(view: Comparison, unit: ComparedUnit, bounds: tuple[float, float]) -> Markup:
    name: Markup | str = unit.name
    if unit.touchpoint:
        query = {"touchpoint": unit.touchpoint, "metric": view.metric, "grain": view.grain.value}
        by = {"by": view.by} if view.by else {}
        name = tag("a", unit.name, href=links.address("touchpoint", query | by))
    return _CARD.format(
        edge=_EDGE.get(unit.signal, "common"),
        name=name,
        value=unit.value_text,
        drawing=draw_run(unit.run, view.centre, bounds, alt=_alt(view, unit), flags=unit.flags),
        flags=_told(unit.flags),
        finding=(unit.finding or unit.n_text) if _known(unit) else f"too few in each {view.grain}",
    )


def _alt(view: Comparison, unit: ComparedUnit) -> str:
    known = _known(unit)
    if not known:
        return f"{unit.name}: no values in the last {view.run_label}"
    return f"{unit.name}: {len(known)} values in the last {view.run_label}"


def draw_run(
    run: Sequence[float | None],
    centre: float | None,
    bounds: tuple[float, float],
    *,
    alt: str,
    flags: Sequence[RunFlag] = (),
) -> Markup:
    """Return the picture of a run over the line of what all do together; gaps stay gaps."""
    shapes = [] if centre is None else [_centre_line(_level(centre, bounds))]
    step = (_WIDTH - 2 * _AIR) / max(1, len(run) - 1)
    points = [
        (round(_AIR + place * step, 1), None if value is None else _level(value, bounds))
        for place, value in enumerate(run)
    ]
    shapes += [_flag(x) for x in sorted({points[each.place][0] for each in flags})]
    shapes.append(_trace(points))
    last = points[-1] if points else (0.0, None)
    if last[1] is not None:
        shapes.append(f"<circle class='full common' cx='{last[0]}' cy='{last[1]}' r='2.5'/>")
    return picture("".join(shapes), width=_WIDTH, height=_HEIGHT, alt=alt, css="cb-run")


def _told(flags: Sequence[RunFlag]) -> Markup:
    """The newest flags in words, oldest first, and how many are older."""
    if not flags:
        return NOTHING
    lines = [f"{each.days}: {each.text}" for each in flags[-_MOST_FLAGS:]]
    if older := len(flags) - len(lines):
        lines.insert(0, f"{older} older: see its page")
    return tag("ul", joined(tag("li", line) for line in lines), css="cb-multiple-flags")


def _flag(x: float) -> str:
    """A mast over the whole height with a pennant at its head."""
    return (
        f"<path class='faint' stroke-width='1' stroke-dasharray='2 2' d='M{x} 3V{_HEIGHT - 3}'/>"
        f"<path class='full common' d='M{x} 1L{x + 6} 4L{x} 7Z'/>"
    )


def _known(unit: ComparedUnit) -> list[float]:
    return [value for value in unit.run if value is not None]


def _bounds(values: Sequence[float], centre: float | None) -> tuple[float, float]:
    levels = [*values, *([] if centre is None else [centre])]
    return min(levels, default=0.0), max(levels, default=1.0)


def _level(value: float, bounds: tuple[float, float]) -> float:
    low, high = bounds
    share = 0.5 if high == low else (value - low) / (high - low)
    return round(_HEIGHT - _AIR - share * (_HEIGHT - 2 * _AIR), 1)


def _centre_line(y: float) -> str:
    return f"<path class='target' stroke-width='1' opacity='.55' d='M{_AIR} {y}H{_WIDTH - _AIR}'/>"


def _trace(points: Sequence[tuple[float, float | None]]) -> str:
    """A line through neighbours; a value between two gaps is a dot of its own."""
    steps: list[str] = []
    dots: list[str] = []
    for place, (x, y) in enumerate(points):
        if y is None:
            continue
        before = place > 0 and points[place - 1][1] is not None
        after = place + 1 < len(points) and points[place + 1][1] is not None
        steps.append(f"{'L' if before else 'M'}{x} {y}")
        if not before and not after:
            dots.append(f"<circle class='full common' cx='{x}' cy='{y}' r='1.5'/>")
    return (
        "<path class='common' stroke-width='1.5' stroke-linejoin='round' stroke-linecap='round' "
        f"d='{''.join(steps)}'/>{''.join(dots)}"
    )
