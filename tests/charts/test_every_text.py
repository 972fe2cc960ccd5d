"""Whatever text of a view is hostile, no figure carries it as markup: titles, ticks, hover, all."""

import json
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

import plotly.graph_objects as go
import pytest

from callboard import views
from callboard.charts.beside_chart import beside_chart
from callboard.charts.between_chart import between_chart
from callboard.charts.breakdown_chart import breakdown_chart
from callboard.charts.competitor_chart import league_chart
from callboard.charts.competitor_trend_chart import trend_chart
from callboard.charts.control_chart import control_chart
from callboard.charts.effects_chart import effects_chart
from callboard.charts.funnel_chart import funnel_chart
from callboard.charts.gap_chart import gap_chart
from callboard.charts.hour_chart import hour_chart
from callboard.charts.quadrant_chart import quadrant_chart
from callboard.charts.rhythm_chart import rhythm_chart
from callboard.charts.unit_chart import unit_chart
from tests import sample_comparisons, sample_parts, sample_views
from tests.sample_standings import dot, quadrant

EVIL = "<a href='https://evil.example'>x</a><span style='font-size:60px'>y</span>"
PAGE = sample_views.competitors_page()
GAPS = sample_parts.event_gaps()
CHART = sample_views.broken_chart()
BESIDE = views.Beside(ours=CHART, other=CHART, sentence="", alt="")
DRAWN: dict[str, tuple[Callable[[Any], go.Figure], Any]] = {
    "control chart": (control_chart, sample_views.broken_chart()),
    "baselines": (control_chart, sample_views.baselined_chart()),
    "annotations": (control_chart, sample_views.annotated_chart()),
    "comments": (control_chart, sample_views.commented_chart()),
    "between": (between_chart, GAPS),
    "breakdown": (lambda view: breakdown_chart(view, unit=f"%{EVIL}"), sample_parts.breakdown()),
    "effects": (lambda view: effects_chart(view, unit=f"%{EVIL}"), sample_parts.effects()),
    "hours": (hour_chart, sample_parts.hour_map()),
    "beside": (beside_chart, BESIDE),
    "gaps": (lambda view: gap_chart(view, unit=f"%{EVIL}"), PAGE.gaps),
    "league": (lambda view: league_chart(view, unit=f"%{EVIL}"), PAGE.league),
    "trend": (trend_chart, PAGE.trend),
    "quadrant": (quadrant_chart, quadrant(dot("fcr", 30.0, 0.1, 0.2))),
    "funnel": (funnel_chart, sample_comparisons.comparison()),
    "units": (unit_chart, sample_comparisons.systematic()),
    "rhythm": (rhythm_chart, sample_parts.rhythm()),
}


def spoiled(part: Any) -> Any:
    """The same view with markup behind every text in it, also in the keys of mappings."""
    if isinstance(part, Enum):
        return part
    if isinstance(part, str):
        return part + EVIL
    if isinstance(part, tuple):
        return tuple(spoiled(each) for each in part)
    if isinstance(part, dict):
        return {spoiled(key): spoiled(value) for key, value in part.items()}
    if is_dataclass(part) and not isinstance(part, type):
        return replace(
            part, **{each.name: spoiled(getattr(part, each.name)) for each in fields(part)}
        )
    return part


def _texts(node: Any) -> Iterator[str]:
    """Every text of a figure as the browser reads it: the JSON writes `<` as `\\u003c`."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for each in node.values() if isinstance(node, dict) else node:
            yield from _texts(each)


@pytest.mark.parametrize("name", DRAWN)
def test_no_text_of_a_view_is_markup_in_its_figure(name: str) -> None:
    draw, view = DRAWN[name]
    drawn = list(_texts(json.loads(draw(spoiled(view)).to_json())))
    assert any("evil.example" in text for text in drawn)
    assert [] == [text for text in drawn if "<a" in text or "<span" in text]
