"""The names that rows give to touchpoints -> touchpoints there are, and new ones to write."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from callboard.services.connecting.yaml_extending import quoted
from metrics.touchpoint import Stage, Touchpoint

_LONGEST = 50  # of a code
_DEVICES = frozenset(f"{name}{number}" for name in ("com", "lpt") for number in range(10))
_WORDS_OF_YAML = frozenset({"y", "yes", "n", "no", "on", "off", "true", "false", "null"})
_RESERVED = _DEVICES | _WORDS_OF_YAML | {"con", "prn", "aux", "nul"}  # Windows has no such files
_FEEDS_OF_COLLEAGUES = frozenset({"internal_requests"})
_NO_KIND = frozenset({"id", "no", "nr", "number", "code", "key", "name", "touchpoint"})
_LETTERS = str.maketrans(
    {"æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A touchpoint that rows name; `aliases` are the names its file has yet to learn.

    `rows` counts those that name it so far as was looked. `is_new`: there is no file of it yet.
    """

    code: str
    name: str
    aliases: tuple[str, ...]
    rows: int
    stage: Stage = Stage.FRONT
    is_new: bool = True


def propose_places(
    found: Mapping[str, int], known: Mapping[str, Touchpoint], *, feed: str, column: str
) -> tuple[Place, ...]:
    """A place for every name in `found` (with its rows) that no touchpoint in `known` goes by.

    Names that differ by capitals, accents, spaces and punctuation alone are of one place. `column`
    is what the table calls them, from which mere numbers get a name.
    """
    told = {name: each.code for each in known.values() for name in (each.code, *each.aliases)}
    owners = {_code(name, column): code for name, code in told.items()}
    grouped: dict[str, list[str]] = {}
    for name in found:
        if name not in told and name.strip():
            code = _code(name, column)
            grouped.setdefault(owners.get(code, code), []).append(name)
    stage = Stage.BACK if feed in _FEEDS_OF_COLLEAGUES else Stage.FRONT
    return tuple(
        Place(
            code=code,
            name=known[code].name if code in known else _title(names[0], column),
            aliases=tuple(name for name in names if name != code),
            rows=sum(found[name] for name in names),
            stage=stage,
            is_new=code not in known,
        )
        for code, names in grouped.items()
    )


def merge_places(proposed: Iterable[Place]) -> tuple[Place, ...]:
    """The places of several tables together, each once; one that customers meet is in front."""
    merged: dict[str, Place] = {}
    for place in proposed:
        other = merged.get(place.code)
        if other is None:
            merged[place.code] = place
            continue
        merged[place.code] = replace(
            other,
            aliases=tuple(dict.fromkeys((*other.aliases, *place.aliases))),
            rows=other.rows + place.rows,
            stage=Stage.FRONT if Stage.FRONT in (other.stage, place.stage) else Stage.BACK,
        )
    return tuple(merged.values())


def place_file(place: Place) -> str:
    """The text of a new touchpoint's file."""
    lines = [
        f"touchpoint: {place.code}",
        f"name: {quoted(place.name)}",
        f"stage: {place.stage.value}",
    ]
    if place.aliases:
        lines.append(f"aliases: [{', '.join(map(quoted, place.aliases))}]")
    return "\n".join([*lines, ""])


def _code(name: str, column: str) -> str:
    """A code of small letters, digits and _, good for a file's name on every system.

    Names that are not of the Latin alphabet, or are very long, are told apart by a short hash.
    """
    folded = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    letters = "".join(each for each in folded if not unicodedata.combining(each))
    words = "_".join(re.findall(r"[a-z0-9]+", letters))
    if any(each.isalnum() and not each.isascii() for each in letters) or len(words) > _LONGEST:
        digest = hashlib.sha256(" ".join(letters.split()).encode("utf-8", "replace")).hexdigest()
        words = f"{words[:_LONGEST]}_{digest[:6]}".strip("_")
    if not words or not words[0].isalpha():
        words = f"{_kind_of_place(column)}_{words}".strip("_")
    return f"{words}_place" if words in _RESERVED else words


def _kind_of_place(column: str) -> str:
    """`store` of `store_id`; `place` where the column says nothing."""
    words = [each for each in re.findall(r"[a-z]+", column.lower()) if each not in _NO_KIND]
    return words[-1][:12] if words else "place"


def _title(name: str, column: str) -> str:
    """A name for people: `North desk` for `north_desk`, `Store 7` for 7."""
    shown = "".join(each if each.isprintable() else " " for each in name)
    shown = " ".join(shown.split())[:80]
    if shown.isdecimal():
        return f"{_kind_of_place(column).capitalize()} {shown}"
    if re.fullmatch(r"[a-z][a-z0-9_]*", shown):
        return shown.replace("_", " ").strip().capitalize()
    return shown or "Unnamed place"
