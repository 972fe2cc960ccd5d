"""Words for units, and which of them a metric's values may be published in."""

import re

from data_contracts.parsing.headers import plain

DURATIONS = frozenset(("milliseconds", "seconds", "minutes", "hours", "days"))
_WORDS = {
    "percent": ("%", "pct", "per cent", "percentage", "percents"),
    "points": ("point", "pts", "pt", "nps points"),
    "milliseconds": ("ms", "msec", "millisecond"),
    "seconds": ("s", "sec", "secs", "second"),
    "minutes": ("min", "mins", "minute"),
    "hours": ("h", "hr", "hrs", "hour"),
    "days": ("d", "day"),
    "count": ("number", "items"),
    "index": (),
    "score": ("scores",),
    "per": ("rate", "rate per"),
}
UNITS = tuple(_WORDS)
_BY_WORD = {plain(word): unit for unit, words in _WORDS.items() for word in (unit, *words)}
_PER = re.compile(
    r"(?:rate )?(?:per|/) ?(?P<base>[0-9][0-9 ,.]*)(?P<of>[a-z][a-z ]*)?", re.IGNORECASE
)
_BOUNDS: dict[str, tuple[float, float]] = {
    "percent": (0, 100),
    "points": (-100, 100),
    "per": (0, float("inf")),
    "count": (0, float("inf")),
    **dict.fromkeys(DURATIONS, (0, float("inf"))),
}
_UNBOUNDED = (float("-inf"), float("inf"))


def read_unit(word: str) -> tuple[str, float | None]:
    """Return the unit a word means and the base in "per 1,000 orders"; ("", None) for no unit."""
    if unit := _BY_WORD.get(plain(word), ""):
        return unit, None
    if word.strip() == "‰":
        return "per", 1000.0
    match = _PER.fullmatch(word.strip())
    base = re.sub(r"[^0-9]", "", match["base"]) if match else ""
    return ("per", float(base)) if base and float(base) > 0 else ("", None)


def base_of(word: str) -> str:
    """Return what a rate is per, `orders` of "per 1,000 orders"; empty where it does not say."""
    match = _PER.fullmatch(word.strip())
    return " ".join((match["of"] or "").split()) if match else ""


def is_convertible(unit: str, into: str) -> bool:
    """Whether values of one unit can be told in the other: the same one, or both durations."""
    return unit == into or {unit, into} <= DURATIONS


def bounds_of(unit: str) -> tuple[float, float]:
    """Return the lowest and highest value that a unit can have."""
    return _BOUNDS.get(unit, _UNBOUNDED)
