"""How alike two names of a column or table are: words, not letters, and units must agree.

`created`, `createdAt` and `ticket_created_at` say the same; `complete` and `incomplete`, or
`wait_minutes` and `wait_seconds`, do not, however alike they look.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

SAME, SAME_WORDS = 1.0, 0.98
NO_UNIT, OTHER_UNIT = 0.8, 0.4
_PARTLY, _INSIDE, _SPELT = 0.7, 0.55, 0.6
_SPELT_FROM = 0.87
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"[^\W_]+")
_UNITS = {
    word: unit
    for unit, words in {
        "milliseconds": ("milliseconds", "millisecond", "millis", "ms", "msec"),
        "seconds": ("seconds", "second", "secs", "sec", "s"),
        "minutes": ("minutes", "minute", "mins", "min"),
        "hours": ("hours", "hour", "hrs", "hr", "h"),
        "days": ("days",),
    }.items()
    for word in words
}
_SILENT_WORDS = (
    "at on of the a an in for to date time datetime timestamp ts dt utc gmt is was were be flag yn "
    "ind bool col column field name nm code value val full total"
)
_SILENT = frozenset(_SILENT_WORDS.split())
_SHORT = {
    "no": "number",
    "nr": "number",
    "num": "number",
    "nbr": "number",
    "identifier": "id",
    "key": "id",
    "uuid": "id",
    "guid": "id",
    "qty": "quantity",
    "dept": "department",
    "grp": "group",
    "cat": "category",
    "resp": "response",
    "reply": "response",
    "creation": "created",
    "create": "created",
    "update": "updated",
    "modification": "modified",
    "modify": "modified",
    "delivery": "delivered",
    "order": "ordered",
    "purchase": "purchased",
    "resolution": "resolve",
    "solved": "resolved",
    "center": "centre",
    "cust": "customer",
    "addr": "address",
    "tel": "phone",
    "telephone": "phone",
    "shipping": "ship",
}
_DENIALS = frozenset({"not", "non", "un", "never", "without"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name as what it says: its plain spelling, its telling words, the unit it names or ""."""

    plain: str
    words: frozenset[str]
    unit: str

    @property
    def denials(self) -> frozenset[str]:
        """The words that turn the meaning round."""
        return self.words & _DENIALS


@lru_cache(maxsize=100_000)
def read_name(text: str) -> Name:
    """Read `createdAt`, `Created At` and `created_at` alike, without accents and punctuation."""
    spaced = _CAMEL.sub(" ", text)
    bare = unicodedata.normalize("NFKD", spaced).encode("ascii", "ignore").decode() or spaced
    found = [each.lower() for each in _WORD.findall(bare)]
    unit = next((_UNITS[each] for each in found if each in _UNITS), "")
    told = [each for each in found if each not in _UNITS and each not in _SILENT]
    return Name("_".join(found), frozenset(map(_plain_word, told)), unit)


@lru_cache(maxsize=100_000)
def likeness(name: Name, other: Name) -> float:
    """How alike two names are, 0 to 1; units are another question, opposites are not alike."""
    if name.plain == other.plain:
        return SAME
    if name.denials != other.denials or not (name.words and other.words):
        return 0.0
    if name.words == other.words:
        return SAME_WORDS
    if other.words < name.words:
        return _PARTLY
    if name.words < other.words:
        return _INSIDE
    return _SPELT if _is_misspelt(name.plain, other.plain) else 0.0


def best_likeness(names: Iterable[Name], wanted: Iterable[tuple[Name, float]]) -> float:
    """The best likeness of one of `names` to one of the names `wanted`, each with its weight."""
    others = list(wanted)
    return max(
        (likeness(name, other) * weight for name in names for other, weight in others), default=0.0
    )


def unit_fit(found: str, wanted: str) -> float:
    """How well units agree: fully, by silence of one of them, or not at all (0)."""
    if found == wanted:
        return SAME
    if not found:
        return NO_UNIT
    return 0.0 if wanted else OTHER_UNIT


def _plain_word(word: str) -> str:
    """One word for all its forms."""
    single = _singular(word)
    return _SHORT.get(word) or _SHORT.get(single, single)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    is_plural = word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3
    return word[:-1] if is_plural else word


def _is_misspelt(one: str, other: str) -> bool:
    """Some letters apart, but not by something put before (complete, incomplete)."""
    if abs(len(one) - len(other)) > 2 or one.endswith(other) or other.endswith(one):
        return False
    return SequenceMatcher(None, one, other).ratio() >= _SPELT_FROM
