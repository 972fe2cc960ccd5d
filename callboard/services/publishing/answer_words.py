"""What was said of a file, in one line that a person can look over."""

from collections.abc import Iterator, Sequence

from callboard.figures import format_count
from data_contracts.importing.answers import (
    Answers,
    ColumnAnswer,
    LayoutAnswer,
    ReadingAnswer,
    ValueAnswer,
)
from data_contracts.parsing.headers import plain

_MOST = 3


def say_answers(answers: Answers) -> str:
    """Return how a file is read, what becomes rows, and what columns, words and all rows are."""
    parts = [
        *_of_reading(answers.reading),
        *(_of_layout(answers.layout) if answers.layout else ()),
        _some([_of_column(each) for each in answers.columns or () if _says_more(each)], "column"),
        _some([_of_value(each) for each in answers.values], "word"),
        _of_constants(answers),
    ]
    return "; ".join(part for part in parts if part)


def _of_reading(reading: ReadingAnswer) -> Iterator[str]:
    if reading.sheet:
        yield f"sheet “{reading.sheet}”"
    if reading.header_line:
        yield f"header in line {reading.header_line}"
    if reading.header_rows > 1:
        yield f"{reading.header_rows} header rows"
    if reading.skip_below:
        lines = "line" if reading.skip_below == 1 else f"{reading.skip_below} lines"
        yield f"last {lines} left out"
    if reading.encoding:
        yield f"letters as {reading.encoding}"
    if reading.delimiter:
        yield f"columns parted by {reading.delimiter}"


def _of_layout(layout: LayoutAnswer) -> Iterator[str]:
    if not layout.unpivot:
        yield "columns stay columns"
    for each in layout.unpivot:
        first, last = each.columns[0], each.columns[-1]
        told = first if len(each.columns) == 1 else f"{first} to {last}"
        yield f"columns {told} become rows, each header a {each.block_of or each.into}"


def _of_column(column: ColumnAnswer) -> str:
    if not column.field:
        return f"“{column.header}” is left out"
    decimal = f" with a decimal {column.decimal}" if column.decimal else ""
    return f"“{column.header}” is {_spaced(column.field)}{decimal}"


def _says_more(column: ColumnAnswer) -> bool:
    """Whether it says more than its header does."""
    return column != ColumnAnswer(header=column.header, field=plain(column.header))


def _of_value(value: ValueAnswer) -> str:
    return f"“{value.word}” is {value.means}" if value.means else f"“{value.word}” is left out"


def _of_constants(answers: Answers) -> str:
    told = [f"{_spaced(field)} {text}" for field, text in answers.constants.items() if text]
    return f"for all rows {', '.join(told)}" if told else ""


def _some(told: Sequence[str], what: str) -> str:
    more = len(told) - _MOST
    if more <= 0:
        return ", ".join(told)
    return f"{', '.join(told[:_MOST])} and {format_count(more)} more {what}{'s' * (more > 1)}"


def _spaced(field: str) -> str:
    return field.replace("_", " ")
