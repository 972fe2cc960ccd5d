"""Two touchpoints, by looking at the figure."""

from dataclasses import replace

from callboard.charts.beside_chart import beside_chart
from callboard.views import Beside
from tests import sample_views

OURS = sample_views.broken_chart()
OTHER = replace(
    OURS,
    touchpoint_name="Desk",
    points=tuple(
        replace(each, value=None if each.value is None else each.value - 30) for each in OURS.points
    ),
)
FIGURE = beside_chart(Beside(ours=OURS, other=OTHER, sentence="", alt="told"))


def test_both_are_drawn_on_the_same_scales() -> None:
    assert FIGURE.layout.yaxis.range == FIGURE.layout.yaxis2.range
    low, high = FIGURE.layout.yaxis.range
    values = [y for trace in FIGURE.data for y in trace.y if y is not None]
    assert low < min(values)
    assert high > max(values)


def test_what_happened_stands_in_the_panel_it_is_of() -> None:
    flags = sample_views.annotated_chart().annotations
    figure = beside_chart(
        Beside(ours=OURS, other=replace(OTHER, annotations=flags), sentence="", alt="told")
    )
    stems = {shape.yref for shape in figure.layout.shapes if shape.name == "Annotation"}
    assert {"y2 domain"} == stems
    told = " ".join(each.hovertext or "" for each in figure.layout.annotations)
    assert flags[0].text in told


def test_each_has_a_panel_of_its_own_with_its_name() -> None:
    assert {"y", "y2"} == {trace.yaxis for trace in FIGURE.data}
    assert FIGURE.layout.yaxis.domain[0] > FIGURE.layout.yaxis2.domain[1]
    names = [each.text for each in FIGURE.layout.annotations]
    assert {OURS.touchpoint_name, "Desk"} <= set(names)
