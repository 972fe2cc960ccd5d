"""Names with the number of a footnote glued behind them, such as `Private industry5`."""

import re
from collections.abc import Sequence

_GLUED = re.compile(r"(?P<name>.*[^\W\d_]\)?)(?P<mark>[0-9]{1,2}|[*†‡]+)")


def without_footnote(word: str, notes: Sequence[str]) -> str:
    """Return a name without its footnote's mark, "" where no note below begins with that mark."""
    match = _GLUED.fullmatch(word.strip())
    if match is None:
        return ""
    mark = re.compile(rf"\(?\s*{re.escape(match['mark'])}(?![0-9])")
    return match["name"].strip() if any(mark.match(each.strip()) for each in notes) else ""
