"""Each answer takes the place of the one before it, and leaves the others alone."""

import pytest

from data_contracts.importing import answering as add
from data_contracts.importing.answers import (
    NO_ANSWERS,
    Answers,
    ColumnAnswer,
    Edit,
    LayoutAnswer,
    ReadingAnswer,
    ValueAnswer,
)
from data_contracts.importing.questions import (
    Asked,
    ClockStyle,
    DayOrder,
    Decimal,
    Question,
    Scale,
)
from tests.data_contracts.benchmarks.files import judge, row, table
from tests.data_contracts.importing.test_answered_files import _judge


def test_a_later_answer_replaces_an_earlier_one_of_the_same_column() -> None:
    first = add.with_column(NO_ANSWERS, ColumnAnswer(header="Wert", field="value"))
    second = add.with_column(first, ColumnAnswer(header=" wert", field="sample_size"))
    assert [("wert", "sample_size")] == [
        (each.header.strip(), each.field) for each in second.columns or ()
    ]


def test_a_constant_is_said_and_taken_back() -> None:
    said = add.with_constant(NO_ANSWERS, "unit", "percent")
    assert {"unit": "percent"} == said.constants
    assert {} == add.with_constant(said, "unit", "").constants


def test_readings_layouts_names_and_confirmations_are_kept() -> None:
    answers = add.with_reading(NO_ANSWERS, ReadingAnswer(header_line=3))
    answers = add.with_layout(answers, LayoutAnswer())
    answers = add.with_new_name(add.with_new_name(answers, "Quince"), "Quince")
    answers = add.with_confirmed(answers, "scale:fcr")
    expected = Answers(
        reading=ReadingAnswer(header_line=3),
        layout=LayoutAnswer(),
        new_names=("Quince",),
        confirmed=frozenset({"scale:fcr"}),
    )
    assert expected == answers


@pytest.mark.parametrize(
    ("question", "option", "key", "value"),
    [
        (Question.DECIMAL, "comma", "decimal", Decimal.COMMA),
        (Question.DAY_ORDER, "day_first", "day_order", DayOrder.DAY_FIRST),
        (Question.CLOCK, "mm:ss", "clock", ClockStyle.MINUTES),
        (Question.SHARE, "share", "scale", Scale.SHARE),
        (Question.FISCAL, "4", "fiscal_from", 4),
    ],
)
def test_a_question_is_answered_on_its_column(
    question: Question, option: str, key: str, value: object
) -> None:
    asked = Asked(question=question, field="value", header="Wert", options=(), samples=(), rows=1)
    before = add.with_column(NO_ANSWERS, ColumnAnswer(header="Wert", field="value", unit="s"))
    (column,) = add.with_answer(before, asked, option).columns or ()
    assert ("value", "s", value) == (column.field, column.unit, getattr(column, key))


def test_all_suggestions_are_taken_at_once() -> None:
    content = table(*(row(entity=each) for each in ("Alder Pst", "Brich Mail", "Quince")))
    answers = add.with_values(NO_ANSWERS, judge(content).mapping.values)
    assert {"Alder Pst": "Alder Post", "Brich Mail": "Birch Mail"} == {
        each.word: each.means for each in answers.values
    }
    assert ["Alder Post", "Birch Mail"] == list(_judge(content, answers).rows["entity"])[:2]


def test_a_word_can_be_said_anew() -> None:
    said = add.with_value(NO_ANSWERS, ValueAnswer(field="unit", word="%", means="percent"))
    anew = add.with_value(said, ValueAnswer(field="unit", word="%", means=""))
    assert [""] == [each.means for each in anew.values]


def test_all_cells_of_a_group_of_findings_are_set_at_once() -> None:
    names = ("Acme", "Birch Mail")
    content = table(*(row(entity=each, statistic="medain") for each in names), row())
    report = judge(content)
    answers = add.with_fix_all(
        NO_ANSWERS,
        (each for each in report.findings if each.reason == "not_allowed"),
        mapping=report.mapping,
        becomes="median",
    )
    assert (Edit(line=2, column="statistic", becomes="median"),) == answers.edits[:1]
    assert 3 == _judge(content, answers).published


def test_a_cell_can_be_set_anew() -> None:
    once = add.with_edit(NO_ANSWERS, Edit(line=2, column="value", becomes="1"))
    assert ["2"] == [
        each.becomes
        for each in add.with_edit(once, Edit(line=2, column="Value", becomes="2")).edits
    ]


def test_proposals_make_a_file_readable() -> None:
    content = table(row()).replace("source_name", "Name of the source")
    refused = judge(content)
    assert ("source_name",) == refused.mapping.missing
    assert 1 == _judge(content, add.with_proposals(NO_ANSWERS, refused.mapping)).published
