"""Words that stand where a number was not given, and what publishers mean by them. Never zero."""

import re

MISSING_WORDS = frozenset(
    ("n/a", "na", "n.a.", "nm", "null", "none", "nan", "-", "--", "–", "—", "*", "c", "..", "...")
)
_MEANINGS = {
    "not measured": ("nm", "-", "–", "—", "not measured", "not meaningful"),
    "not available": ("n/a", "na", "n.a.", "..", "...", ":", "u", "[u]", "not available"),
    "suppressed": ("c", "[c]", "*", "--", "s", "suppressed", "withheld", "confidential"),
    "not applicable": ("x", "[x]", "z", "[z]", "not applicable"),
    "nothing": ("null", "none", "nan"),
}
_BY_WORD = {word: meaning for meaning, words in _MEANINGS.items() for word in words}
_BELOW = re.compile(r"(?:<|≤|<=|less than|under) ?[0-9][0-9.,]* ?%?", re.IGNORECASE)
_FOOTNOTE = re.compile(r"\( +[0-9]{1,2} *\)|\( *[0-9]{1,2} +\)")


def meaning_of(word: str) -> str:
    """Return why no number stands here, as publishers use the word; "" for another word."""
    if known := _BY_WORD.get(word.casefold()):
        return known
    if word[:1].isdigit():
        return ""
    if _BELOW.fullmatch(word):
        return "suppressed, because it is small"
    return "a footnote instead of a number" if _FOOTNOTE.fullmatch(word) else ""
