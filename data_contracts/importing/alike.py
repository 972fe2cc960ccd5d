"""Headers that differ in a number only, told together: P1, P2, P3 … P100."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from data_contracts.parsing.headers import plain

_MANY = 5
_DIGITS = re.compile(r"[0-9]+")


def alike(headers: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Return headers in groups: those of many alike together, every other alone."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for header in headers:
        groups[_DIGITS.sub("#", plain(header))].append(header)
    return tuple(
        part
        for form, same in groups.items()
        for part in ((tuple(same),) if "#" in form and len(same) >= _MANY else [(e,) for e in same])
    )


def tell_alike(headers: Sequence[str]) -> str:
    """Return a group in words, a header alone as it is."""
    if len(headers) < _MANY:
        return ", ".join(headers)
    return f"{', '.join(headers[:3])} … {headers[-1]} ({len(headers)} columns alike)"
