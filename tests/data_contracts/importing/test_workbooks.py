"""Workbooks: cells as they are shown, one sheet chosen, and what is not safe to open refused."""

import datetime as dt
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from data_contracts.findings import RowVerdict
from data_contracts.parsing import Limits, TextTable
from tests.data_contracts.benchmarks.files import row
from tests.data_contracts.benchmarks.shapes import workbook_bytes
from tests.data_contracts.importing.reading_files import looked, proposed, told, why
from tests.data_contracts.importing.workbook_files import by_hand, written, zipped

NAME = "benchmarks.xlsx"
HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is></c></row>'


def _cell(value, code: str = "General") -> str:
    """A value in the first column below a header, as it is read."""
    content = written(("a", "b"), (value, "x"), formats={"A2": code})
    return told(looked(content, name=NAME, header_line=1))[0][1]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.82, "0%", "82%"),
        (0.825, "0%", "82.5%"),
        (0.57, "0.0%", "57%"),
        (0.1 + 0.2, "General", "0.3"),
        (82, "0.00", "82"),
        (82, '0"%"', "82%"),
        (1234567.5, "#,##0.00", "1234567.5"),
        (1.234, "General", "1.2340"),
        (15.56, '"$"#,##0.00', "$15.56"),
        (15.56, "[$€-407] #,##0.00", "€15.56"),
        (28, '0" sec"', "28 sec"),
        (7, "000", "007"),
        (12_000_000, '#,##0,,"M"', "12000000"),
        (1e-7, "General", "0.0000001"),
        (True, "General", "TRUE"),
        ("#DIV/0!", "General", "#DIV/0!"),
        (dt.date(2026, 3, 31), "dd/mm/yyyy", "2026-03-31"),
        (dt.datetime.fromisoformat("2026-03-31 14:30"), "yyyy-mm-dd hh:mm", "2026-03-31T14:30:00"),
        (dt.date(2026, 3, 1), "mmm yyyy", "2026-03"),
        (dt.date(2026, 1, 1), "yyyy", "2026"),
        (dt.time(0, 0, 28), "h:mm:ss", "00:00:28"),
        (dt.timedelta(hours=27, seconds=5), "[h]:mm:ss", "27:00:05"),
        ("007", "General", "007"),
        ("87,5", "General", "87,5"),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_it_is_shown(value, code: str, shown: str) -> None:
    assert shown == _cell(value, code)


def test_numbers_strings_errors_and_formulas_written_by_hand_are_read() -> None:
    rows = (
        HEAD
        + '<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" s="1"><v>0.82</v></c></row>'
        + '<row r="4"><c r="A4" t="inlineStr"><is><t>in</t><t>line</t></is></c><c r="B4"><v>1E2</v></c></row>'
        + '<row r="6"><c r="A6" t="e"><v>#N/A</v></c><c r="B6" t="b"><v>0</v></c></row>'
        + '<row><c t="str"><f>A1&amp;B1</f><v>kept</v></c><c><f>SUM(B1:B3)</f></c></row>'
    )
    parts = by_hand(rows, strings=("<r><t>Al</t></r><r><t>der</t></r>",), formats=("0.0%",))
    read = looked(zipped(parts), name=NAME, header_line=1)
    assert [
        (3, "Alder", "82%"),
        (4, "inline", "100"),
        (6, "#N/A", "FALSE"),
        (7, "kept", "=SUM(B1:B3)"),
    ] == told(read)


def test_how_a_word_is_pronounced_is_no_part_of_it() -> None:
    rows = (
        HEAD
        + '<row r="2"><c r="A2" t="inlineStr"><is><t>東</t><rPh><t>ヒガシ</t></rPh></is></c></row>'
    )
    assert [(2, "東", "")] == told(looked(zipped(by_hand(rows)), name=NAME, header_line=1))


def test_a_canonical_sheet_is_read_without_an_answer() -> None:
    good = row()
    read = looked(written(tuple(good), tuple(good.values())), name=NAME)
    assert [(2, *good.values())] == told(read)
    assert ("xlsx", "Data", 1) == (read.reading.kind, read.reading.sheet, read.header_line)


def test_a_title_above_the_header_of_a_sheet_is_refused_and_proposed() -> None:
    good = row()
    content = written(("Title",), (), tuple(good), tuple(good.values()), ("Source: them",))
    refused = looked(content, name=NAME)
    assert ("file_header", "a title above the table: 'Title'") == why(refused)
    assert ("Title",) == refused.reading.sample[0]
    proposal = proposed(content, name=NAME)
    assert (3, 1) == (proposal.answer.header_line, proposal.answer.skip_below)


def _two_sheets() -> bytes:
    book = Workbook()
    for name, cell in (("Notes", "Read me"), ("Data", "a")):
        book.create_sheet(name).append([cell, "b"])
    book["Data"].append([1, 2])
    book.create_sheet("Hidden").append(["x", "y"])
    book["Hidden"].sheet_state = "hidden"
    return workbook_bytes(book["Data"])


def test_several_sheets_with_cells_are_asked_about() -> None:
    refused = looked(_two_sheets(), name=NAME)
    assert ("file_kind", "2 sheets with cells") == why(refused)
    assert ("Notes", "Data") == refused.reading.sheets


def test_the_sheet_that_was_answered_is_read() -> None:
    read = looked(_two_sheets(), name=NAME, sheet="data", header_line=1)
    assert [(2, "1", "2")] == told(read)


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are() -> None:
    refused = looked(_two_sheets(), name=NAME, sheet="Prices")
    assert "no sheet 'Prices'" == refused.findings[0].found
    assert "Notes, Data" in refused.findings[0].expected


def test_empty_rows_and_columns_around_a_table_are_dropped() -> None:
    content = written(("a", "b", None), (None,), ("1", "2", None), (None, None, " "))
    read = looked(content, name=NAME, header_line=1)
    assert (("a", "b"), [(3, "1", "2")]) == (read.headers, told(read))


def test_a_value_right_of_the_header_is_kept_beside_its_row() -> None:
    read = looked(written(("a", "b"), (1, 2, 3)), name=NAME, header_line=1)
    assert {2: ("3",)} == read.surplus


def test_merged_cells_name_their_own_columns_only() -> None:
    sheet = Workbook().active
    for cells in (("", "Alder", "", ""), ("Year", "CSAT", "NPS", "Note"), (2024, 1, 2, "x")):
        sheet.append([each or None for each in cells])
    sheet.merge_cells("B1:C1")
    read = looked(workbook_bytes(sheet), name=NAME, header_line=1, header_rows=2)
    assert ("Year", "Alder › CSAT", "Alder › NPS", "Note") == read.headers


@pytest.mark.parametrize("name", ["file.csv", "", "file.zip"])
def test_a_workbook_by_another_name_is_refused(name: str) -> None:
    found = "an Excel workbook or a zip archive"
    assert ("file_kind", found) == why(looked(written(("a",)), name=name))


def test_text_that_is_called_a_workbook_is_read_as_text() -> None:
    assert [(2, "1", "2")] == told(looked("a,b\n1,2\n", name=NAME, header_line=1))


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a workbook behind a password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "an old Excel workbook"),
        (b"PK\x03\x04" + b"0" * 50, "a workbook that cannot be read (BadZipFile)"),
        (zipped({"xl/workbook.bin": b"x"}), "a binary workbook"),
        (zipped({"a.txt": b"x"}), "a workbook that cannot be read (KeyError)"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_refused_by_what_it_is(content: bytes, found: str) -> None:
    assert found == why(looked(content, name=NAME))[1]


def test_a_part_that_unpacks_to_very_much_is_refused_before_it_is_unpacked() -> None:
    parts = by_hand(HEAD)
    parts["xl/worksheets/sheet1.xml"] += " " * 50_000_000
    reason, found = why(looked(zipped(parts), name=NAME))
    assert ("file_too_big", True) == (reason, "200 times as large" in found)


def test_a_document_type_of_its_own_refuses_a_workbook() -> None:
    parts = by_hand(HEAD)
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    parts["xl/sharedStrings.xml"] = bomb + parts["xl/sharedStrings.xml"]
    assert ("file_broken", "a document type declared in xl/sharedStrings.xml") == why(
        looked(zipped(parts), name=NAME)
    )


def test_macros_are_not_looked_at() -> None:
    parts = by_hand(HEAD + '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c></row>')
    parts["xl/vbaProject.bin"] = b"\0macro"
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    assert [(2, "1", "2")] == told(looked(zipped(parts), name="file.xlsm", header_line=1))


@pytest.mark.parametrize(
    ("limits", "found"),
    [
        (Limits(size=100), "0.0 MB"),
        (Limits(rows=1), "2 rows"),
        (Limits(columns=1), "2 columns"),
    ],
)
def test_a_sheet_beyond_the_limits_is_refused(limits: Limits, found: str) -> None:
    content = written(("a", "b"), (1, 2), (3, 4))
    assert ("file_too_big", found) == why(looked(content, name=NAME, header_line=1, limits=limits))


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"/><row r="2"/>',
        '<row r="9999999"><c r="A9999999"><v>1</v></c></row>',
        '<row r="2"><c r="a2"><v>1</v></c></row>',
        '<row r="2"><c r="A2" t="s"><v>99</v></c></row>',
        '<row r="2"><c r="A2" t="s"><v>-1</v></c></row>',
        '<row r="2"><c r="A2"><v>1</v>',
    ],
)
def test_a_sheet_that_contradicts_itself_is_refused(rows: str) -> None:
    assert "file_broken" == why(looked(zipped(by_hand(HEAD + rows)), name=NAME, header_line=1))[0]


_GOOD = {
    name: part.encode()
    for name, part in by_hand(
        HEAD + '<row r="2"><c r="A2" s="1"><v>0.5</v></c></row>', formats=("0%",)
    ).items()
}
_WHOLE = written(("a", "b"), (0.5, dt.date(2026, 1, 1)), formats={"A2": "0%"})


@given(
    st.sampled_from(sorted(_GOOD)),
    st.integers(0, 600),
    st.one_of(st.binary(max_size=6), st.sampled_from([b"<c/>", b"-1", b"9" * 30, b'"', b">"])),
    st.integers(0, 12),
)
@settings(max_examples=150)
def test_any_damage_to_a_part_gives_rows_or_a_refusal(name, at, put, drop) -> None:
    part = _GOOD[name]
    damaged = part[:at] + put + part[at + drop :]
    read = looked(zipped({**_GOOD, name: damaged}), name=NAME, header_line=1)
    assert isinstance(read, TextTable) or read.findings[0].verdict is RowVerdict.REFUSE


@given(st.integers(0, len(_WHOLE)), st.binary(max_size=8), st.integers(0, 40))
@settings(max_examples=150)
def test_any_damage_to_the_archive_gives_rows_or_a_refusal(at, put, drop) -> None:
    read = looked(_WHOLE[:at] + put + _WHOLE[at + drop :], name=NAME, header_line=1)
    assert isinstance(read, TextTable) or read.findings[0].verdict is RowVerdict.REFUSE


@given(
    st.dictionaries(st.sampled_from([*_GOOD, "xl/media/a.png"]), st.binary(max_size=80), max_size=6)
)
@settings(max_examples=100)
def test_any_archive_gives_rows_or_a_refusal(parts) -> None:
    read = looked(zipped(parts), name=NAME)
    assert isinstance(read, TextTable) or read.findings[0].verdict is RowVerdict.REFUSE


def test_a_part_behind_a_password_is_refused() -> None:
    content = bytearray(zipped(by_hand(HEAD)))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(sign)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(sign, at + 4)
    assert zipfile.ZipFile(io.BytesIO(content)).infolist()[0].flag_bits & 1
    assert ("file_kind", "a workbook behind a password") == why(looked(bytes(content), name=NAME))
