"""What a search can find, and what it found."""

from dataclasses import dataclass
from enum import StrEnum


class FoundKind(StrEnum):
    """What is found, in the order in which it is listed."""

    TOUCHPOINT = "touchpoint"
    METRIC = "metric"
    PAIR = "pair"
    COMPETITOR = "competitor"
    PAGE = "page"
    DEFINITION = "definition"


@dataclass(frozen=True, slots=True, kw_only=True)
class Findable:
    """A place to go to: what it is called, what stands beside its name, and its address.

    `plain_name` and `plain_words` (with a blank before and behind) are what it is found by.
    """

    kind: FoundKind
    name: str
    note: str
    page: str
    query: tuple[tuple[str, str], ...]
    plain_name: str
    plain_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundGroup:
    """The best of one kind, and how many more there are."""

    kind: FoundKind
    best: tuple[Findable, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search found; `instead` are the words it looked for where nothing fitted at first."""

    groups: tuple[FoundGroup, ...]
    instead: str = ""
