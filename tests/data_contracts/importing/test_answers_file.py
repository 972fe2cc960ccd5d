"""Mapping files say what was answered, and nothing else."""

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from data_contracts.importing.answers import (
    NO_ANSWERS,
    Answers,
    ColumnAnswer,
    Edit,
    LayoutAnswer,
    ReadingAnswer,
    Unpivot,
    UnpivotKind,
    ValueAnswer,
)
from data_contracts.importing.answers_file import read_answers, write_answers
from data_contracts.importing.matches import ColumnMatch, Mapping, ValueMatch
from data_contracts.importing.questions import (
    Asked,
    ClockStyle,
    DayOrder,
    Decimal,
    Question,
    Scale,
)

TEXT = st.text(max_size=12) | st.sampled_from(["2019", "NO", "1e3", "=", "a: b", "# c", "\t", "~"])
READING = st.builds(
    ReadingAnswer,
    encoding=TEXT,
    delimiter=TEXT,
    header_line=st.integers(0, 9),
    sheet=TEXT,
)
UNPIVOT = st.builds(
    Unpivot,
    kind=st.sampled_from(UnpivotKind),
    columns=st.lists(TEXT, max_size=3).map(tuple),
    into=TEXT,
    block_of=TEXT,
)
COLUMN = st.builds(
    ColumnAnswer,
    header=TEXT,
    field=TEXT,
    decimal=st.none() | st.sampled_from(Decimal),
    day_order=st.none() | st.sampled_from(DayOrder),
    clock=st.none() | st.sampled_from(ClockStyle),
    scale=st.none() | st.sampled_from(Scale),
    unit=TEXT,
    per=st.none() | st.integers(1, 10**6),
    fiscal_from=st.none() | st.integers(1, 12),
)


def _tuples(each: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(each, max_size=3).map(tuple)


ANSWERS = st.builds(
    Answers,
    reading=READING,
    layout=st.none() | st.builds(LayoutAnswer, unpivot=_tuples(UNPIVOT)),
    columns=st.none() | _tuples(COLUMN),
    values=_tuples(st.builds(ValueAnswer, field=TEXT, word=TEXT, means=TEXT)),
    constants=st.dictionaries(TEXT, TEXT, max_size=3),
    edits=_tuples(st.builds(Edit, line=st.integers(1, 99), column=TEXT, becomes=TEXT)),
    new_names=_tuples(TEXT),
    confirmed=st.frozensets(TEXT, max_size=3),
)


@given(ANSWERS)
@example(Answers(new_names=("\x85", "\u2028", "\ufeff", "a\n b", " ", "\r\n")))
def test_what_was_written_is_read_again(answers: Answers) -> None:
    assert answers == read_answers(write_answers(answers))


@given(st.text(max_size=60))
def test_any_text_is_answers_or_findings(text: str) -> None:
    found = read_answers(text)
    assert isinstance(found, Answers) or all(each.expected for each in found)


@pytest.mark.parametrize("text", ["", "{}", "# nothing yet\n"])
def test_an_empty_mapping_says_nothing(text: str) -> None:
    assert NO_ANSWERS == read_answers(text)


@pytest.mark.parametrize(
    ("text", "key", "found", "suggestion"),
    [
        ("colums: []", "colums", "the unknown key 'colums'", "Did you mean 'columns'?"),
        (
            "columns: [{header: a, feild: b}]",
            "columns.0.feild",
            "the unknown key 'feild'",
            "Did you mean 'field'?",
        ),
        (
            "columns: [{header: a, decimal: coma}]",
            "columns.0.decimal",
            "'coma'",
            "Did you mean 'comma'?",
        ),
        ("columns: [{header: NO}]", "columns.0.header", "False", ""),
        ("reading: {header_line: soon}", "reading.header_line", "'soon'", ""),
        ("values: x", "values", "'x'", ""),
        ("a: 1\na: 2", "line 2", "the key 'a' stands twice", ""),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    text: str, key: str, found: str, suggestion: str
) -> None:
    (finding,) = read_answers(text)
    assert (key, found, suggestion) == (finding.column, finding.found, finding.suggestion)


def test_what_is_open_stands_in_comments() -> None:
    column = ColumnMatch(header="Wert", field="value", confidence=0.5, evidence="numbers")
    value = ValueMatch(
        field="entity", word="a\nb", means="AB", rows=3, confidence=0.9, evidence="close"
    )
    asked = Asked(
        question=Question.SHARE,
        field="value",
        header="Wert",
        options=(("share", "they are shares"),),
        samples=(("0.8", "0.8 %", "80 %"),),
        rows=2,
    )
    mapping = Mapping(columns=(column,), values=(value,), missing=("unit",))
    text = write_answers(NO_ANSWERS, mapping=mapping, asked=(asked,))
    assert NO_ANSWERS == read_answers(text)
    assert '# column? {header: "Wert", field: value}  (50 %: numbers)' in text
    assert '# value? {field: entity, word: "a\\nb", means: "AB"}  (3 rows: close)' in text
    assert '# ask: scale of the column "Wert" (2 rows wait)' in text


@settings(max_examples=50)
@given(TEXT, TEXT)
def test_comments_are_never_read_as_answers(header: str, word: str) -> None:
    column = ColumnMatch(header=header, field="value", confidence=0.5, evidence="numbers")
    value = ValueMatch(
        field="unit", word=word, means="", rows=1, confidence=0, evidence="no name that is close"
    )
    text = write_answers(NO_ANSWERS, mapping=Mapping(columns=(column,), values=(value,)))
    assert {} == yaml.safe_load(text)
