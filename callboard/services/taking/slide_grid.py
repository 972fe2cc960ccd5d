"""A grid on a slide: a table of the slide's own whose places have the shades of the picture."""

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.slide import Slide
from pptx.table import _Cell
from pptx.util import Inches, Pt

from callboard.drawing import inks
from callboard.drawing.grid_picture import shade_of, words_on
from callboard.services.taking.slide_parts import FONT, Box, colour, describe, plain
from callboard.views.report import ReportGrid

_NAMES = 0.7  # inches for the names of the rows


def add_grid(slide: Slide, view: ReportGrid, box: Box) -> None:
    """Put a grid on a slide; its sentence is the shape's name and alternative text."""
    rows, columns = len(view.rows) + 1, len(view.columns) + 1
    frame = slide.shapes.add_table(rows, columns, *box.sides)
    describe(frame, view.alt)
    table = frame.table
    table.first_row = table.horz_banding = False
    table.columns[0].width = Inches(_NAMES)
    for column in range(1, columns):
        table.columns[column].width = Inches((box.width - _NAMES) / (columns - 1))
    for place, name in enumerate(("", *view.columns)):
        _put(table.cell(0, place), name, ink=inks.MUTED)
    for row, (name, shades) in enumerate(zip(view.rows, view.shades, strict=True), start=1):
        _put(table.cell(row, 0), name, ink=inks.MUTED)
        for column, shade in enumerate(shades, start=1):
            depth, sign = (shade.depth, shade.sign) if shade else (0.0, "")
            fill = shade_of(depth) if shade else inks.PAPER
            _put(table.cell(row, column), sign, ink=words_on(depth), fill=fill)


def _put(cell: _Cell, text: str, *, ink: str, fill: str = inks.PAPER) -> None:
    cell.margin_left = cell.margin_right = cell.margin_top = cell.margin_bottom = 0
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.fill.solid()
    cell.fill.fore_color.rgb = colour(fill)
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.CENTER
    run = paragraph.add_run()
    run.text = plain(text)
    run.font.size, run.font.name = Pt(11), FONT
    run.font.color.rgb = colour(ink)
