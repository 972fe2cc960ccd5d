"""Words for what the screen says with signs; they are the same words."""

from callboard.views import Badge
from metrics.signals import Signal
from metrics.verdict import Promise

_LONGEST = 240  # letters of a comment
BADGE = {
    Badge.VERIFIED: "Verified",
    Badge.WARNINGS: "Verified with warnings",
    Badge.STALE: "Stale",
    Badge.PARTIAL: "Partial",
    Badge.WITHHELD: "Withheld",
    Badge.UNCHECKED: "Not checked",
}
SIGNAL = {
    Signal.NONE: "Steady",
    Signal.IMPROVEMENT: "Improvement",
    Signal.CONCERN: "Concern",
    Signal.HIGH: "Unusually high",
    Signal.LOW: "Unusually low",
    Signal.NO_DATA: "No data",
}
PROMISE = {
    Promise.ALWAYS: "Keeps target",
    Promise.SOMETIMES: "Hit or miss",
    Promise.NEVER: "Misses target",
    Promise.NONE: "",
}


def quoted(text: str, by: str) -> str:
    """Return what somebody said, cut where a slide has no room; the CSV of its chart has it all."""
    cut = f"{text[:_LONGEST].rsplit(' ', 1)[0]} …" if len(text) > _LONGEST else text
    return f"“{cut}” {by}"


def counted(number: int, word: str) -> str:
    """Return `1 period`, `2 periods`."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"
