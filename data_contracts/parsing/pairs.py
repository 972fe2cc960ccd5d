"""Service levels as pairs: `80/20` is 80 % within 20 seconds. Never a date, never a division."""

import re
from dataclasses import dataclass

_PAIR = re.compile(r"(?P<percent>[0-9]{1,3}(?:\.[0-9]{1,2})?) ?%? ?/ ?(?P<seconds>[0-9]{1,4}) ?s?")


@dataclass(frozen=True, slots=True)
class Pair:
    """The share of contacts in percent, and within how many seconds."""

    percent: float
    seconds: int

    @property
    def note(self) -> str:
        """The threshold, as it goes into the note."""
        return f"threshold {self.seconds} s"


def read_pair(word: str) -> Pair | None:
    """Return the pair a word means, or None."""
    match = _PAIR.fullmatch(word) if "/" in word else None
    if match is None or float(match["percent"]) > 100 or not int(match["seconds"]):
        return None
    return Pair(float(match["percent"]), int(match["seconds"]))


def write_pair(pair: Pair) -> str:
    """Write a pair as it is usual."""
    return f"{pair.percent:.10g}/{pair.seconds}"
