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
    Unpivot,
    UnpivotKind,
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
    places = report.findings.places("not_allowed", "statistic")
    answers = add.with_fix_all(NO_ANSWERS, places, header="statistic", becomes="median")
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


BLOCKS = LayoutAnswer(
    unpivot=(
        Unpivot(
            kind=UnpivotKind.BLOCKS,
            columns=("Retail › N", "Retail › Median", "Retail › Top"),
            into="industry",
            block_of="industry",
        ),
        Unpivot(kind=UnpivotKind.STATISTICS, columns=("Median", "Top"), into="statistic"),
    )
)
YEARS = LayoutAnswer(
    unpivot=(Unpivot(kind=UnpivotKind.PERIODS, columns=("2024", "2025"), into="period"),)
)


@pytest.mark.parametrize(
    ("header", "origin", "layout", "over"),
    [
        ("Wert", "", None, "Wert"),
        ("value", "2024", YEARS, "2024"),
        ("Retailer", "2024", YEARS, "Retailer"),
        ("period", "2024", YEARS, ""),
        ("value", "Retail › Median", BLOCKS, "Retail › Median"),
        ("N", "Retail › Top", BLOCKS, "Retail › N"),
        ("Measure", "Retail › Top", BLOCKS, "Measure"),
        ("statistic", "Retail › Top", BLOCKS, ""),
        ("industry", "Retail › Top", BLOCKS, ""),
        ("", "2024", YEARS, ""),
    ],
)
def test_a_turned_cell_is_found_under_its_own_header(
    header: str, origin: str, layout: LayoutAnswer | None, over: str
) -> None:
    assert over == add.header_of_cell(header, origin, layout)


def test_all_cells_alike_are_set_where_years_are_columns() -> None:
    content = "Retailer,2024,2025\nAcme,abc,5.1\nBirch Mail,5.2,abc\n"
    said = {"metric": "abandon", "statistic": "value", "unit": "percent", "source_name": "Report"}
    columns = (ColumnAnswer(header="Retailer", field="entity"),)
    answers = Answers(
        reading=ReadingAnswer(header_line=1), layout=YEARS, columns=columns, constants=said
    )
    report = _judge(content, answers)
    places = report.findings.places("wrong_type", "value")
    assert ((2, "2024"), (3, "2025")) == places
    fixed = add.with_fix_all(answers, places, header="value", becomes="6.5")
    report = _judge(content, fixed)
    assert ([6.5, 5.1, 5.2, 6.5], 0) == (list(report.rows["value"]), report.quarantined)
