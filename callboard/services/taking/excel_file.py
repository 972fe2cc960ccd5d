"""A report as a workbook: the first sheet says what it is, then one sheet a table.

Numbers are numbers and days are days; text is text, whatever it begins with.
"""

import io
import re
from collections.abc import Iterator
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from callboard.services.taking.peer_sections import source_table
from callboard.services.taking.stamping import stamp_facts, stamp_line, stamp_of
from callboard.views import Chapter, Report, ReportColumn, ReportTable, Stamp
from callboard.views.report import Cell

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff￾￿]")
_BARRED = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
_LONGEST_NAME, _LONGEST_TEXT = 31, 32_000
_NARROW, _WIDE = 9, 60


def write_excel(report: Report) -> bytes:
    """Return the workbook."""
    book = Workbook()
    names: set[str] = set()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = _unique("About", names)
    _write_about(first, report)
    for chapter in report.chapters:
        for table, stamp in _tables(chapter):
            _write_table(book.create_sheet(_unique(table.title, names)), table, stamp)
    book.properties.creator, book.properties.title = "Callboard", _UNSEEN.sub("", report.title)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _tables(chapter: Chapter) -> Iterator[tuple[ReportTable, Stamp]]:
    """Each table with the stamp of what it tells of."""
    stamp = chapter.stamp
    for section in chapter.sections:
        for table in section.tables:
            yield table, stamp_of(stamp, section)
    if stamp.sources:
        yield source_table(f"Sources, {chapter.title}", stamp.sources), stamp


def _write_about(sheet: Worksheet, report: Report) -> None:
    """What each view is, with its sentence; the state of the data beside it."""
    rows: list[tuple[str, ...]] = [("Report", report.title)]
    for each in report.left_out:
        rows.append(("Left out", each))
    for chapter in report.chapters:
        rows += [(), (chapter.title, chapter.headline), *stamp_facts(chapter.stamp)]
        rows += [
            (f"Feed: {each.name}", f"{each.badge}. {each.sentence}") for each in chapter.stamp.feeds
        ]
        rows += [
            (section.title, " ".join((section.verdict, *section.told, *section.why)).strip())
            for section in chapter.sections
            if section.verdict or section.told or section.why
        ]
    for row, cells in enumerate(rows, start=1):
        for column, text in enumerate(cells, start=1):
            _put(sheet.cell(row=row, column=column), text)
            sheet.cell(row=row, column=column).alignment = _WRAPPED
        if cells:
            sheet.cell(row=row, column=1).font = _BOLD
    sheet.column_dimensions["A"].width = 30
    sheet.column_dimensions["B"].width = 100


def _write_table(sheet: Worksheet, table: ReportTable, of: Stamp) -> None:
    """The stamp in a line stands below the table, so that the first row is the heading."""
    for place, column in enumerate(table.columns, start=1):
        cell = sheet.cell(row=1, column=place)
        _put(cell, column.title)
        cell.font, cell.alignment = _BOLD, _WRAPPED
        sheet.column_dimensions[get_column_letter(place)].width = _width(table, place - 1)
    for row, values in enumerate(table.rows, start=2):
        for place, (column, value) in enumerate(zip(table.columns, values, strict=True), start=1):
            _put(sheet.cell(row=row, column=place), value, decimals=column.decimals)
    sheet.freeze_panes = "B2"
    stamp = sheet.cell(row=len(table.rows) + 3, column=1)
    _put(stamp, stamp_line(of))
    stamp.font = _SMALL


_BOLD, _SMALL = Font(bold=True), Font(italic=True, color="00666666")
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def _put(cell: SheetCell, value: Cell, *, decimals: int | None = None) -> None:
    """Put a value in; a text that begins like a formula stays the text it is."""
    if isinstance(value, str):
        text = _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", value)[:_LONGEST_TEXT]
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = text.lstrip(" ").startswith(_FORMULA_STARTS)
        return
    cell.value = value
    if isinstance(value, datetime):
        cell.number_format = "yyyy-mm-dd hh:mm:ss"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    elif value is not None and decimals is not None:
        cell.number_format = f"#,##0.{'0' * decimals}" if decimals else "#,##0"


def _width(table: ReportTable, place: int) -> float:
    column = table.columns[place]
    told = [_told(row[place], column) for row in table.rows[:200]]
    return min(max([_NARROW, len(column.title) // 2 + 4, *map(len, told)]) + 2, _WIDE)


def _told(value: Cell, column: ReportColumn) -> str:
    if isinstance(value, float):
        return f"{value:,.{column.decimals if column.decimals is not None else 4}f}"
    return "" if value is None else str(value)


def _unique(title: str, taken: set[str]) -> str:
    """A sheet's name that Excel takes: short, plain, and unlike the others."""
    plain = _UNSEEN.sub("", _BARRED.sub(" ", title)).strip(" '") or "Table"
    name, number = plain[:_LONGEST_NAME].rstrip(" '"), 1
    while name.casefold() in taken:
        number += 1
        ending = f" ({number})"
        name = plain[: _LONGEST_NAME - len(ending)].rstrip(" '") + ending
    taken.add(name.casefold())
    return name
