"""A tile's last periods as a small PNG, for mail programs that show nothing drawn otherwise.

It has no paper of its own, and inks that are seen on light and on dark paper.
"""

import io
from itertools import pairwise

from PIL import Image, ImageDraw

from callboard.views import Sparkline
from metrics.signals import Signal

WIDTH, HEIGHT = 160, 44
_SCALE, _AIR = 2, 6
_PAPER, _LINE, _PROMISE = (255, 255, 255, 0), "#7d858f", "#7d858f"
_INK = {
    Signal.CONCERN: "#c2600f",
    Signal.IMPROVEMENT: "#2b7fc7",
    Signal.HIGH: "#8064c6",
    Signal.LOW: "#8064c6",
}
Place = tuple[float, float]


def draw_picture(view: Sparkline) -> bytes:
    """Return the PNG: gaps stay gaps, the target is dashed, the end's shape says its signal."""
    image = Image.new("RGBA", (WIDTH * _SCALE, HEIGHT * _SCALE), _PAPER)
    pen = ImageDraw.Draw(image)
    places = _places(view)
    if any(places):
        _draw_targets(pen, view)
    for one, other in pairwise(places):
        if one is not None and other is not None:
            pen.line([one, other], fill=_LINE, width=2 * _SCALE)
    if places and places[-1] is not None:
        _draw_end(pen, places[-1], view.signal_at_end)
    written = io.BytesIO()
    image.save(written, format="PNG", optimize=True)
    return written.getvalue()


def _places(view: Sparkline) -> list[Place | None]:
    step = (WIDTH - 2 * _AIR) / max(len(view.values) - 1, 1)
    return [
        None if value is None else ((_AIR + at * step) * _SCALE, _height(view, value))
        for at, value in enumerate(view.values)
    ]


def _height(view: Sparkline, value: float) -> float:
    known = [each for each in view.values if each is not None]
    levels = [*known, *(each for _, _, each in view.promised)]
    low, high = min(levels), max(levels)
    share = 0.5 if high == low else (value - low) / (high - low)
    return (HEIGHT - _AIR - share * (HEIGHT - 2 * _AIR)) * _SCALE


def _draw_targets(pen: ImageDraw.ImageDraw, view: Sparkline) -> None:
    """Dashes at each target, as long as it was in force."""
    step = (WIDTH - 2 * _AIR) / max(len(view.values) - 1, 1)
    for first, last, value in view.promised:
        left = max(_AIR, _AIR + (first - 0.5) * step) * _SCALE
        right = min(WIDTH - _AIR, _AIR + (last + 0.5) * step) * _SCALE
        height = _height(view, value)
        for x in range(round(left), round(right), 6 * _SCALE):
            pen.line([(x, height), (x + 3 * _SCALE, height)], fill=_PROMISE, width=_SCALE)


def _draw_end(pen: ImageDraw.ImageDraw, at: Place, signal: Signal) -> None:
    """A square for a concern, a diamond for an improvement, a circle for what is usual."""
    x, y, size = *at, 4 * _SCALE
    ink = _INK.get(signal, _LINE)
    if signal is Signal.IMPROVEMENT:
        pen.polygon([(x, y - size), (x + size, y), (x, y + size), (x - size, y)], fill=ink)
    elif signal in (Signal.HIGH, Signal.LOW):
        tip = -size if signal is Signal.HIGH else size
        pen.polygon([(x, y + tip), (x + size, y - tip), (x - size, y - tip)], fill=ink)
    elif signal is Signal.CONCERN:
        pen.rectangle([(x - size + 1, y - size + 1), (x + size - 1, y + size - 1)], fill=ink)
    else:
        pen.ellipse([(x - 5, y - 5), (x + 5, y + 5)], fill=ink)
