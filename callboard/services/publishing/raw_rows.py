"""Rows as they came, kept as JSON, as a file again."""

import csv
import io
import json
import re
from collections.abc import Iterable

from callboard.services.export import safe_text

_NUMBER = re.compile(r"[-+]?[\d.,\s]*\d%?")


def raws_as_csv(raws: Iterable[str]) -> bytes:
    """Return rows as UTF-8 CSV with CRLF under all their headers, safe to open in a spreadsheet."""
    rows = [json.loads(raw) for raw in raws]
    names = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO(newline="")
    lines = [[_safe(str(row.get(name, ""))) for name in names] for row in rows]
    csv.writer(text).writerows([[safe_text(name) for name in names], *lines])
    return text.getvalue().encode("utf-8")


def _safe(cell: str) -> str:
    """Text that no spreadsheet runs; a number stays one, though it begins with a sign."""
    return cell if _NUMBER.fullmatch(cell) else safe_text(cell)
