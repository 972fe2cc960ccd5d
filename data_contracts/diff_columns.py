"""What became of the columns of a contract."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from data_contracts.model import Column, Contract
from definition_files import Edit, Weight, edit, redefined, retold

_OPENLY_SHOWN = frozenset({"", "public", "internal"})


def renamed_columns(old: Contract, new: Contract) -> dict[str, str]:
    """The columns that only have another name now: read from the same place, or else all alike."""
    gone, come = _only_in(old, new), _only_in(new, old)
    renamed: dict[str, str] = {}
    for one in gone:
        alike = [each for each in come if _is_renamed(one, each)]
        if len(alike) == 1 and alike[0].name not in renamed.values():
            renamed[one.name] = alike[0].name
    return renamed


def diff_columns(old: Contract, new: Contract, renamed: Mapping[str, str]) -> Iterator[Edit]:
    """Tell the columns that went, came or changed."""
    for column in _only_in(old, new):
        where = f"columns.{column.name}"
        if column.name in renamed:
            name = renamed[column.name]
            yield edit(where, f"The column {column.name} is called {name} now.", Weight.BREAKING)
            yield from _diff_column(column, new.column(name))
        else:
            yield edit(where, f"The column {column.name} is gone.", Weight.BREAKING)
    for column in _only_in(new, old):
        if column.name not in renamed.values():
            yield _come(column)
    for column in old.columns:
        if column.name in _names(new):
            yield from _diff_column(column, new.column(column.name))


def _names(contract: Contract) -> frozenset[str]:
    return frozenset(each.name for each in contract.columns)


def _only_in(one: Contract, other: Contract) -> list[Column]:
    return [each for each in one.columns if each.name not in _names(other)]


def _is_renamed(one: Column, other: Column) -> bool:
    """Columns without a description are too little alike to say so."""
    if one.physical_name == other.physical_name:
        return True
    same = replace(other, name=one.name, physical_name=one.physical_name, synonyms=one.synonyms)
    return one.description != "" and one == same


def _come(column: Column) -> Edit:
    where = f"columns.{column.name}"
    if column.required:
        sentence = f"The new column {column.name} is required: a source without it is held back."
        return edit(where, sentence, Weight.BREAKING)
    return edit(where, f"There may be a column {column.name} now.", Weight.COMPATIBLE)


def _diff_column(old: Column, new: Column) -> Iterator[Edit]:
    where = f"columns.{new.name}"
    if old.type is not new.type:
        sentence = f"Its type was {old.type.value}, it is {new.type.value} now."
        yield edit(where, sentence, Weight.BREAKING)
    if old.physical_name != new.physical_name and old.name == new.name:
        sentence = (
            f"It was read from {old.physical_name}, it is read from {new.physical_name} now, "
            "which may hold something else."
        )
        yield edit(where, sentence, Weight.BREAKING)
    if old.required and not new.required:
        yield edit(where, "A value was required; it may be missing now.", Weight.LOOSENED)
    if new.required and not old.required:
        sentence = "A value may have been missing; it is required now."
        yield edit(where, sentence, Weight.BREAKING)
    yield from _unit(where, old.unit, new.unit)
    yield from _classification(where, old.classification, new.classification)
    yield from _synonyms(where, old.synonyms, new.synonyms)
    yield from _texts(where, old, new)


def _unit(where: str, old: str, new: str) -> Iterator[Edit]:
    if old and new and old != new:
        yield edit(where, f"Its unit was {old}, it is {new} now.", Weight.BREAKING)
    elif old and not new:
        yield edit(where, f"Its unit was {old}; it is not told any more.", Weight.LOOSENED)
    elif old != new:
        yield edit(where, f"Its unit is told now: {new}.", Weight.COMPATIBLE)


def _classification(where: str, old: str, new: str) -> Iterator[Edit]:
    if old == new:
        return
    was_shown, is_shown = old in _OPENLY_SHOWN, new in _OPENLY_SHOWN
    sentence = f"It was {old or 'not classified'}, it is {new or 'not classified'} now"
    if is_shown and not was_shown:
        yield edit(where, f"{sentence}: its values are not masked any more.", Weight.LOOSENED)
    elif was_shown and not is_shown:
        yield edit(where, f"{sentence}: its values are masked.", Weight.TIGHTENED)
    else:
        yield edit(where, f"{sentence}.", Weight.COMPATIBLE)


def _synonyms(where: str, old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Edit]:
    gone = [each for each in old if each not in new]
    come = [each for each in new if each not in old]
    if gone:
        sentence = f"Files may not call it {', '.join(gone)} any more."
        yield edit(where, sentence, Weight.TIGHTENED)
    if come:
        yield edit(where, f"Files may call it {', '.join(come)}, too.", Weight.COMPATIBLE)


def _texts(where: str, old: Column, new: Column) -> Iterator[Edit]:
    if new.is_deprecated and not old.is_deprecated:
        yield edit(where, "It is deprecated now.", Weight.COMPATIBLE)
    if old.is_deprecated and not new.is_deprecated:
        yield edit(where, "It is not deprecated any more.", Weight.COMPATIBLE)
    told = (
        redefined(f"{where}.description", old.description, new.description),
        retold(f"{where}.examples", ", ".join(old.examples), ", ".join(new.examples)),
    )
    yield from (each for each in told if each is not None)
