"""The rows behind a reading as they leave: masked as on the screen, numbers and times as such."""

import re
from datetime import date, datetime

from callboard.services.export import Cell, write_csv
from callboard.views import RowsBehind

_WHOLE, _BROKEN = re.compile(r"-?(0|[1-9]\d{0,14})"), re.compile(r"-?\d{1,12}\.\d{1,9}")
_DAY, _MOMENT = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
_FORMS = (
    (_WHOLE, int),
    (_BROKEN, float),
    (_DAY, date.fromisoformat),
    (_MOMENT, datetime.fromisoformat),
)


def plain_values(view: RowsBehind) -> tuple[tuple[str | int | float | date | None, ...], ...]:
    """Return the rows; a column of nothing but numbers, or times, has those instead of text."""
    columns = [_column(texts) for texts in zip(*view.rows, strict=True)]
    return tuple(zip(*columns, strict=True))


def rows_csv(view: RowsBehind) -> bytes:
    """Return the rows as the page shows them."""
    rows: tuple[tuple[Cell, ...], ...] = plain_values(view)
    return write_csv(view.columns, rows)


def _column(texts: tuple[str, ...]) -> list[str | int | float | date | None]:
    said = [text for text in texts if text]
    for form, read in _FORMS:
        if said and all(form.fullmatch(text) for text in said):
            try:
                return [read(text) if text else None for text in texts]
            except ValueError:  # a day that no calendar has
                break
    return list(texts)
