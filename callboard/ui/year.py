"""Quarter and year to date against target, and where the year will end; folded on phones."""

from markupsafe import Markup

from callboard import views
from callboard.ui import links
from callboard.ui.glyphs import MEANING_CSS
from callboard.ui.markup import NOTHING, show, tag
from callboard.ui.tables import Column, Row, draw_table

_CELL = Markup('<a href="{href}">{name}</a>{base}')


def draw_year(view: views.ToDate, query: dict[str, str]) -> None:
    """Draw how quarter and year stand for every promise with a target, and where the year ends."""
    if not view.rows:
        return
    title = tag("h2", "Where the year will end") + tag("span", view.summary)
    opened = tag("summary", f"Show {len(view.rows)} promises")
    table = tag("details", opened + _table(view, query) + _note(view), css="cb-year")
    show(tag("div", title, css="cb-h2") + table)


def _table(view: views.ToDate, query: dict[str, str]) -> Markup:
    columns = (
        Column(title="Promise"),
        Column(title="Touchpoint"),
        Column(title=f"{view.quarter} to date", is_number=True),
        Column(title=f"{view.year} to date", is_number=True),
        Column(title="Target", is_number=True),
        Column(title="Year end", is_number=True),
        Column(title="Outlook"),
    )
    caption = f"Quarter and year to date, to {view.until} at the latest, against target"
    return draw_table(columns, (_row(each, query) for each in view.rows), caption=caption)


def _row(row: views.ToDateRow, query: dict[str, str]) -> Row:
    address = {"touchpoint": row.touchpoint, "metric": row.metric} | query
    base = tag("small", f" {row.base_text}") if row.base_text else NOTHING
    name = _CELL.format(href=links.address("touchpoint", address), name=row.metric_name, base=base)
    word = tag("span", tag("em", row.word), css=MEANING_CSS[row.meaning])
    texts = (row.quarter_text, row.year_text, row.target_text, row.range_text)
    return Row(cells=(name, row.touchpoint_name, *texts, word))


def _note(view: views.ToDate) -> Markup:
    more = f" {view.hidden_count} more are not shown." if view.hidden_count else ""
    return tag(
        "p",
        f"Sums over sums of whole days. The year end is the 95 % range if everything stays as it "
        f"is, from whole {view.whole_periods}; medians and indices have none.{more}",
        css="cb-note",
    )
