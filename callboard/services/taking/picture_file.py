"""The charts of a view as pictures of their own that scale, each with its stamp at the foot."""

import io
import re
from collections.abc import Iterator
from zipfile import ZIP_DEFLATED, ZipFile

from callboard.drawing.pictures import draw_chart
from callboard.errors import CallboardError
from callboard.services.taking.stamping import stamp_line, stamp_of
from callboard.views import Report

_LONGEST, _LONGEST_NAME = 150, 80


def write_pictures(report: Report) -> bytes:
    """Return every chart as SVG in one ZIP, in their order; CallboardError where none is drawn."""
    target, number = io.BytesIO(), 0
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for number, (title, picture) in enumerate(_pictures(report), start=1):
            archive.writestr(f"{number:02d}-{_plain(title)}.svg", picture)
    if not number:
        raise CallboardError(f"{report.title}: found no chart; expected one to draw.")
    return target.getvalue()


def _pictures(report: Report) -> Iterator[tuple[str, str]]:
    for chapter in report.chapters:
        for section in chapter.sections:
            if section.chart is not None:
                line = stamp_line(stamp_of(chapter.stamp, section))
                told = line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
                yield section.title, str(draw_chart(section.chart, source=told))


def _plain(title: str) -> str:
    """A title as a name that every system takes."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:_LONGEST_NAME] or "chart"
