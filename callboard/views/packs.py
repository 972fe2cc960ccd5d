"""Board packs as they are listed: what each holds, whose it is, what may be done with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedView:
    """One view of a pack in words; `period` is empty for the latest one.

    `page` and `query` lead to it, `page` is None where the reader may not see it. `mark` is of
    this view alone: it says which view stood at a place when the pack was read.
    """

    title: str
    words: str
    period: str
    page: str | None
    query: Mapping[str, Sequence[str]]
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackRow:
    """A board pack. `is_mine`: the reader may change it; `mark` says what it was when read."""

    id: int
    name: str
    owner: str
    at: datetime
    views: tuple[PackedView, ...]
    is_mine: bool
    is_deleted: bool
    mark: str
