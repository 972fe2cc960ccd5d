import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.errors import CallboardError
from callboard.services.publishing.answers_json import answers_from_json, answers_to_json
from data_contracts.importing.answers import (
    NO_ANSWERS,
    Answers,
    ColumnAnswer,
    LayoutAnswer,
    ReadingAnswer,
    Unpivot,
    UnpivotKind,
    ValueAnswer,
)
from data_contracts.importing.questions import Decimal, Scale

FULL = Answers(
    reading=ReadingAnswer(encoding="cp1252", header_line=3, sheet="Übersicht"),
    layout=LayoutAnswer(
        unpivot=(Unpivot(kind=UnpivotKind.PERIODS, columns=("2024", "2025"), into="period"),)
    ),
    columns=(
        ColumnAnswer(header="Wert", field="value", decimal=Decimal.COMMA, scale=Scale.SHARE, per=7),
        ColumnAnswer(header="Rank", field=""),
    ),
    values=(ValueAnswer(field="metric", word="FCR (%)", means="fcr"),),
    constants={"source_name": "AQR"},
    new_names=("*",),
    confirmed=frozenset({"scale:fcr", "encoding"}),
)


@given(st.builds(Answers))
def test_any_answers_come_back_as_they_were(answers: Answers) -> None:
    text = answers_to_json(answers)
    assert answers == answers_from_json(text)
    assert text == answers_to_json(answers_from_json(text))


def test_every_kind_of_answer_comes_back_with_its_types() -> None:
    back = answers_from_json(answers_to_json(FULL))
    assert FULL == back
    assert back.columns is not None
    assert Decimal.COMMA is back.columns[0].decimal
    assert isinstance(back.confirmed, frozenset)


def test_no_columns_said_and_no_columns_at_all_are_told_apart() -> None:
    assert answers_from_json("{}") == NO_ANSWERS
    assert () == answers_from_json('{"columns": []}').columns


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "null", "{", '{"reading": {"encodin": "x"}}', '{"confirm": []}'),
        *('{"columns": [{"header": "a"}]}', '{"reading": {"header_line": "3"}}'),
        '{"columns": [{"header": "a", "field": "value", "decimal": "dot"}]}',
        '{"constants": {"a": 1}}',
    ],
)
def test_what_is_not_known_word_for_word_is_refused(text: str) -> None:
    with pytest.raises(CallboardError, match="Found answers"):
        answers_from_json(text)


def test_the_text_is_plain_json_in_one_order() -> None:
    told = json.loads(answers_to_json(FULL))
    assert ["encoding", "scale:fcr"] == told["confirmed"]
    assert sorted(told) == list(told)
