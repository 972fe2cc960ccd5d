"""A workbook: numbers that count, text that never runs, a sheet that says what it is."""

import io
from datetime import UTC, datetime

import pytest
from openpyxl import Workbook, load_workbook

from callboard.services.taking.excel_file import write_excel
from tests.sample_reports import EVIL, report


@pytest.fixture(scope="module")
def book() -> Workbook:
    return load_workbook(io.BytesIO(write_excel(report())))


def test_the_first_sheet_says_what_it_is(book: Workbook) -> None:
    told = {row[0]: row[1] for row in book.worksheets[0].iter_rows(values_only=True)}
    assert "About" == book.sheetnames[0]
    assert ("Small Stores", "Sun 8 Nov 2026") == (told["Workspace"], told["Complete to"])
    assert "12, Mon 9 Nov 2026, 02:10" == told["Publication"]
    assert "Stale. Last good Sun 8 Nov." == told["Feed: Deliveries"]
    assert "One." == told["Left out"]


def test_each_table_has_a_sheet_under_a_name_that_excel_takes(book: Workbook) -> None:
    assert len(book.sheetnames) == len({each.casefold() for each in book.sheetnames})
    assert all(len(each) <= 31 and not set("[]:*?/\\") & set(each) for each in book.sheetnames)
    named = [each for each in book.sheetnames if each.startswith("On-time delivery")]
    assert ["On-time delivery  what is  it", "On-time delivery  what is (2)"] == named


def test_numbers_are_numbers_in_the_format_of_their_column(book: Workbook) -> None:
    sheet = book.worksheets[1]
    assert (94.0, "#,##0.0", "n") == (
        sheet["B2"].value,
        sheet["B2"].number_format,
        sheet["B2"].data_type,
    )
    assert (datetime(2026, 11, 5, tzinfo=UTC).replace(tzinfo=None), "yyyy-mm-dd") == (
        sheet["C2"].value,
        sheet["C2"].number_format,
    )
    assert (94.0001, -3) == (sheet["D2"].value, sheet["D3"].value)
    assert sheet["B3"].value is None


@pytest.mark.parametrize("place", range(len(EVIL)))
def test_a_text_is_never_a_formula(place: int, book: Workbook) -> None:
    cell = book.worksheets[1].cell(row=3 + place, column=1)
    assert "f" != cell.data_type
    assert EVIL[place].replace("\x00", "\N{REPLACEMENT CHARACTER}") == cell.value
    is_risky = EVIL[place].startswith(("=", "+", "-", "@", "\t"))
    assert is_risky == bool(cell.quotePrefix)


def test_a_sheet_keeps_its_heading_in_sight_and_its_stamp_below(book: Workbook) -> None:
    sheet = book.worksheets[1]
    assert "B2" == sheet.freeze_panes
    assert sheet["A1"].font.bold
    assert "publication 12" in str(sheet.cell(row=sheet.max_row, column=1).value)
    foot = str(sheet.cell(row=sheet.max_row, column=1).value)
    assert foot.endswith("data behind it: 1 stale · 1 published value of grade B")
    assert sheet.column_dimensions["A"].width > 10


def test_sources_have_a_sheet_with_grade_and_count(book: Workbook) -> None:
    sheet = next(each for each in book.worksheets if each.title.startswith("Sources"))
    assert ("B", "1,200 orders", "Delivery Watch") == (
        sheet["C2"].value,
        sheet["D2"].value,
        sheet["G2"].value,
    )
