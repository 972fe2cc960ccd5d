"""What a file says, as people's edits leave it. Pure."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value")
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit(Generic[Value]):
    """What an edit says and what stood before it; None is nothing. One that is withdrawn is out."""

    value: Value | None
    before: Value | None
    holds: bool


def settle(in_file: Value | None, edits: Sequence[Edit[Value]]) -> Value | None:
    """Return what counts for one thing; `edits` are all edits of it, the oldest first.

    The latest edit that holds. Without one the file; but what a withdrawn edit had written there
    gives way to what stood before it.
    """
    for each in reversed(edits):
        if each.holds:
            return each.value
    found = in_file
    for each in reversed(edits):
        if found == each.value:
            found = each.before
    return found


def overlay(
    in_file: Mapping[Key, Value], edits: Mapping[Key, Sequence[Edit[Value]]]
) -> dict[Key, Value]:
    """Return what counts for each thing: those of the file in its order, then those of edits."""
    found = {key: settle(in_file.get(key), edits.get(key, ())) for key in (*in_file, *edits)}
    return {key: value for key, value in found.items() if value is not None}


def is_explained(
    was: Mapping[Key, Value], now: Mapping[Key, Value], edits: Mapping[Key, Sequence[Edit[Value]]]
) -> bool:
    """Whether edits account for every difference between a file as it was read and as it is."""
    return all(
        now.get(key) in (was.get(key), *_sayings(edits.get(key, ()))) for key in (*was, *now)
    )


def _sayings(edits: Iterable[Edit[Value]]) -> list[Value | None]:
    return [said for each in edits for said in (each.value, each.before)]


def by_key(
    edits: Iterable[tuple[Key, Edit[Value]]],
) -> dict[Key, list[Edit[Value]]]:
    """Return edits by what they are of, in their order."""
    found: dict[Key, list[Edit[Value]]] = {}
    for key, edit in edits:
        found.setdefault(key, []).append(edit)
    return found


def keyed(values: Iterable[Value], key: Callable[[Value], Key]) -> dict[Key, Value]:
    """Return values by what they are of."""
    return {key(each): each for each in values}
