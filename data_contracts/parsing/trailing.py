"""Signs and brackets behind a number: `91% (+2)`, `5.57*`, `65†`. The number stays a number.

Only what cannot change the number is parted from it: footnote signs, a bracket with a change, a
sample or a footnote. Words such as `million` or `(thousands)` are not.
"""

import re

_NUMBER = r"[$€£¥]? ?[+-]?[0-9][0-9.,'’ ]*(?:[eE][+-]?[0-9]{1,4})? ?[%$€£¥]?"
_SIGNS = r"[*†‡§¶ª#]+|[¹²³⁰⁴-⁹]+"
_IN_BRACKETS = (
    r"[+±−-] ?[0-9][0-9.,]* ?(?:%|pp|pts?|points)?"
    r"|[0-9]{1,2}|[a-z]|n ?= ?[0-9][0-9,. ]*"
    r"|estimated|estimate|est\.?|provisional|prov\.?|preliminary|prelim\.?|revised|rev\.?"
)
_REST = rf"(?:{_SIGNS}|\( ?(?:{_IN_BRACKETS}) ?\)|\[ ?(?:{_IN_BRACKETS}) ?\])"
_ENDS = frozenset("*†‡§¶ª#¹²³⁰⁴⁵⁶⁷⁸⁹)]")  # what the rest can end with
_WITH_MORE = re.compile(rf"(?P<number>{_NUMBER}?) ?(?P<rest>{_REST}(?: ?{_REST})*)", re.IGNORECASE)


def part_trailing(word: str) -> tuple[str, str] | None:
    """Return the number's own text and what stands behind it, or None where nothing does."""
    match = _WITH_MORE.fullmatch(word) if word and word[-1] in _ENDS else None
    return (match["number"].strip(), match["rest"]) if match else None


def join_trailing(number: str, rest: str) -> str:
    """Write a number with what stands behind it."""
    return f"{number} {rest}"


def joined_note(note: str, more: str) -> str:
    """Return a note with something more behind it."""
    return f"{note}; {more}" if note.strip() else more
