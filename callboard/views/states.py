"""What a number stands on and what a difference means: badges, chips, trust."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Badge(StrEnum):
    """The state of the data that a number stands on, best first."""

    VERIFIED = "verified"
    WARNINGS = "verified_with_warnings"
    STALE = "stale"
    PARTIAL = "partial"
    WITHHELD = "withheld"
    UNCHECKED = "unchecked"


class Meaning(StrEnum):
    """What a difference means; never the direction of the number."""

    GOOD = "good"
    BAD = "bad"
    NEUTRAL = "neutral"
    NONE = "none"


class Movement(StrEnum):
    """Which way the number went; never whether that is good."""

    UP = "up"
    DOWN = "down"
    LEVEL = "level"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustCard:
    """What a badge opens to: how one feed under a number was judged, and whom to ask.

    `failing` rules and `waived` ones are in plain words. `run_id` and `judged_at` are of the last
    run that could read the feed; None before the first. Rows are those of the number's touchpoint,
    None where they are not known. `url` is where to ask.
    """

    feed: str
    name: str
    contract: str
    version: str
    run_id: int | None
    judged_at: datetime | None
    rows_used: int | None
    rows_quarantined: int | None
    rows_missing: int
    failing: tuple[str, ...]
    waived: tuple[str, ...]
    owner: str
    channel: str
    url: str
    sentence: str
    badge: Badge


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """The badge of a number, its data-as-of, and why, in one sentence.

    `as_of` is a moment; a feed that knows days only has come as far as a day, which is a date.
    `cards` are of the feeds that the number stands on.
    """

    badge: Badge
    feeds: tuple[str, ...]
    as_of: date | None
    due: datetime | None
    sentence: str
    cards: tuple[TrustCard, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One comparison on a tile: `label` "week 45", `text` "+1.2 pts", a `word` for the meaning."""

    label: str
    text: str
    movement: Movement
    meaning: Meaning
    word: str
    detail: str = ""
