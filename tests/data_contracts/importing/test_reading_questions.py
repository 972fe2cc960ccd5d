"""What a reading asks: the sheet of a workbook, the encoding of a file that does not say it."""

from openpyxl import Workbook

from data_contracts.importing.reading_questions import ask_of_reading
from tests.data_contracts.benchmarks.files import row, table
from tests.data_contracts.benchmarks.shapes import workbook_bytes
from tests.data_contracts.importing.reading_files import looked

CP1252 = table(row(entity="Zürich")).encode("cp1252")


def test_the_sheet_is_asked_for_where_several_have_cells() -> None:
    book = Workbook()
    for name in ("Desk", "Phone"):
        book.create_sheet(name).append([name])
    refused = looked(workbook_bytes(book["Desk"]), name="a.xlsx")
    (asked,) = ask_of_reading(refused.reading)
    assert ("sheet", (("Desk", "Desk"), ("Phone", "Phone"))) == (asked.question, asked.options)


def test_a_guessed_encoding_is_asked_about_with_both_readings() -> None:
    (asked,) = ask_of_reading(looked(CP1252).reading)
    assert "Zürich" in asked.samples[0][1]
    assert "Z\u00b8rich" in asked.samples[0][2]
    assert ("Windows-1252", "Mac Roman") == tuple(value for value, _ in asked.options)[:2]


def test_nothing_is_asked_of_what_was_answered_or_approved_or_is_sure() -> None:
    assert () == ask_of_reading(looked(CP1252, encoding="Windows-1252").reading)
    assert () == ask_of_reading(looked(CP1252).reading, frozenset({"encoding"}))
    assert () == ask_of_reading(looked(table(row())).reading)
    assert () == ask_of_reading(None)
