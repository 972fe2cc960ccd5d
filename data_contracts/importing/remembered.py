"""What was said of a publisher's last file, fitted to the next one: offered, and taken back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace

from data_contracts.importing.answers import (
    Answers,
    ColumnAnswer,
    LayoutAnswer,
    ReadingAnswer,
    Unpivot,
    UnpivotKind,
    ValueAnswer,
)
from data_contracts.importing.header_words import is_period, lower_of
from data_contracts.importing.layout import lay_out, propose_layout
from data_contracts.parsing.headers import plain
from data_contracts.parsing.table import TextTable
from data_contracts.parsing.words import tidy_word

_LOOKED_AT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is known by name: the contract's columns by plain header, and plain metrics."""

    names: Mapping[str, str]
    metrics: Collection[str]


def fit(past: Answers, table: TextTable, words: Words) -> Answers:
    """Return what of `past` also fits a new file, read as `table`.

    Columns that were turned into rows are looked for anew, so that of years across this file's are
    taken. What was said of columns that it does not have is left out, and so is what was said for
    all rows where its cells say otherwise.
    """
    head = _head(table)
    layout = _layout(past.layout, head, words)
    long = lay_out(head, layout)
    if not isinstance(long, TextTable):
        long, layout = head, None
    headers = {plain(each) for each in long.headers}
    columns = tuple(each for each in past.columns or () if plain(each.header) in headers)
    fields = _fields(long, columns, words)
    constants = {
        field: text
        for field, text in past.constants.items()
        if field == "unit" or field not in fields or _agrees(table, fields[field], text)
    }
    return replace(past, layout=layout, columns=columns or None, constants=constants)


def with_remembered(answers: Answers, past: Answers) -> Answers:
    """Return the answers with those of `past` to what nobody has answered of this file."""
    columns = answers.columns or ()
    headers = {plain(each.header) for each in columns}
    taken = {each.field for each in columns if each.field}
    words = set(map(_of_word, answers.values))
    more = tuple(
        each
        for each in past.columns or ()
        if plain(each.header) not in headers and each.field not in taken
    )
    return replace(
        answers,
        reading=_reading(answers.reading, past.reading),
        layout=past.layout if answers.layout is None else answers.layout,
        columns=(*columns, *more) if more or answers.columns is not None else None,
        values=(*answers.values, *(each for each in past.values if _of_word(each) not in words)),
        constants={**past.constants, **answers.constants},
    )


def added(answers: Answers, more: Answers) -> Answers:
    """Return what `more`, made by `with_remembered`, says beyond the answers it began with."""
    columns, values = set(answers.columns or ()), set(answers.values)
    new = tuple(each for each in more.columns or () if each not in columns)
    return Answers(
        reading=_reading_beyond(more.reading, answers.reading),
        layout=more.layout if answers.layout is None else None,
        columns=new or None,
        values=tuple(each for each in more.values if each not in values),
        constants={
            field: text for field, text in more.constants.items() if field not in answers.constants
        },
    )


def without_remembered(answers: Answers, taken: Answers) -> Answers:
    """Take back what `taken` said; what was answered otherwise since then stays."""
    gone = set(taken.columns or ())
    columns = tuple(each for each in answers.columns or () if each not in gone)
    return replace(
        answers,
        reading=_reading_beyond(answers.reading, taken.reading),
        layout=None if answers.layout == taken.layout else answers.layout,
        columns=columns or (None if gone else answers.columns),
        values=tuple(each for each in answers.values if each not in set(taken.values)),
        constants={
            field: text
            for field, text in answers.constants.items()
            if taken.constants.get(field) != text
        },
    )


def _head(table: TextTable) -> TextTable:
    return replace(table, cells=table.cells.iloc[:_LOOKED_AT], lines=table.lines[:_LOOKED_AT])


def _layout(past: LayoutAnswer | None, head: TextTable, words: Words) -> LayoutAnswer | None:
    """The same kinds of columns as they stand across this file; None where it has none of them."""
    if past is None or not past.unpivot:
        return past
    now = propose_layout(head, words.names, metrics=words.metrics)
    if [_kind(each) for each in now.unpivot] == [_kind(each) for each in past.unpivot]:
        return now.answer
    kinds = tuple(replace(each, columns=_there(each, head.headers)) for each in past.unpivot)
    return LayoutAnswer(unpivot=kinds) if all(each.columns for each in kinds) else None


def _kind(unpivot: Unpivot) -> tuple[UnpivotKind, str, str]:
    return unpivot.kind, unpivot.into, unpivot.block_of


def _there(unpivot: Unpivot, headers: tuple[str, ...]) -> tuple[str, ...]:
    if unpivot.kind is UnpivotKind.PERIODS:
        return tuple(header for header in headers if is_period(header))
    there = {*headers, *map(lower_of, headers)}
    return tuple(each for each in unpivot.columns if each in there)


def _fields(table: TextTable, columns: tuple[ColumnAnswer, ...], words: Words) -> dict[str, str]:
    """The header of each contract column that the file has."""
    said = {plain(each.header): each.field for each in columns}
    found = {
        said.get(plain(header), words.names.get(plain(header), "")): header
        for header in table.headers
    }
    return {field: header for field, header in found.items() if field}


def _agrees(table: TextTable, header: str, text: str) -> bool:
    """Whether no cell of a column says anything else than was said for all rows."""
    if header not in table.headers:  # it was laid out, so that every row says something
        return False
    cells = table.cells[table.headers.index(header)].unique()
    return {plain(tidy_word(str(each))) for each in cells} <= {"", plain(text)}


def _of_word(value: ValueAnswer) -> tuple[str, str]:
    return value.field, plain(value.word)


def _reading(now: ReadingAnswer, past: ReadingAnswer) -> ReadingAnswer:
    """Each part as it is answered now, else as it was."""
    return ReadingAnswer(
        **{each.name: getattr(now, each.name) or getattr(past, each.name) for each in fields(now)}
    )


def _reading_beyond(one: ReadingAnswer, other: ReadingAnswer) -> ReadingAnswer:
    """The parts of one in which it is not as the other."""
    parts = {each.name: getattr(one, each.name) for each in fields(one)}
    return ReadingAnswer(
        **{name: said for name, said in parts.items() if said != getattr(other, name)}
    )
