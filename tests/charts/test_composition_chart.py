"""Contributions as a ladder: each bar begins where the last one ended."""

import plotly.graph_objects as go
import pytest

from callboard.charts import change_chart, score_chart
from callboard.charts.theme import Ink
from callboard.views import Composition, Contribution, Meaning


def part(name: str, adds: float, change: float, meaning: Meaning) -> Contribution:
    return Contribution(
        metric=name.lower(),
        name=name,
        value=adds,
        value_text=f"{adds} %",
        weight=0.5,
        weight_text="50 %",
        scale_text="0 at 0, 100 at 100 %",
        scaled=adds,
        scaled_text=f"{adds}",
        contribution=adds,
        contribution_text=f"{adds}",
        change=change,
        change_text=f"{change:+}",
        meaning=meaning,
        word="no clear difference" if meaning is Meaning.NEUTRAL else meaning.value,
        without_text="",
    )


VIEW = Composition(
    metric="index",
    metric_name="Index",
    touchpoint_name="Desk",
    unit_text="points",
    period="2026-11-09",
    period_label="Week 46, 2026",
    label_before="week 45",
    score=50.0,
    score_text="50.0 points",
    change=-3.0,
    change_text="−3.0 pts",
    parts=(
        part("<b>First</b>", 30.0, -5.0, Meaning.BAD),
        part("Second", 20.0, 2.0, Meaning.NEUTRAL),
    ),
    sentence="",
    notes=(),
    rationale="",
)


def bars_of(figure: go.Figure) -> go.Bar:
    return figure.data[0]


def test_each_bar_begins_where_the_last_one_ended() -> None:
    bars = bars_of(score_chart(VIEW))
    assert [(0.0, 30.0), (30.0, 20.0), (0.0, 50.0)] == list(zip(bars.base, bars.x, strict=True))


def test_the_last_bar_is_the_whole() -> None:
    assert ["Score", "Change"] == [bars_of(f(VIEW)).y[-1] for f in (score_chart, change_chart)]
    assert -3.0 == bars_of(change_chart(VIEW)).x[-1]


def test_a_change_is_told_by_its_sign_and_its_word_beside_the_colour() -> None:
    figure = change_chart(VIEW)
    assert [Ink.CONCERN, Ink.COMMON, Ink.OURS] == list(bars_of(figure).marker.color)
    assert [" -5.0 worse", " +2.0", " −3.0 pts"] == list(figure.data[1].text)


@pytest.mark.parametrize("chart", [score_chart, change_chart])
def test_names_are_shown_letter_by_letter(chart: object) -> None:
    figure = chart(VIEW)  # type: ignore[operator]  # both take a view
    assert "&lt;b&gt;First&lt;/b&gt;" == bars_of(figure).y[0]


def test_the_words_have_room_beside_the_longest_bar() -> None:
    low, high = change_chart(VIEW).layout.xaxis.range
    assert low < -5.0
    assert high > 2.0
