"""The edge-case pack, files: what becomes of odd files when nobody is there to ask."""

import gzip
import json

import pytest

from data_contracts.importing.answers import Answers, ReadingAnswer
from data_contracts.parsing import Limits
from tests.data_contracts.benchmarks.files import counts, judge, reasons, row, table

ONE = table(row(entity="Café Post"))


def _refused(report) -> bool:
    return bool(report.refusals) and counts(report) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("utf-32", "UTF-32")],
)
def test_marked_unicode_is_published(codec: str, encoding: str) -> None:
    report = judge(ONE.encode(codec))
    assert (encoding, (1, 1, 0, 0)) == (report.encoding, counts(report))


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_unmarked_utf16_is_seen_by_its_zeros_and_noted(codec: str) -> None:
    report = judge(ONE.encode(codec))
    assert ("UTF-16", 1, ["encoding"]) == (report.encoding, report.published, reasons(report, 0))


@pytest.mark.parametrize(("codec", "noted"), [("utf-8-sig", []), ("utf-16", ["encoding"])])
def test_a_rare_encoding_is_noted(codec: str, noted: list[str]) -> None:
    assert noted == reasons(judge(ONE.encode(codec)))


def test_letters_in_a_guessed_encoding_keep_their_rows_out_and_no_others() -> None:
    report = judge(table(row(entity="Café Post"), row()).encode("cp1252"))
    assert ("Windows-1252", (2, 1, 1, 0)) == (report.encoding, counts(report))
    assert ["encoding"] == reasons(report, 2)
    assert "Café Post" in report.findings[0].found


@pytest.mark.parametrize(
    "answers",
    [
        Answers(confirmed=frozenset(("encoding",))),
        Answers(reading=ReadingAnswer(encoding="Windows-1252")),
    ],
)
def test_letters_in_a_confirmed_encoding_are_published(answers: Answers) -> None:
    report = judge(ONE.encode("cp1252"), answers=answers)
    assert ["Café Post"] == list(report.rows["entity"])


def test_two_encodings_in_one_file_refuse_it_with_the_line() -> None:
    content = ONE.encode() + "abandon,Café".encode("cp1252")
    report = judge(content)
    assert ["file_broken"] == reasons(report)
    assert 3 == report.refusals[0].row


@pytest.mark.parametrize(("delimiter", "word"), [(";", ";"), ("\t", "\t"), ("|", "|"), (",", ",")])
def test_the_delimiter_that_fits_the_contract_is_taken(delimiter: str, word: str) -> None:
    report = judge(table(row(), delimiter=delimiter))
    assert (word, 1) == (report.delimiter, report.published)


def test_excels_sep_line_is_obeyed() -> None:
    report = judge("sep=;\n" + table(row(unit=""), row(), delimiter=";"))
    assert (";", 1) == (report.delimiter, report.published)
    assert ["missing"] == reasons(report, 3)


def test_quoted_commas_newlines_and_quotes_belong_to_their_cell() -> None:
    report = judge(table(row(note='one, "two"\nthree'), row(entity="Birch Mail", unit="")))
    assert ['one, "two"\nthree'] == list(report.rows["note"])
    assert ["missing"] == reasons(report, 4)


def test_an_unclosed_quote_refuses_the_file_with_its_line() -> None:
    report = judge(table(row()) + 'abandon,"Birch Mail,value,3\n' + "a,b\n" * 3)
    assert _refused(report)
    assert (3, "file_broken") == (report.refusals[0].row, reasons(report)[0])


def test_a_short_row_is_quarantined_and_the_others_published() -> None:
    report = judge(table(row()) + "abandon,Birch Mail,value\n")
    assert ((2, 1, 1, 0), ["ragged"]) == (counts(report), reasons(report, 3))


def test_a_long_row_is_quarantined_and_the_others_published() -> None:
    long = table(row(entity="Birch Mail")).splitlines()[1] + ",more\n"
    report = judge(table(row()) + long)
    assert ((2, 1, 1, 0), ["ragged"]) == (counts(report), reasons(report, 3))
    assert "more" in json.loads(report.raw[3]).values()


@pytest.mark.parametrize("again", ["value", "VALUE", " Value "])
def test_a_header_that_stands_twice_refuses_the_file(again: str) -> None:
    report = judge(table(row(**{again + "\u200b": "1"})).replace("\u200b", ""))
    assert _refused(report)
    assert {"file_header"} == set(reasons(report))


def test_two_headers_of_one_meaning_refuse_the_file() -> None:
    assert _refused(judge(table(row(competitor="Birch Mail"))))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "file_empty"),
        (b"  \r\n \n", "file_empty"),
        (b"\xef\xbb\xbf", "file_empty"),
        (table(row()).splitlines()[0].encode(), "file_no_rows"),
        (table(row()).splitlines()[0].encode() + b"\n\n,,,,,,,,,\n", "file_no_rows"),
    ],
)
def test_a_file_without_rows_is_refused(content: bytes, reason: str) -> None:
    assert [reason] == reasons(judge(content))


def test_a_missing_required_column_is_named_with_the_closest_header() -> None:
    report = judge(ONE.replace("source_name", "source_nmae"))
    assert "source_name" in report.refusals[0].found
    assert "Did you mean 'source_nmae'?" == report.refusals[0].suggestion


def test_an_extra_column_is_noted_and_does_no_harm() -> None:
    report = judge(table(row(colour="green")))
    assert (1, ["file_header"]) == (report.published, reasons(report, 1))


def test_the_order_of_columns_does_not_matter() -> None:
    backwards = dict(reversed(row().items()))
    assert 1 == judge(table(backwards)).published


def test_a_file_without_header_is_refused() -> None:
    report = judge(ONE.splitlines()[1])
    assert "no header row" in report.refusals[0].found


def test_titles_above_the_header_refuse_the_file_and_say_where_it_is() -> None:
    report = judge("Benchmarks of 2026\n\n" + ONE)
    assert "it is on line 3" in report.refusals[0].expected


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04" + b"0" * 50,
        gzip.compress(b"a,b", mtime=0),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"%PDF-1.7",
        b"\x89PNG\r\n",
        b"<!DOCTYPE html><html><body>Sign in</body>",
        b'{"rows": [1, 2]}',
        b'[{"metric": "abandon"}]',
    ],
)
def test_another_kind_of_file_is_refused_by_what_it_is(content: bytes) -> None:
    assert ["file_kind"] == reasons(judge(content))


def test_a_zero_byte_inside_the_text_refuses_the_file() -> None:
    report = judge(ONE.replace("Report", "Rep\x00ort"))
    assert ["file_broken"] == reasons(report)


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_any_end_of_line_will_do(end: str) -> None:
    assert 1 == judge(table(row(), end=end)).published


def test_mixed_ends_of_lines_will_do() -> None:
    report = judge(table(row(), row(entity="Birch Mail"), end="\r\n").replace("\r\n", "\n", 1))
    assert 2 == report.published


def test_blank_lines_are_passed_over_and_a_total_is_quarantined() -> None:
    report = judge(table(row()) + "\n,,,,,,,,,\nTotal,,,99,,,,,,\n")
    assert ((2, 1, 1, 0), ["total_row"]) == (counts(report), reasons(report, 5))


def test_a_company_called_total_is_no_total() -> None:
    first = {"entity": "Total", **{k: v for k, v in row().items() if k != "entity"}}
    assert 1 == judge(table(first)).published


def test_empty_columns_at_the_end_are_dropped() -> None:
    lines = [line + ",,," for line in table(row()).splitlines()]
    assert 1 == judge("\n".join(lines)).published


def test_a_value_in_a_column_without_a_name_keeps_its_row_out() -> None:
    lines = table(row(), row(entity="Birch Mail")).splitlines()
    report = judge("\n".join([lines[0] + ",", lines[1] + ",", lines[2] + ",7"]))
    assert (1, ["ragged"]) == (report.published, reasons(report, 3))


@pytest.mark.parametrize(
    ("limits", "found"),
    [
        (Limits(size=100), "0.0 MB"),
        (Limits(rows=1), "2 rows"),
        (Limits(columns=5), "10 columns"),
    ],
)
def test_a_file_beyond_the_limits_is_refused(limits: Limits, found: str) -> None:
    report = judge(table(row(), row(entity="Birch Mail")), limits=limits)
    assert ("file_too_big", found) == (reasons(report)[0], report.refusals[0].found)
