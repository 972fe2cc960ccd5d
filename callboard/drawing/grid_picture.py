"""Places in rows and columns as a picture: one hue, and a sign for what is more than chance."""

from collections.abc import Iterator

from markupsafe import Markup

from callboard.drawing import inks
from callboard.drawing.shapes import document, text
from callboard.views.report import ReportGrid, ReportShade

WIDTH = 960
_LEFT, _RIGHT, _TOP, _ROW, _BOTTOM = 56, 16, 12, 30, 30
_DARK, _TINT = 0.62, 0.08  # from where words are white; of a place like all others


def draw_grid(view: ReportGrid, *, source: str = "") -> Markup:
    """Return the picture; `source` is a small line at its foot."""
    height = _TOP + _ROW * len(view.rows) + _BOTTOM + (18 if source else 0)
    shapes = [*_heads(view), *_places(view)]
    if source:
        shapes.append(text(source, (12, height - 6), ink=inks.MUTED, size=10))
    return document(shapes, width=WIDTH, height=height, alt=view.alt)


def shade_of(depth: float) -> str:
    """Return the colour of a place, from nearly white to the full hue."""
    share = _TINT + (1 - _TINT) * min(max(depth, 0.0), 1.0)
    parts = (int(inks.DEEP[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 + (part - 255) * share):02x}" for part in parts)


def words_on(depth: float) -> str:
    """Return the ink that can be read on a place."""
    return inks.PAPER if depth > _DARK else inks.TEXT


def _wide(view: ReportGrid) -> float:
    return (WIDTH - _LEFT - _RIGHT) / max(1, len(view.columns))


def _heads(view: ReportGrid) -> Iterator[Markup]:
    for row, name in enumerate(view.rows):
        yield text(name, (_LEFT - 10, _TOP + _ROW * (row + 0.5) + 4), anchor="end", ink=inks.MUTED)
    foot = _TOP + _ROW * len(view.rows) + 18
    for column, name in enumerate(view.columns):
        x = _LEFT + _wide(view) * (column + 0.5)
        yield text(name, (x, foot), anchor="middle", ink=inks.MUTED)


def _places(view: ReportGrid) -> Iterator[Markup]:
    for row, shades in enumerate(view.shades):
        for column, shade in enumerate(shades):
            if shade is not None:
                yield from _place(view, shade, (row, column))


def _place(view: ReportGrid, shade: ReportShade, at: tuple[int, int]) -> Iterator[Markup]:
    row, column = at
    x, y = _LEFT + _wide(view) * column, _TOP + _ROW * row
    yield Markup("<rect x='{}' y='{}' width='{}' height='{}' fill='{}'/>").format(
        round(x + 1, 1), y + 1, round(_wide(view) - 2, 1), _ROW - 2, shade_of(shade.depth)
    )
    if shade.sign:
        middle = (x + _wide(view) / 2, y + _ROW / 2 + 4)
        yield text(shade.sign, middle, anchor="middle", ink=words_on(shade.depth))
