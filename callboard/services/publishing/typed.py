"""Published numbers without a file: typed with their passport or pasted, as a canonical file."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from callboard.access import Action, Actor, require
from callboard.errors import CallboardError
from callboard.services.publishing.own_contract import contract_of
from callboard.services.runtime import Runtime
from data_contracts.model import Column, Contract, Kind
from data_contracts.parsing.headers import names_of, plain
from definition_files import nearest

TYPED = "typed.csv"
PASSPORT = {
    "period_start": "Say on which day the period begins, else no gap can be drawn.",
    "publisher": "Say which organisation publishes it, so that its next edition can be awaited.",
    "source_url": "Give the address of the publication, or the document with its page.",
    "document": "Name the document with table or page, so that others find the number again.",
    "published_on": "Say on which day it was published.",
    "retrieved_on": "Say on which day you took it from the source.",
    "population": "Say whom it is about, as the source words it.",
    "sample_size": "Say on how many it stands, else it has no interval.",
    "method": "Say how it was measured: survey, system, regulator or vendor.",
    "clock": "Say whether times run by the calendar or by business hours.",
    "licence": "Say under which terms it may be used.",
}
_ASKED = {
    "metric": "Say which metric it is.",
    "entity": "Say whose value it is.",
    "statistic": "Say what the value is: the entity's own value, or a mean, median, quantile.",
    "value": "Give the published number.",
    "unit": "Say in which unit it is published.",
    "period_end": "Say on which day the period ends.",
    "source_name": "Say who published it, and where.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedField:
    """A field of the form: its contract column, what it is, an example, the words it allows."""

    name: str
    description: str
    example: str
    choices: tuple[str, ...]
    is_required: bool
    is_passport: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A field that `rows` lack, what to do; without a required one a row cannot be published."""

    field: str
    sentence: str
    is_required: bool
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """Numbers as a file that is checked and published like any other, and what they lack."""

    name: str = TYPED
    content: bytes = field(repr=False)
    rows: int
    gaps: tuple[Gap, ...]

    @property
    def hindrances(self) -> tuple[Gap, ...]:
        """The gaps for which none of the rows could be published."""
        return tuple(gap for gap in self.gaps if gap.is_required and gap.rows == self.rows)


def list_fields(runtime: Runtime, actor: Actor) -> tuple[TypedField, ...]:
    """Return what can be typed of a published number, in the contract's order."""
    require(actor, Action.CHECK_FILE)
    contract = contract_of(runtime)
    words = {each.column: each.values for each in contract.checks if each.kind is Kind.ONE_OF}
    return tuple(
        TypedField(
            name=column.name,
            description=column.description,
            example=next(iter(column.examples), ""),
            choices=words.get(column.name, ()),
            is_required=column.required,
            is_passport=column.name in PASSPORT,
        )
        for column in contract.columns
    )


def typed_file(runtime: Runtime, actor: Actor, *, fields: Mapping[str, str]) -> Typed:
    """Return one typed number as a file. CallboardError for a field that there is not."""
    require(actor, Action.CHECK_FILE)
    contract = contract_of(runtime)
    return _typed(contract, [_by_column(contract, fields)])


def pasted_file(
    runtime: Runtime, actor: Actor, *, text: str, fields: Mapping[str, str] | None = None
) -> Typed:
    """Return lines pasted from a spreadsheet (tabs between cells) as a file.

    The first line may name the columns, in any order; without such a line the cells stand in the
    contract's order. `fields` are for every line that says nothing itself. CallboardError for
    nothing at all, unknown columns, and a line with more cells than columns.
    """
    require(actor, Action.CHECK_FILE)
    contract = contract_of(runtime)
    header, rows = _parted(_lines(text), contract)
    shared = _by_column(contract, fields or {})
    if not rows:
        raise CallboardError("Found no line with a value; expected one published number a line.")
    told: list[dict[str, str]] = []
    for number, cells in enumerate(rows, start=1):
        if any(cell.strip() for cell in cells[len(header) :]):
            raise CallboardError(
                f"Line {number}: found {len(cells)} cells; expected at most {len(header)}, as many "
                "as there are columns."
            )
        own = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
        told.append({**shared, **{name: cell for name, cell in own.items() if cell}})
    return _typed(contract, told)


def _by_column(contract: Contract, fields: Mapping[str, str]) -> dict[str, str]:
    """What was typed, by contract column."""
    names = names_of(contract)
    for name in fields:
        if plain(name) not in names:
            raise CallboardError(f"There is no field {name!r}. {nearest(name, names)}".rstrip())
    return {names[plain(name)]: text.strip() for name, text in fields.items()}


def _lines(text: str) -> list[list[str]]:
    """The cells of each line that is not blank."""
    try:
        lines = list(csv.reader(io.StringIO(text, newline=None), delimiter="\t"))
    except csv.Error as error:
        raise CallboardError(
            f"The lines cannot be read ({error}). Paste cells from a spreadsheet, or publish a "
            "file."
        ) from error
    return [line for line in lines if any(map(str.strip, line))]


def _parted(
    lines: Sequence[Sequence[str]], contract: Contract
) -> tuple[list[str], Sequence[Sequence[str]]]:
    """The columns, and the lines of values below their header if they have one.

    A first line is a header where most of its cells name columns.
    """
    names = names_of(contract)
    cells = lines[0] if lines else []
    first = [names.get(plain(cell), "") for cell in cells]
    if 2 * sum(map(bool, first)) <= sum(bool(cell.strip()) for cell in cells):
        return [column.name for column in contract.columns], lines
    for cell, name in zip(cells, first, strict=True):
        if cell.strip() and not name:
            raise CallboardError(f"There is no column {cell!r}. {nearest(cell, names)}".rstrip())
        if name and first.count(name) > 1:
            raise CallboardError(f"Found two columns for {name}; expected one. Leave one out.")
    return first, lines[1:]


def _typed(contract: Contract, rows: Sequence[Mapping[str, str]]) -> Typed:
    told = [column for column in contract.columns if _is_told(column, rows)]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([column.physical_name for column in told])
    writer.writerows([row.get(column.name, "") for column in told] for row in rows)
    content = text.getvalue().encode("utf-8", "replace")
    return Typed(content=content, rows=len(rows), gaps=_gaps(contract, rows))


def _is_told(column: Column, rows: Iterable[Mapping[str, str]]) -> bool:
    return column.required or any(row.get(column.name) for row in rows)


def _gaps(contract: Contract, rows: Sequence[Mapping[str, str]]) -> tuple[Gap, ...]:
    """What rows lack: required fields first, then those of the passport."""
    lacking = {
        column: sum(not row.get(column.name) for row in rows)
        for column in contract.columns
        if column.required or column.name in PASSPORT
    }
    found = [_gap(column, rows=count) for column, count in lacking.items() if count]
    if not {"source_url", "document"} <= {gap.field for gap in found}:  # one of them is enough
        found = [gap for gap in found if gap.field not in ("source_url", "document")]
    return tuple(sorted(found, key=lambda gap: not gap.is_required))


def _gap(column: Column, *, rows: int) -> Gap:
    told = {**PASSPORT, **_ASKED}.get(column.name, f"Fill in {column.name}: {column.description}")
    example = next(iter(column.examples), "")
    return Gap(
        field=column.name,
        sentence=f"{told} Such as {example}." if example else told,
        is_required=column.required,
        rows=rows,
    )
