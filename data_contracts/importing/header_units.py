"""Units that a header or the name of a metric carries: `On-time (%)`, `Bags /1,000`, `Reply (h)`.

Only an explicit sign counts; a word that merely sounds like a unit does not.
"""

import re
from dataclasses import dataclass

from data_contracts.benchmarks.units import read_unit

_BRACKET = re.compile(r"(?P<bare>.*?)\s*[(\[]\s*(?:in )?(?P<unit>[^()\[\]]{1,40}?)\s*[)\]]\s*")
_BASE = re.compile(
    r"(?P<bare>.*?)[\s,]*(?P<unit>(?:/|\bper)\s?[0-9][0-9 ,.]*(?:\s?[a-z][a-z ]*)?)\s*",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"(?P<bare>.*?)[\s,]*(?:in )?(?P<unit>%|‰)\s*")
_NO_UNITS = frozenset(
    ("n", "number", "rate", "score", "scores", "index", "point", "count", "items")
)


@dataclass(frozen=True, slots=True)
class HeaderUnit:
    """A header without its unit, the unit as the contract writes it, and the sign that says so."""

    bare: str
    unit: str
    sign: str


def read_header_unit(header: str) -> HeaderUnit | None:
    """Return the unit that a header says by an explicit sign, or None."""
    for pattern in (_BRACKET, _BASE, _PERCENT):
        match = pattern.fullmatch(header)
        if match is None or match["unit"].casefold() in _NO_UNITS:
            continue
        unit, base = read_unit(match["unit"])
        if unit and (unit != "per" or base):
            words = f"per {base:.0f}" if base else unit
            return HeaderUnit(match["bare"].strip(), words, match["unit"].strip())
    return None
