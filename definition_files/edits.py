"""What an edit of a definition weighs for those who rely on it, and which version it needs."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """Breaking: figures or rows mean something else. Loosened: less is promised than before.

    Tightened: more is promised, so that rows that were used may not be. Compatible: neither.
    """

    BREAKING = "breaking"
    LOOSENED = "loosened"
    TIGHTENED = "tightened"
    COMPATIBLE = "compatible"


class Level(StrEnum):
    """The part of a version that has to rise."""

    MAJOR = "major"
    MINOR = "minor"
    PATCH = "patch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One edit: where in the file, in words, what it weighs, and the version it needs."""

    where: str
    sentence: str
    weight: Weight
    level: Level

    @property
    def is_heavy(self) -> bool:
        """Whether somebody who relies on the definition has to be told by its version."""
        return self.weight in (Weight.BREAKING, Weight.LOOSENED)


_HEAVIEST = tuple(Level)
_LEVEL_OF = {
    Weight.BREAKING: Level.MAJOR,
    Weight.LOOSENED: Level.MINOR,
    Weight.TIGHTENED: Level.MINOR,
    Weight.COMPATIBLE: Level.MINOR,
}
_WORD = re.compile(r"[a-zà-ÿ]{2,}|[%‰€$£¥]|\d+(?:[.,]\d+)*")
_MEASURE_WORDS = """
ms millisecond second sec minute min hour day week month quarter year
% ‰ percent cent share ratio fraction point score index
€ $ £ ¥ euro dollar pound krone franc
gram kg kilogram tonne metre meter km kilometre mile litre byte kb mb gb
utc local gross net business calendar working
no not never none without excluding including except only per
"""
_MEASURES = frozenset(_MEASURE_WORDS.split())


def edit(where: str, sentence: str, weight: Weight) -> Edit:
    """An edit that needs the version of its weight: major where it breaks, minor elsewhere."""
    return Edit(where=where, sentence=sentence, weight=weight, level=_LEVEL_OF[weight])


def retold(where: str, before: str, after: str) -> Edit | None:
    """What is said in words only, told otherwise: an edit that weighs nothing; None if the same."""
    if before == after:
        return None
    sentence = f"{_quoted(before)} is {_quoted(after)} now."
    return Edit(where=where, sentence=sentence, weight=Weight.COMPATIBLE, level=Level.PATCH)


def redefined(where: str, before: str, after: str) -> Edit | None:
    """The same of words that say what a number means.

    Where other units, numbers or exceptions stand in them, it means something else.
    """
    told = retold(where, before, after)
    gone, new = _measures(before) - _measures(after), _measures(after) - _measures(before)
    if told is None or not before or not (gone or new):
        return told
    words = [f"without {each!r}" for each in sorted(gone)] + [f"with {e!r}" for e in sorted(new)]
    return edit(where, f"{told.sentence[:-1]}: {', '.join(words)}.", Weight.BREAKING)


def needed_level(edits: Iterable[Edit]) -> Level | None:
    """The part of the version that some edits need to rise; None where there is none."""
    levels = {each.level for each in edits}
    return next((level for level in _HEAVIEST if level in levels), None)


def needed_version(edits: Iterable[Edit], old: str) -> str:
    """The lowest version after `old` (1.4.2) that tells of the edits; `old` where there is none."""
    major, minor, patch = (int(part) for part in old.split("."))
    match needed_level(edits):
        case Level.MAJOR:
            return f"{major + 1}.0.0"
        case Level.MINOR:
            return f"{major}.{minor + 1}.0"
        case Level.PATCH:
            return f"{major}.{minor}.{patch + 1}"
        case None:
            return old


def _measures(text: str) -> frozenset[str]:
    found = _WORD.findall(text.lower())
    words = (each if each in _MEASURES else each.removesuffix("s") for each in found)
    return frozenset(each for each in words if each in _MEASURES or each[0].isdigit())


def _quoted(text: str) -> str:
    return f"“{text}”" if text else "nothing"
