"""The table beside a comparison: the same figures, readable and printable."""

from markupsafe import Markup

from callboard.figures import NO_VALUE, format_number
from callboard.ui.links import address
from callboard.ui.markup import tag
from callboard.ui.tables import Column, Row, draw_table
from callboard.views import ComparedUnit, Comparison, Picture

_FIRST = (
    Column(title="Who"),
    Column(title="Value", is_number=True),
    Column(title="95 % interval", is_number=True),
    Column(title="Counted", is_number=True),
)
_FUNNEL = (
    Column(title="95 % limits", is_number=True),
    Column(title="99.8 % limits", is_number=True),
    Column(title="Finding"),
)
_SYSTEMATIC = (
    Column(title="Without chance's part", is_number=True),
    Column(title="Rank (95 % interval)", is_number=True),
)

_JUDGED: dict[Picture, tuple[Column, ...]] = {
    Picture.FUNNEL: _FUNNEL,
    Picture.SYSTEMATIC: _SYSTEMATIC,
}


def comparison_table(view: Comparison) -> Markup:
    """Return the units in the view's order with what they were judged by."""
    columns = (*_FIRST, *_JUDGED.get(view.picture, ()))
    rows = [Row(cells=(*_cells(view, unit), *_judged(view, unit))) for unit in view.units]
    caption = f"{view.metric_name} by {view.by or 'touchpoint'}, {view.period_label}"
    return draw_table(columns, rows, caption=caption, is_tall=len(rows) > 20)


def _cells(view: Comparison, unit: ComparedUnit) -> tuple[Markup | str, ...]:
    return _name(view, unit), unit.value_text, unit.interval_text, unit.n_text


def _name(view: Comparison, unit: ComparedUnit) -> Markup | str:
    if not unit.touchpoint:
        return unit.name
    query = {"touchpoint": unit.touchpoint, "metric": view.metric, "grain": view.grain.value}
    return tag("a", unit.name, href=address("touchpoint", query))


def _judged(view: Comparison, unit: ComparedUnit) -> tuple[Markup | str, ...]:
    if unit.shrunken is not None:
        return unit.shrunken.text, unit.shrunken.rank_text
    if unit.limits is None:
        return (NO_VALUE,) * 3 if view.picture is Picture.FUNNEL else ()
    inner = (unit.limits.lower_95, unit.limits.upper_95)
    outer = (unit.limits.lower_998, unit.limits.upper_998)
    return _span(view, inner), _span(view, outer), unit.finding


def _span(view: Comparison, edges: tuple[float, float]) -> str:
    low, high = (format_number(edge, view.decimals) for edge in edges)
    return f"{low} to {high}"
