"""Tables of our own: they print, they scroll in their own frame, and assistive tools read them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from callboard.ui.markup import joined, tag

# A table whose parts are laid out as blocks is none to a browser, unless they say what they are.
_ROLES = {
    "table": "table",
    "part": "rowgroup",
    "tr": "row",
    "col": "columnheader",
    "th": "rowheader",
    "td": "cell",
}


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
    columns: Sequence[Column],
    rows: Iterable[Row],
    *,
    caption: str,
    is_tall: bool = False,
    is_stacked: bool = False,
) -> Markup:
    """Return the table; texts are escaped. The caption names it for those who cannot see it.

    A tall table scrolls in its own frame, under its headings. On a phone the cells of a stacked one
    stand below each other, each under its heading.
    """
    says = _ROLES if is_stacked else {}
    head = joined(
        tag("th", column.title, css=_css(column, index), scope="col", role=says.get("col", ""))
        for index, column in enumerate(columns)
    )
    body = joined(_draw_row(columns, row, says) for row in rows)
    part = says.get("part", "")
    table = tag(
        "table",
        tag("caption", caption)
        + tag("thead", tag("tr", head, role=says.get("tr", "")), role=part)
        + tag("tbody", body, role=part),
        css="cb-table cb-stacked" if is_stacked else "cb-table",
        role=says.get("table", ""),
    )
    css = "cb-scroll cb-tall" if is_tall else "cb-scroll"
    return tag("div", table, css=css, tabindex="0", role="region", aria_label=caption)


def _draw_row(columns: Sequence[Column], row: Row, says: Mapping[str, str]) -> Markup:
    cells = []
    for index, (column, cell) in enumerate(zip(columns, row.cells, strict=True)):
        name, scope = ("td", "") if index else ("th", "row")
        cells.append(
            tag(
                name,
                cell,
                css=_css(column, index),
                scope=scope,
                role=says.get(name, ""),
                data_title=column.title if says else "",
            )
        )
    css = f"cb-{row.look}" if row.look else ""
    return tag("tr", joined(cells), css=css, role=says.get("tr", ""))


def _css(column: Column, index: int) -> str:
    """Numbers line up on the right, but the heading of a row stays at its edge."""
    return "cb-number" if column.is_number and index else ""
