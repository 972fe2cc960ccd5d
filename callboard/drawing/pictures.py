"""The picture of a chart of a report, whichever kind it is."""

from markupsafe import Markup

from callboard.drawing.dots_picture import draw_dots
from callboard.drawing.grid_picture import draw_grid
from callboard.drawing.line_picture import draw_line
from callboard.views import ReportLine
from callboard.views.report import ReportChart, ReportGrid


def draw_chart(chart: ReportChart, *, source: str = "") -> Markup:
    """Return the picture; `source` is a small line at its foot."""
    if isinstance(chart, ReportLine):
        return draw_line(chart, source=source)
    if isinstance(chart, ReportGrid):
        return draw_grid(chart, source=source)
    return draw_dots(chart, source=source)
