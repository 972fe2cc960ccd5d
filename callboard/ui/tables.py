"""Tables of our own: they print, they scroll in their own frame, and assistive tools read them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from callboard.ui.markup import joined, tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column's heading, and whether it holds numbers, which line up on the right."""

    title: str
    is_number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row's cells, the first of them its heading; `look` is ours, pale, or nothing."""

    cells: Sequence[Markup | str]
    look: str = ""


def draw_table(
    columns: Sequence[Column], rows: Iterable[Row], *, caption: str, is_tall: bool = False
) -> Markup:
    """Return the table; texts are escaped. The caption names it for those who cannot see it.

    A tall table scrolls in its own frame, under its headings.
    """
    head = joined(
        tag("th", column.title, css=_css(column, index), scope="col")
        for index, column in enumerate(columns)
    )
    body = joined(_draw_row(columns, row) for row in rows)
    table = tag(
        "table",
        tag("caption", caption) + tag("thead", tag("tr", head)) + tag("tbody", body),
        css="cb-table",
    )
    css = "cb-scroll cb-tall" if is_tall else "cb-scroll"
    return tag("div", table, css=css, tabindex="0", role="region", aria_label=caption)


def _draw_row(columns: Sequence[Column], row: Row) -> Markup:
    cells = [
        tag("td" if index else "th", cell, css=_css(column, index), scope="" if index else "row")
        for index, (column, cell) in enumerate(zip(columns, row.cells, strict=True))
    ]
    return tag("tr", joined(cells), css=f"cb-{row.look}" if row.look else "")


def _css(column: Column, index: int) -> str:
    """Numbers line up on the right, but the heading of a row stays at its edge."""
    return "cb-number" if column.is_number and index else ""
