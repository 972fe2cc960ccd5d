"""One thing that is wrong in a definition file, as data and as a sentence."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Where a definition is wrong, what was found, what was expected, and what to do."""

    file: str
    key: str
    found: str
    expected: str
    suggestion: str = ""

    def __str__(self) -> str:
        """Say the problem in one line: file, key, found, expected, suggestion."""
        advice = f" {self.suggestion}" if self.suggestion else ""
        return f"{self.file}: {self.key}: found {self.found}; expected {self.expected}.{advice}"


def nearest(word: str, allowed: Iterable[str]) -> str:
    """Return "Did you mean …?" for the closest allowed word, or an empty string."""
    match = get_close_matches(word, list(allowed), n=1, cutoff=0.6)
    return f"Did you mean {match[0]!r}?" if match else ""
