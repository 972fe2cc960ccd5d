"""What a metric's past says of its future: sentences, each with the numbers behind it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlookItem:
    """One statement: its topic in a word or two, the sentences, and what they stand on by name."""

    topic: str
    sentence: str
    numbers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """All that is whole and true about what comes; no items where there is nothing to say.

    `excess` is what the signal amounts to, for the panel beside the chart; empty without one.
    """

    items: tuple[OutlookItem, ...]
    excess: str = ""
