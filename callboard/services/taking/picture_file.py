"""The chart of a view as a picture of its own that scales, with its stamp at the foot."""

from callboard.drawing.pictures import draw_chart
from callboard.errors import CallboardError
from callboard.services.taking.stamping import stamp_line
from callboard.views import Report

_LONGEST = 150


def write_picture(report: Report) -> bytes:
    """Return the first chart as SVG; CallboardError where there is none to draw."""
    for chapter in report.chapters:
        for section in chapter.sections:
            if section.chart is not None:
                line = stamp_line(chapter.stamp)
                told = line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
                return str(draw_chart(section.chart, source=told)).encode("utf-8")
    raise CallboardError(f"{report.title}: found no chart; expected one to draw.")
