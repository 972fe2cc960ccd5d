"""Mapping files: what was said about a file, as YAML that a person can read and write."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from enum import StrEnum
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field

from data_contracts.findings import Finding, Reason
from data_contracts.importing.answers import (
    Answers,
    ColumnAnswer,
    Edit,
    LayoutAnswer,
    ReadingAnswer,
    Unpivot,
    UnpivotKind,
    ValueAnswer,
)
from data_contracts.importing.matches import Mapping
from data_contracts.importing.questions import Asked, ClockStyle, DayOrder, Decimal, Scale
from data_contracts.parsing.table import refusal
from definition_files import Problem, as_model, parse_yaml

_NAME = "mapping"
_WIDTH = 100
_KEY_OF = {
    "clock": "clock",
    "decimal": "decimal",
    "day_order": "day_order",
    "share": "scale",
    "encoding": "encoding",
    "sheet": "sheet",
}


class _Writer(yaml.SafeDumper):
    """Writes characters that cannot be seen, line ends among them, by their codes."""


def _text(writer: _Writer, text: str) -> yaml.ScalarNode:
    style = None if text.isprintable() else '"'
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Writer.add_representer(str, _text)


class _Strict(BaseModel):
    """A header such as 2019 needs no quotes; anything else that is no text does."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class _Reading(_Strict):
    encoding: str = ""
    delimiter: str = ""
    header_line: int = Field(0, ge=0)
    header_rows: int = Field(0, ge=0)
    skip_below: int = Field(0, ge=0)
    sheet: str = ""


class _Unpivot(_Strict):
    kind: UnpivotKind
    columns: tuple[str, ...]
    into: str
    block_of: str = ""


class _Column(_Strict):
    header: str
    field: str = ""
    decimal: Decimal | None = None
    day_order: DayOrder | None = None
    clock: ClockStyle | None = None
    scale: Scale | None = None
    unit: str = ""
    per: int | None = Field(None, ge=1)
    fiscal_from: int | None = Field(None, ge=1, le=12)


class _Value(_Strict):
    field: str
    word: str
    means: str = ""


class _Edit(_Strict):
    line: int = Field(ge=1)
    column: str
    becomes: str


class _AnswersFile(_Strict):
    reading: _Reading = _Reading()
    layout: tuple[_Unpivot, ...] | None = None
    columns: tuple[_Column, ...] | None = None
    values: tuple[_Value, ...] = ()
    constants: dict[str, str] = Field(default_factory=dict)
    edits: tuple[_Edit, ...] = ()
    new_names: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()


def read_answers(text: str) -> Answers | tuple[Finding, ...]:
    """Return what a mapping file says, or everything that is wrong with it."""
    document, problems = parse_yaml(text, shown_as=_NAME)
    if problems:
        return tuple(_as_finding(each, Reason.FILE_BROKEN) for each in problems)
    told, problems = as_model({} if document is None else document, _AnswersFile, shown_as=_NAME)
    if told is None:
        return tuple(_as_finding(each, Reason.NOT_ALLOWED) for each in problems)
    layout = told.layout
    return Answers(
        reading=ReadingAnswer(**dict(told.reading)),
        layout=None if layout is None else LayoutAnswer(unpivot=_all(Unpivot, layout)),
        columns=None if told.columns is None else _all(ColumnAnswer, told.columns),
        values=_all(ValueAnswer, told.values),
        constants=dict(told.constants),
        edits=_all(Edit, told.edits),
        new_names=told.new_names,
        confirmed=frozenset(told.confirmed),
    )


def write_answers(
    answers: Answers, *, mapping: Mapping | None = None, asked: Iterable[Asked] = ()
) -> str:
    """Return answers as a mapping file.

    What nobody has said yet stands above them as comments: columns and words with their proposals,
    and the open questions with what each answer would make of some cells.
    """
    open_points = [*_proposals(mapping or Mapping()), *_questions(asked)]
    document = {key: value for key, value in _document(answers).items() if value not in ({}, "")}
    written = yaml.dump(
        document,
        Dumper=_Writer,
        sort_keys=False,
        allow_unicode=True,
        width=_WIDTH,
        default_flow_style=None,
    )
    return "".join(map(remark, open_points)) + (written if document else "{}\n")


def remark(text: str) -> str:
    """Return a line that says something to a person; what cannot be seen stands in its code."""
    shown = (each if each.isprintable() else json.dumps(each).strip('"') for each in text)
    return f"# {''.join(shown)}\n"


def _all(kind: type[Any], models: Iterable[_Strict]) -> tuple[Any, ...]:
    return tuple(kind(**dict(each)) for each in models)


def _as_finding(problem: Problem, reason: Reason) -> Finding:
    return refusal(
        reason, problem.found, problem.expected, column=problem.key, advice=problem.suggestion
    )


def _document(answers: Answers) -> dict[str, Any]:
    """Only what was said: an empty list of columns or of turns is an answer, None is none."""
    layout = answers.layout
    return {
        "reading": _said(answers.reading),
        "layout": {} if layout is None else [_said(each) for each in layout.unpivot],
        "columns": {} if answers.columns is None else [_said(each) for each in answers.columns],
        "values": [_said(each) for each in answers.values] or {},
        "constants": dict(answers.constants),
        "edits": [_said(each) for each in answers.edits] or {},
        "new_names": list(answers.new_names) or {},
        "confirmed": sorted(answers.confirmed) or {},
    }


def _said(part: Any) -> dict[str, Any]:
    """The fields that differ from nothing, and those that must be there."""
    always = {"header", "field", "kind", "columns", "into", "word", "means", "line", "column"}
    return {
        key: _plain(value)
        for key, value in asdict(part).items()
        if key in {*always, "becomes"} or value not in ("", 0, None, ())
    }


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    return list(value) if isinstance(value, tuple) else value


def _proposals(mapping: Mapping) -> Iterator[str]:
    for column in mapping.columns:
        if column.field and column.confidence < 1:
            sure = f"{100 * column.confidence:.0f} %"
            entry = f"{{header: {_quoted(column.header)}, field: {column.field}}}"
            yield f"column? {entry}  ({sure}: {column.evidence})"
    for name in mapping.missing:
        yield f"missing: {name}, as a column or under constants"
    for match in mapping.values:
        if not match.is_answered:
            word, means = _quoted(match.word), _quoted(match.means)
            entry = f"{{field: {match.field}, word: {word}, means: {means}}}"
            yield f"value? {entry}  ({match.rows} rows: {match.evidence})"


def _questions(asked: Iterable[Asked]) -> Iterator[str]:
    for each in asked:
        key = _KEY_OF.get(each.question, "fiscal_from")
        where = f"of the column {_quoted(each.header)}" if each.header else "of the file"
        yield f"ask: {key} {where} ({each.rows} rows wait)"
        for value, words in each.options:
            yield f"  {key}: {_quoted(value)}  {words}"
        for word, first, second in each.samples:
            yield f"  {_quoted(word)} is {first}, or {second}"


def _quoted(text: str) -> str:
    """The text on one line, as YAML takes it."""
    return json.dumps(text, ensure_ascii=not text.isprintable())
