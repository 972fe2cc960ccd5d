"""The small picture of a metric's last periods on its tile, with the promise as a dashed line."""

from collections.abc import Sequence

from markupsafe import Markup

from callboard.ui.svg import picture
from callboard.views import Sparkline
from metrics.signals import Signal

_WIDTH, _HEIGHT, _AIR = 132, 40, 5

_ENDS = {
    Signal.NONE: ("common", "<circle class='full common' cx='{x}' cy='{y}' r='2.5'/>"),
    Signal.IMPROVEMENT: (
        "improvement",
        "<path class='full improvement' d='M{x} {y}m0-4.5l4.5 4.5l-4.5 4.5l-4.5-4.5z'/>",
    ),
    Signal.CONCERN: (
        "concern",
        "<path class='full concern' d='M{x} {y}m-3.5-3.5h7v7h-7z'/>",
    ),
    Signal.HIGH: ("neutral", "<path class='full neutral' d='M{x} {y}m0-4.5l4.5 8h-9z'/>"),
    Signal.LOW: ("neutral", "<path class='full neutral' d='M{x} {y}m0 4.5l4.5-8h-9z'/>"),
    Signal.NO_DATA: ("common", ""),
}


def draw_sparkline(view: Sparkline) -> Markup:
    """Return the picture: gaps stay gaps, breaks are upright lines, the end shows its signal."""
    values = [value for value in view.values if value is not None]
    if not values:
        return Markup("")
    levels = [*values, *(value for _, _, value in view.promised)]
    low, high = min(levels), max(levels)
    xs = _spread(len(view.values))
    heights = [None if value is None else _level(value, low, high) for value in view.values]
    shapes = [_target_lines(view, low, high), _break_lines(view, xs), _trace(xs, heights)]
    if heights[-1] is not None:
        _, shape = _ENDS[view.signal_at_end]
        shapes.append(shape.format(x=xs[-1], y=heights[-1]))
    return picture("".join(shapes), width=_WIDTH, height=_HEIGHT, alt=_alt(view), css="cb-spark")


def _alt(view: Sparkline) -> str:
    told = f"Last {len(view.values)} periods"
    since = [len(view.values) - place for place in view.breaks]
    return f"{told}, with a break {since[-1]} periods before the end" if since else told


def _spread(count: int) -> list[float]:
    step = (_WIDTH - 2 * _AIR) / max(1, count - 1)
    return [round(_AIR + index * step, 1) for index in range(count)]


def _level(value: float, low: float, high: float) -> float:
    share = 0.5 if high == low else (value - low) / (high - low)
    return round(_HEIGHT - _AIR - share * (_HEIGHT - 2 * _AIR), 1)


def _target_lines(view: Sparkline, low: float, high: float) -> str:
    """A dashed line at each target, as long as it was in force."""
    half = (_WIDTH - 2 * _AIR) / max(1, len(view.values) - 1) / 2
    steps = []
    for first, last, value in view.promised:
        left = max(_AIR, round(_AIR + (2 * first - 1) * half, 1))
        right = min(_WIDTH - _AIR, round(_AIR + (2 * last + 1) * half, 1))
        steps.append(f"M{left} {_level(value, low, high)}H{right}")
    if not steps:
        return ""
    return (
        f"<path class='target' stroke-width='1' stroke-dasharray='3 3' opacity='.55' "
        f"d='{''.join(steps)}'/>"
    )


def _break_lines(view: Sparkline, xs: Sequence[float]) -> str:
    """A thin upright line between the last period before a break and the first after it."""
    return "".join(
        f"<path class='common' stroke-width='1' opacity='.6' "
        f"d='M{round((xs[place - 1] + xs[place]) / 2, 1)} 1V{_HEIGHT - 1}'/>"
        for place in view.breaks
    )


def _trace(xs: Sequence[float], heights: Sequence[float | None]) -> str:
    steps: list[str] = []
    is_down = False
    for x, y in zip(xs, heights, strict=True):
        if y is not None:
            steps.append(f"{'L' if is_down else 'M'}{x} {y}")
        is_down = y is not None
    return (
        f"<path class='common' stroke-width='1.5' stroke-linejoin='round' "
        f"stroke-linecap='round' d='{''.join(steps)}'/>"
    )
