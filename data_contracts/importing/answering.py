"""One more answer: what the page and the command line do with what a person says."""

from collections.abc import Iterable
from dataclasses import replace

from data_contracts.importing.answers import (
    Answers,
    ColumnAnswer,
    Edit,
    LayoutAnswer,
    ReadingAnswer,
    ValueAnswer,
)
from data_contracts.importing.matches import Mapping, ValueMatch
from data_contracts.importing.questions import (
    Asked,
    ClockStyle,
    DayOrder,
    Decimal,
    Question,
    Scale,
)
from data_contracts.model import Finding
from data_contracts.parsing.headers import plain


def with_reading(answers: Answers, reading: ReadingAnswer) -> Answers:
    """Have the file read so."""
    return replace(answers, reading=reading)


def with_layout(answers: Answers, layout: LayoutAnswer | None) -> Answers:
    """Have these columns turned into rows; None takes the answer back."""
    return replace(answers, layout=layout)


def with_column(answers: Answers, column: ColumnAnswer) -> Answers:
    """Say what a column is, instead of what was said of it before."""
    others = (each for each in answers.columns or () if plain(each.header) != plain(column.header))
    return replace(answers, columns=(*others, column))


def with_proposals(answers: Answers, mapping: Mapping) -> Answers:
    """Take everything that the columns seem to be."""
    for match in mapping.columns:
        if not match.is_answered and match.field:
            answers = with_column(answers, ColumnAnswer(header=match.header, field=match.field))
    return answers


def with_answer(answers: Answers, asked: Asked, option: str) -> Answers:
    """Answer a question about a column by the value of one of its options."""
    said = (each for each in answers.columns or () if plain(each.header) == plain(asked.header))
    column = next(said, ColumnAnswer(header=asked.header, field=asked.field))
    return with_column(answers, _answered(column, asked.question, option))


def with_value(answers: Answers, value: ValueAnswer) -> Answers:
    """Say what a word means, instead of what was said of it before; "" leaves its rows out."""
    key = (value.field, plain(value.word))
    others = (each for each in answers.values if (each.field, plain(each.word)) != key)
    return replace(answers, values=(*others, value))


def with_values(answers: Answers, matches: Iterable[ValueMatch]) -> Answers:
    """Take all the suggestions there are; words without one stay open."""
    for match in matches:
        if match.means and not match.is_answered:
            said = ValueAnswer(field=match.field, word=match.word, means=match.means)
            answers = with_value(answers, said)
    return answers


def with_constant(answers: Answers, field: str, text: str) -> Answers:
    """Say a text for all rows; an empty one takes it back."""
    others = {name: said for name, said in answers.constants.items() if name != field}
    return replace(answers, constants=others | ({field: text} if text else {}))


def with_edit(answers: Answers, edit: Edit) -> Answers:
    """Put one cell right, instead of what was put there before."""
    key = (edit.line, plain(edit.column))
    others = (each for each in answers.edits if (each.line, plain(each.column)) != key)
    return replace(answers, edits=(*others, edit))


def with_fix_all(
    answers: Answers, findings: Iterable[Finding], *, mapping: Mapping, becomes: str
) -> Answers:
    """Set the cells of all these findings to one text.

    Cells of columns that the file does not have as they are, such as turned ones, stay.
    """
    headers = {each.field: each.header for each in mapping.columns if each.confidence == 1}
    edits = {(each.line, plain(each.column)): each for each in answers.edits}
    for finding in findings:
        header = headers.get(finding.column, "")
        if header and finding.row:
            edit = Edit(line=finding.row, column=header, becomes=becomes)
            edits[(finding.row, plain(header))] = edit
    return replace(answers, edits=tuple(edits.values()))


def with_confirmed(answers: Answers, key: str) -> Answers:
    """Confirm what was asked under a key, such as `encoding` or `scale:fcr`."""
    return replace(answers, confirmed=answers.confirmed | {key})


def with_new_name(answers: Answers, name: str) -> Answers:
    """Say that an entity is new on purpose; `*` says it of all of them."""
    return replace(answers, new_names=tuple(dict.fromkeys((*answers.new_names, name))))


def _answered(column: ColumnAnswer, question: Question, option: str) -> ColumnAnswer:
    if question is Question.DECIMAL:
        return replace(column, decimal=Decimal(option))
    if question is Question.DAY_ORDER:
        return replace(column, day_order=DayOrder(option))
    if question is Question.CLOCK:
        return replace(column, clock=ClockStyle(option))
    if question is Question.SHARE:
        return replace(column, scale=Scale(option))
    if question is Question.FISCAL:
        return replace(column, fiscal_from=int(option))
    raise ValueError(f"{question} is not asked about a column")
