"""Values beside each other as a picture: a dot and its interval in a row of its own."""

from collections.abc import Iterator

from markupsafe import Markup

from callboard.drawing import inks
from callboard.drawing.scales import Scale, scale_for, ticks
from callboard.drawing.shapes import document, hollow, line, sign, text
from callboard.figures import format_number
from callboard.views import ReportDot, ReportDots

WIDTH = 960
_LEFT, _RIGHT, _TOP, _ROW, _BOTTOM = 290, 100, 30, 24, 34
_MOST, _LONGEST = 60, 42


def draw_dots(view: ReportDots, *, source: str = "") -> Markup:
    """Return the picture of the first rows; `source` is a small line at its foot."""
    dots = view.dots[:_MOST]
    height = _TOP + _ROW * len(dots) + _BOTTOM + (18 if source else 0)
    ends = [
        value
        for each in dots
        for value in (each.low, each.value, each.high, view.centre)
        if value is not None
    ]
    across = scale_for(ends, start=float(_LEFT), end=float(WIDTH - _RIGHT))
    floor = _TOP + _ROW * len(dots)
    shapes = [*_frame(view, across, floor)]
    for row, dot in enumerate(dots):
        shapes += _row(dot, across, _TOP + _ROW * row + _ROW / 2)
    if source:
        shapes.append(text(source, (12, height - 6), ink=inks.MUTED, size=10))
    return document(shapes, width=WIDTH, height=height, alt=view.alt)


def _frame(view: ReportDots, across: Scale, floor: float) -> Iterator[Markup]:
    yield text(view.unit_text, (_LEFT, _TOP - 12), ink=inks.MUTED)
    for value in ticks(across):
        x = across.at(value)
        yield line([(x, _TOP), (x, floor)], ink=inks.FAINT, width=0.5)
        words = format_number(value, max(view.decimals, 0 if value == int(value) else 1))
        yield text(words, (x, floor + 16), anchor="middle", ink=inks.MUTED)
    if view.centre is not None:
        x = across.at(view.centre)
        yield line([(x, _TOP), (x, floor)], ink=inks.CENTRE, dash="2 3")


def _row(dot: ReportDot, across: Scale, y: float) -> Iterator[Markup]:
    label = dot.label if len(dot.label) <= _LONGEST else f"{dot.label[: _LONGEST - 1]}…"
    yield text(label, (_LEFT - 12, y + 4), anchor="end", ink=_words_ink(dot))
    if dot.low is not None and dot.high is not None:
        yield line([(across.at(dot.low), y), (across.at(dot.high), y)], ink=inks.LIMIT, width=1.5)
    at = (across.at(dot.value), y)
    if dot.is_pale:
        yield hollow(at)
    elif dot.is_ours:
        yield Markup("<path fill='{}' d='M{} {}m0-6l6 6l-6 6l-6-6z'/>").format(
            inks.OURS, round(at[0], 1), round(at[1], 1)
        )
    else:
        yield sign(dot.signal, at)
    yield text(dot.value_text, (WIDTH - _RIGHT + 8, y + 4), ink=_words_ink(dot))


def _words_ink(dot: ReportDot) -> str:
    return inks.MUTED if dot.is_pale else inks.TEXT
