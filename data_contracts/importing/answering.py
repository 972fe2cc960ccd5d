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
from data_contracts.importing.header_words import upper_of
from data_contracts.importing.matches import Mapping, ValueMatch
from data_contracts.importing.questions import (
    Asked,
    ClockStyle,
    DayOrder,
    Decimal,
    Question,
    Scale,
)
from data_contracts.importing.unpivot import VALUE
from data_contracts.parsing.header_rows import JOINT
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
    answers: Answers, places: Iterable[tuple[int, str]], *, header: str, becomes: str
) -> Answers:
    """Set the cells of all these places to one text.

    A place is a line and the header that its row was turned from ("" where it was not); `header` is
    the column's then. What stands in a header or was said for all rows is no cell, and stays.
    """
    edits = {(each.line, plain(each.column)): each for each in answers.edits}
    for line, origin in places:
        if own := header_of_cell(header, origin, answers.layout):
            edits[line, plain(own)] = Edit(line=line, column=own, becomes=becomes)
    return replace(answers, edits=tuple(edits.values()))


def header_of_cell(header: str, origin: str, layout: LayoutAnswer | None) -> str:
    """Return the file's header over a cell of a column, whose rows may have been turned.

    Empty where the column is none of the file's: its words stood in a header.
    """
    kinds = layout.unpivot if layout else ()
    if not header or not kinds:
        return header
    if header in {word for each in kinds for word in (each.into, each.block_of)}:
        return ""
    turned = {column for each in kinds for column in each.columns}
    beside = f"{upper_of(origin) or origin}{JOINT}{header}"
    if beside in turned:
        return beside
    return origin if header == VALUE and origin in turned else header


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
