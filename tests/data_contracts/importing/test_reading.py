"""Step one: a file read as it was answered, shown as it came, and refused with its reading."""

import itertools

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from data_contracts.findings import RowVerdict
from data_contracts.parsing import Refused, TextTable
from data_contracts.parsing.encodings import ENCODINGS
from tests.data_contracts.benchmarks.files import row, table
from tests.data_contracts.importing.reading_files import looked, proposed, told, why

SIGNS = (",", ";", "\t", "|")
MESSY = "Benchmarks 2026\n\nCompany,2019,2020\nAlder,81.5,82\nBirch,79,NM\n\nSource: them\n"


@pytest.mark.parametrize(
    ("encoding", "sign", "header"), list(itertools.product(ENCODINGS, SIGNS, (1, 2, 5)))
)
def test_every_encoding_delimiter_and_header_row_is_read_as_answered(
    encoding: str, sign: str, header: int
) -> None:
    lines = [f"title {at}" for at in range(1, header)]
    lines += [sign.join(("Company", "Score")), sign.join(("Alder", "81.5"))]
    content = "\r\n".join(lines).encode(ENCODINGS[encoding])
    read = looked(content, encoding=encoding, delimiter=sign, header_line=header)
    assert [(header + 1, "Alder", "81.5")] == told(read)
    assert (encoding, sign, header) == (read.encoding, read.delimiter, read.reading.header_line)


@pytest.mark.parametrize(("sign", "header"), list(itertools.product(SIGNS, (1, 3))))
def test_the_delimiter_is_found_where_only_the_header_line_is_answered(sign, header) -> None:
    lines = ["A title, of some words"] * (header - 1)
    lines += [
        sign.join(("Company", "2019", "2020")),
        sign.join(("Alder Ltd", "81,5" if sign != "," else "81.5", "2")),
    ]
    assert sign == looked("\n".join(lines), header_line=header).delimiter


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [("cp1252", "Windows-1252"), ("cp1250", "Windows-1250"), ("mac-roman", "Mac Roman")],
)
def test_letters_are_those_of_the_encoding_that_was_answered(codec: str, encoding: str) -> None:
    word = "Zürich"
    content = table(row(entity=word)).encode(codec)
    assert word in told(looked(content, encoding=encoding.lower().replace("-", " ")))[0]


def test_an_answered_encoding_leaves_nothing_to_note() -> None:
    content = table(row(entity="Zürich")).encode("cp1252")
    assert ["encoding"] == [each.reason.value for each in looked(content).findings]
    assert () == looked(content, encoding="Windows-1252").findings


def test_a_guessed_encoding_shows_its_lines_of_other_letters() -> None:
    content = table(row(entity="Zürich"), row(), row(entity="Café")).encode("cp1252")
    reading = looked(content).reading
    assert reading.is_guessed
    assert ["Zürich", "Café"] == [line.split(",")[1] for line in reading.foreign]
    assert not looked(content, encoding="Windows-1252").reading.is_guessed


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ({"encoding": "latin-7"}, ("encoding", "an encoding called 'latin-7'")),
        ({"delimiter": "!"}, ("file_header", "the delimiter '!'")),
        ({"header_line": 99}, ("file_header", "a header on line 99")),
        ({"header_rows": 3}, ("file_header", "3 header rows")),
        ({"skip_below": -1}, ("file_header", "a line below zero")),
    ],
)
def test_a_wrong_answer_is_refused_and_the_file_shown(answer, found) -> None:
    refused = looked(table(row(entity="Zürich")).encode("cp1252"), **answer)
    assert found == why(refused)
    assert "kpi_code" == refused.reading.sample[0][0]


def test_a_byte_that_no_letter_has_is_named_with_its_place() -> None:
    content = table(row(entity="Zürich")).encode("cp1252")
    place = content.index(b"\xfc")
    assert ("file_broken", f"byte {place} that is not UTF-8") == why(
        looked(content, encoding="UTF-8")
    )


def test_a_delimiter_may_be_answered_in_words() -> None:
    assert ";" == looked("a;b\n1;2", delimiter="Semicolon", header_line=1).delimiter


def test_titles_and_notes_are_passed_over_and_shown() -> None:
    read = looked(MESSY, header_line=3, skip_below=1)
    assert [(4, "Alder", "81.5", "82"), (5, "Birch", "79", "NM")] == told(read)
    assert ("Benchmarks 2026",) == read.reading.skipped_above
    assert ("Source: them",) == read.reading.skipped_below
    assert 7 == read.reading.line_count


def test_notes_are_counted_without_blank_lines() -> None:
    read = looked("a,b\n1,2\n,\nSource\n\n,,\nNotes\n\n", header_line=1, skip_below=2)
    assert [(2, "1", "2")] == told(read)


def test_more_notes_than_rows_leave_no_rows() -> None:
    assert ("file_no_rows", "a header and no rows") == why(
        looked("a,b\n1,2\n", header_line=1, skip_below=5)
    )


def test_a_header_of_two_rows_is_joined_after_blank_cells_are_filled() -> None:
    text = ",Alder,,Birch,\nYear,CSAT,NPS,CSAT,NPS\n2024,1,2,3,4\n"
    read = looked(text, header_line=1, header_rows=2)
    expected = ("Year", "Alder › CSAT", "Alder › NPS", "Birch › CSAT", "Birch › NPS")
    assert (expected, 1) == (read.headers, read.header_line)
    assert [(3, "2024", "1", "2", "3", "4")] == told(read)


def test_a_quoted_header_over_lines_does_not_shift_the_lines() -> None:
    read = looked('t\n"a\nb",c\n1,2\n', header_line=2)
    assert [(4, "1", "2")] == told(read)


def test_a_sep_line_counts_as_a_line() -> None:
    read = looked("sep=;\ntitle\na;b\n1;2\n", header_line=3)
    assert (";", [(4, "1", "2")]) == (read.delimiter, told(read))


def test_a_refused_file_shows_its_first_rows_as_they_came() -> None:
    refused = looked(MESSY)
    assert isinstance(refused, Refused)
    assert (("Benchmarks 2026",), ("Company", "2019", "2020")) == (
        refused.reading.sample[0],
        refused.reading.sample[2],
    )
    assert (1, 2, 3) == refused.reading.sample_lines[:3]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04rest", b"a,b\n\x00,1\n"])
def test_bytes_that_are_no_text_are_refused_without_a_reading(content: bytes) -> None:
    assert looked(content).reading is None


def test_a_header_below_titles_is_proposed_and_not_taken() -> None:
    proposal = proposed(MESSY)
    assert (3, 1, 1) == (
        proposal.answer.header_line,
        proposal.answer.header_rows,
        proposal.answer.skip_below,
    )
    assert "1 line of titles above, 1 line of notes at the end" in proposal.why
    assert isinstance(looked(MESSY), Refused)


def test_a_text_without_rows_gives_nothing_to_propose() -> None:
    assert (0.0, 0) == (proposed("only words\n").confidence, proposed("x").answer.header_line)


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "encoding": st.sampled_from([*ENCODINGS, "other"]),
        "delimiter": st.sampled_from([*SIGNS, "tab", "x"]),
        "header_line": st.integers(-1, 6),
        "header_rows": st.integers(0, 3),
        "skip_below": st.integers(0, 4),
        "sheet": st.sampled_from(["", "Sheet"]),
    },
)
TEXTS = st.lists(
    st.sampled_from(["kpi_code", "value", "2019", "81,5", ",", ";", "\t", '"', "\n", "\r\n", "é"]),
    max_size=30,
)


@given(
    st.one_of(st.binary(max_size=200), TEXTS.map(lambda words: "".join(words).encode())), ANSWERS
)
@example(b'\xff\xfe"', {"header_line": 1})
@example(b'"a\n', {"header_line": 1, "header_rows": 2})
def test_any_bytes_and_answers_give_rows_or_a_refusal(content: bytes, answer) -> None:
    read = looked(content, **answer)
    is_table = isinstance(read, TextTable)
    assert is_table == all(each.verdict is not RowVerdict.REFUSE for each in read.findings)
    assert not is_table or (len(read.lines) > 0 and bool((np.diff(read.lines) > 0).all()))
    assert 0 <= proposed(content, **answer).confidence < 1


@given(TEXTS.map("".join))
def test_what_is_proposed_can_be_read_or_says_why_not(text: str) -> None:
    answer = proposed(text).answer
    if answer.header_line:
        read = looked(text, **{name: getattr(answer, name) for name in answer.__slots__})
        assert isinstance(read, TextTable) or read.findings[0].expected
