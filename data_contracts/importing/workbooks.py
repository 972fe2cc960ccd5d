"""A workbook and what a person said of it -> the rows of one sheet, or a refusal."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from data_contracts.findings import Finding, Reason
from data_contracts.importing.answers import ReadingAnswer
from data_contracts.parsing.header_rows import join_headers
from data_contracts.parsing.layout import best_header, header_trouble
from data_contracts.parsing.limits import Limits
from data_contracts.parsing.read import too_big
from data_contracts.parsing.reading import SAMPLE_ROWS, Reading
from data_contracts.parsing.sampling import lines_shown, shown
from data_contracts.parsing.split import rows_of
from data_contracts.parsing.table import Refused, TextTable, refusal
from data_contracts.parsing.workbook import Workbook, is_workbook, open_workbook
from data_contracts.parsing.workbook_cells import Sheet, has_cells, read_sheet

__all__ = ["chosen_sheet", "is_workbook", "look_at_workbook"]
_LOOKED_AT = 30
Row = tuple[int, list[str]]


def look_at_workbook(
    content: bytes, answer: ReadingAnswer, *, known: Mapping[str, str], limits: Limits
) -> TextTable | Refused:
    """Return the rows of the sheet that was chosen, or of the only one with cells."""
    found = chosen_sheet(content, answer.sheet, limits)
    if isinstance(found, Refused):
        return found
    sheet, reading = found
    header = _header(sheet, answer, known)
    if isinstance(header, Finding):
        return Refused(findings=(header,), reading=reading)
    below = [row for row in sheet.rows if row[0] >= header.line + header.rows]
    cut = min(answer.skip_below, len(below))
    reading = replace(
        reading,
        header_line=header.line,
        header_rows=header.rows,
        skipped_above=_told([row for row in sheet.rows if row[0] < header.line]),
        skipped_below=_told(below[len(below) - cut :]),
    )
    return _table(header, below[: len(below) - cut], reading, limits)


def chosen_sheet(content: bytes, name: str, limits: Limits) -> tuple[Sheet, Reading] | Refused:
    """Return the sheet of a workbook that `name` says, or the only one with cells, as it came."""
    if len(content) > limits.size:
        return Refused(findings=(too_big(f"{len(content) / 1e6:,.1f} MB", limits),))
    book = open_workbook(content, limits)
    if isinstance(book, Finding):
        return Refused(findings=(book,))
    sheets = tuple(each for each, part in book.parts.items() if has_cells(book, part))
    reading = Reading(kind="xlsx", encoding="", delimiter="", header_line=0, sheets=sheets)
    chosen = _choose(sheets, name)
    if isinstance(chosen, Finding):
        return Refused(findings=(chosen,), reading=reading)
    return _read(book, chosen, reading, limits)


def _choose(sheets: tuple[str, ...], name: str) -> str | Finding:
    wanted = name.strip().casefold()
    chosen = [each for each in sheets if not wanted or each.strip().casefold() == wanted]
    if len(chosen) == 1:
        return chosen[0]
    if not sheets:
        return refusal(Reason.FILE_EMPTY, "a workbook without a filled cell", "a sheet with rows")
    found = f"no sheet {name!r}" if name else f"{len(sheets)} sheets with cells"
    return refusal(
        Reason.FILE_KIND,
        found,
        f"one sheet chosen of {', '.join(sheets)}",
        advice="Choose the sheet that holds the rows.",
    )


def _read(
    book: Workbook, name: str, reading: Reading, limits: Limits
) -> tuple[Sheet, Reading] | Refused:
    sheet = read_sheet(book, book.parts[name], limits)
    if isinstance(sheet, Finding):
        return Refused(findings=(sheet,), reading=replace(reading, sheet=name))
    first = sheet.rows[:SAMPLE_ROWS]
    return sheet, replace(
        reading,
        sheet=name,
        line_count=sheet.rows[-1][0],
        sample=tuple(shown(cells) for _, cells in first),
        sample_lines=tuple(line for line, _ in first),
    )


class _Header:
    """The headers of a sheet, the row they begin on and how many rows they take."""

    def __init__(self, line: int, rows: int, headers: Sequence[str]) -> None:
        self.line, self.rows, self.headers = line, rows, tuple(headers)


def _header(sheet: Sheet, answer: ReadingAnswer, known: Mapping[str, str]) -> _Header | Finding:
    if not answer.header_line and answer.header_rows < 2:
        best = best_header(sheet.rows[:_LOOKED_AT], known)
        wrong = header_trouble(best, " ".join(sheet.rows[0][1]), known)
        return wrong if wrong is not None else _Header(best.line, 1, best.headers)
    line, rows = max(answer.header_line, 1), max(answer.header_rows, 1)
    cells = dict(sheet.rows)
    if line not in cells and line + rows - 1 not in cells:
        found = f"no header on row {line:,}"
        return refusal(Reason.FILE_HEADER, found, "the names of the columns", row=line)
    merged = [(left, right) for top, left, _, right in sheet.merged if top == line]
    parts = [cells.get(line + at, []) for at in range(rows)]
    return _Header(line, rows, join_headers(parts, merged if sheet.merged else None))


def _told(rows: Sequence[Row]) -> tuple[str, ...]:
    return lines_shown([" ".join(filter(None, cells)) for _, cells in rows])


def _table(
    header: _Header, below: Sequence[Row], reading: Reading, limits: Limits
) -> TextTable | Refused:
    if not below:
        finding = refusal(Reason.FILE_NO_ROWS, "a header and no rows", "at least one row")
        return Refused(findings=(finding,), reading=reading)
    if len(below) > limits.rows:
        finding = refusal(Reason.FILE_TOO_BIG, f"{len(below):,} rows", f"at most {limits.rows:,}")
        return Refused(findings=(finding,), reading=reading)
    width = len(header.headers)
    padded = [[*cells, *[""] * (width - len(cells))] for _, cells in below]
    rows = rows_of(padded, [line for line, _ in below], width)
    return TextTable(
        headers=header.headers,
        header_line=header.line,
        cells=rows.cells,
        lines=rows.lines,
        encoding="",
        delimiter="",
        surplus=rows.surplus,
        reading=reading,
    )
