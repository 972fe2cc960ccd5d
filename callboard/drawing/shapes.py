"""The few shapes our pictures are made of; every text is escaped, every number rounded."""

import re
from collections.abc import Sequence

from markupsafe import Markup

from callboard.drawing import inks
from metrics.signals import Signal

Place = tuple[float, float | None]
_TEXT = Markup(
    "<text x='{}' y='{}' text-anchor='{}' font-size='{}' fill='{}' "
    "font-family='Inter, system-ui, sans-serif'>{}</text>"
)
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_SIGNS = {
    Signal.IMPROVEMENT: "M{x} {y}m0-5.5l5.5 5.5l-5.5 5.5l-5.5-5.5z",
    Signal.CONCERN: "M{x} {y}m-4.5-4.5h9v9h-9z",
    Signal.HIGH: "M{x} {y}m0-5.5l5.5 9.5h-11z",
    Signal.LOW: "M{x} {y}m0 5.5l5.5-9.5h-11z",
}


def seen(words: str) -> str:
    """Return a text without what no eye sees, which a picture could not hold."""
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", words)


def document(shapes: Sequence[Markup], *, width: int, height: int, alt: str) -> Markup:
    """Return a whole picture with its sentence; it loads nothing and runs nothing."""
    return Markup(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {} {}' width='{}' height='{}' "
        "role='img' aria-label='{}'>{}</svg>"
    ).format(width, height, width, height, seen(alt), Markup("").join(shapes))


def text(
    words: str,
    at: tuple[float, float],
    *,
    anchor: str = "start",
    ink: str = inks.TEXT,
    size: int = 12,
) -> Markup:
    """Return a text whose line stands at a height."""
    x, y = at
    return _TEXT.format(round(x, 1), round(y, 1), anchor, size, ink, seen(words))


def line(points: Sequence[Place], *, ink: str, width: float = 1.25, dash: str = "") -> Markup:
    """Return a line through the points that have a height; where there is none it is broken."""
    steps, is_on = [], False
    for x, y in points:
        if y is not None:
            steps.append(f"{'L' if is_on else 'M'}{x:.1f} {y:.1f}")
        is_on = y is not None
    dashed = Markup(" stroke-dasharray='{}'").format(dash) if dash else Markup("")
    return Markup(
        "<path fill='none' stroke='{}' stroke-width='{}' stroke-linejoin='round'{} d='{}'/>"
    ).format(ink, width, dashed, "".join(steps))


def sign(signal: Signal, at: tuple[float, float]) -> Markup:
    """Return the shape of a signal at a place: a small dot where there is none."""
    x, y = round(at[0], 1), round(at[1], 1)
    ink = inks.SIGNAL[signal]
    if signal not in _SIGNS:
        return Markup("<circle cx='{}' cy='{}' r='2.5' fill='{}'/>").format(x, y, ink)
    return Markup("<path fill='{}' d='{}'/>").format(ink, _SIGNS[signal].format(x=x, y=y))


def hollow(at: tuple[float, float]) -> Markup:
    """Return a hollow dot."""
    return Markup(
        "<circle cx='{}' cy='{}' r='4' fill='none' stroke='{}' stroke-width='1.5'/>"
    ).format(round(at[0], 1), round(at[1], 1), inks.COMMON)
