"""A history as a picture: values with their signals, centre, limits, target."""

from collections.abc import Iterator

from markupsafe import Markup

from callboard.drawing import inks
from callboard.drawing.scales import Scale, scale_for, ticks
from callboard.drawing.shapes import Place, document, hollow, line, sign, text
from callboard.figures import format_day, format_number
from callboard.views import ReportLine, ReportSeries, Role
from metrics.signals import Signal

WIDTH, HEIGHT = 960, 340
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 110, 30, 34
_MOST_DAYS, _APART = 7, 15
_LOOK = {
    Role.CENTRE: (inks.CENTRE, 1.25, ""),
    Role.LIMIT: (inks.LIMIT, 1.25, ""),
    Role.TARGET: (inks.TARGET, 1.5, "6 4"),
    Role.VALUES: (inks.COMMON, 1.25, ""),
}


def draw_line(view: ReportLine, *, source: str = "") -> Markup:
    """Return the picture; `source` is a small line at its foot."""
    height = HEIGHT + (18 if source else 0)
    across = Scale(
        low=-0.5, high=len(view.days) - 0.5, start=float(_LEFT), end=float(WIDTH - _RIGHT)
    )
    known = [value for each in view.series for value in each.values if value is not None]
    up = scale_for(known, start=float(HEIGHT - _BOTTOM), end=float(_TOP))
    shapes = [*_frame(view, across, up), *_lines(view, across, up), *_points(view, across, up)]
    if source:
        shapes.append(text(source, (_LEFT, height - 6), ink=inks.MUTED, size=10))
    return document(shapes, width=WIDTH, height=height, alt=view.alt)


def _frame(view: ReportLine, across: Scale, up: Scale) -> Iterator[Markup]:
    yield text(view.unit_text, (_LEFT, _TOP - 12), ink=inks.MUTED)
    for value in ticks(up):
        y = up.at(value)
        yield line([(_LEFT, y), (WIDTH - _RIGHT, y)], ink=inks.FAINT, width=0.5)
        yield text(_number(value), (_LEFT - 8, y + 4), anchor="end", ink=inks.MUTED)
    step = max(1, -(-len(view.days) // _MOST_DAYS))
    for place in range(0, len(view.days), step):
        words = format_day(view.days[place], near=view.days[-1])
        yield text(words, (across.at(place), HEIGHT - 12), anchor="middle", ink=inks.MUTED)
    yield line([(_LEFT, up.start), (WIDTH - _RIGHT, up.start)], ink=inks.LIMIT, width=0.75)


def _number(value: float) -> str:
    told = format_number(value, 4)
    return told.rstrip("0").rstrip(".") if "." in told else told


def _lines(view: ReportLine, across: Scale, up: Scale) -> Iterator[Markup]:
    """The lines, the values on top; each but these is named at its end."""
    taken: list[float] = []
    for series in sorted(view.series, key=lambda each: each.role is Role.VALUES):
        if series.role not in _LOOK:
            continue
        ink, width, dash = _LOOK[series.role]
        yield line(_places(view, series, across, up), ink=ink, width=width, dash=dash)
        ends = [value for value in series.values if value is not None]
        if ends and series.role is not Role.VALUES:
            y = _free(up.at(ends[-1]), taken)
            taken.append(y)
            yield text(series.name, (WIDTH - _RIGHT + 8, y + 4), ink=inks.MUTED)


def _free(y: float, taken: list[float]) -> float:
    """A height near `y` at which no other name stands."""
    while any(abs(y - each) < _APART for each in taken):
        y += _APART / 3
    return y


def _places(view: ReportLine, series: ReportSeries, across: Scale, up: Scale) -> list[Place]:
    """The line's points; limits are broken where a break begins them anew."""
    is_value = series.role in (Role.VALUES, Role.RUNNING)
    found: list[Place] = []
    for place, value in enumerate(series.values):
        if place in view.starts and not is_value:
            found.append((across.at(place), None))
        found.append((across.at(place), None if value is None else up.at(value)))
    return found


def _points(view: ReportLine, across: Scale, up: Scale) -> Iterator[Markup]:
    for series in view.series:
        for place, value in enumerate(series.values):
            if value is None:
                continue
            at = (across.at(place), up.at(value))
            if series.role is Role.RUNNING:
                yield hollow(at)
            elif series.role is Role.VALUES:
                yield sign(view.signals[place] if view.signals else Signal.NONE, at)
