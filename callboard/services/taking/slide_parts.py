"""What slides are made of: titles, words and tables of our own size, nothing that overflows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.table import Table
from pptx.text.text import TextFrame
from pptx.util import Inches, Length, Pt

from callboard.drawing import inks
from callboard.views import ReportTable
from callboard.views.report import Cell

SLIDE_WIDTH, SLIDE_HEIGHT = Inches(13.333), Inches(7.5)
FONT = "Calibri"
LONGEST_CELL = 120
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff￾￿]")
_SHARES = (2.2, 1.8, 1.8, 1.4, 4.9)
_SIZES = ((80, 26), (120, 20), (1_000, 18))  # points of a title that is so long at the most


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A place on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def sides(self) -> tuple[Length, Length, Length, Length]:
        """Left, top, width and height as slides have them."""
        left, top, width, height = self.left, self.top, self.width, self.height
        return Inches(left), Inches(top), Inches(width), Inches(height)


def plain(text: str) -> str:
    """Return a text that a slide can hold."""
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text)


def cut(text: str, longest: int) -> str:
    """Return a text of at most so many characters, with a sign where something is left out."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def cut_at_sentence(text: str, longest: int) -> str:
    """Return the whole sentences of a text that have room, or its beginning if none has."""
    if len(text) <= longest:
        return text
    end = max(text.rfind(". ", 0, longest), text.rfind("; ", 0, longest))
    return cut(text, longest) if end < longest // 3 else f"{text[:end]}."


def colour(ink: str) -> RGBColor:
    """Return one of our inks as slides have it."""
    return RGBColor.from_string(ink.removeprefix("#").upper())


def describe(frame: GraphicFrame, told: str) -> None:
    """Give a chart or a table the alternative text that is read out, and a name like it."""
    frame.name = plain(cut(told, 250))
    # python-pptx has no attribute for it
    frame._element.nvGraphicFramePr.cNvPr.set("descr", plain(told))


def keep_title(slide: Slide, text: str) -> None:
    """Write the title of a slide where ours stand."""
    title = slide.shapes.title
    assert title is not None
    title.left, title.top, title.width, title.height = Box(
        left=0.6, top=0.3, width=12.1, height=0.9
    ).sides
    title.text_frame.word_wrap = True
    title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    size = next(points for longest, points in _SIZES if len(text) <= longest)
    told = plain(text).replace(" %", "\N{NO-BREAK SPACE}%")
    _write(title.text_frame, [told], size=size, ink=inks.TEXT)


def add_words(slide: Slide, lines: Sequence[str], box: Box, *, size: int) -> None:
    """Put lines of text on a slide; small ones are pale."""
    frame = slide.shapes.add_textbox(*box.sides).text_frame
    frame.word_wrap = True
    ink = inks.MUTED if size <= 12 else inks.TEXT
    _write(frame, [plain(cut(each, 400)) for each in lines], size=size, ink=ink)


def _write(frame: TextFrame, lines: Sequence[str], *, size: int, ink: str) -> None:
    for place, text in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.name = Pt(size), FONT
        run.font.color.rgb = colour(ink)
        paragraph.space_after = Pt(size / 3)


def add_table(slide: Slide, table: ReportTable, box: Box) -> None:
    """Put a table on a slide: its title in the corner of the heading, long cells cut."""
    left, top, width, height = box.sides
    rows, columns = len(table.rows) + 1, len(table.columns)
    made = slide.shapes.add_table(rows, columns, left, top, width, min(height, Inches(0.42 * rows)))
    describe(made, table.title)
    _size_columns(made.table, box.width)
    for place, column in enumerate(table.columns):
        _put(made.table, (0, place), column.title, is_head=True)
    for row, values in enumerate(table.rows, start=1):
        for place, value in enumerate(values):
            _put(made.table, (row, place), cut(_told(value), LONGEST_CELL))


def _size_columns(table: Table, width: float) -> None:
    shares = _SHARES if len(table.columns) == len(_SHARES) else (1,) * len(table.columns)
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Inches(width * share / sum(shares))


def _put(table: Table, at: tuple[int, int], text: str, *, is_head: bool = False) -> None:
    cell = table.cell(*at)
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    cell.fill.solid()
    cell.fill.fore_color.rgb = colour("#e9ebee" if is_head else "#ffffff")
    _write(cell.text_frame, [plain(text)], size=11, ink=inks.MUTED if is_head else inks.TEXT)


def _told(value: Cell) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else str(value)
