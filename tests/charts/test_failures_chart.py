"""How many rows broke a rule from day to day."""

from callboard.charts.failures_chart import failures_chart
from tests.sample_parts import rule_trend


def test_each_day_has_a_bar_of_what_broke_the_rule() -> None:
    bars = failures_chart(rule_trend()).data[0]
    assert [0, 12, 1200] == list(bars.y)
    assert ["2026-11-18", "2026-11-19", "2026-11-21"] == [str(day) for day in bars.x]


def test_a_hover_tells_the_day_and_of_how_many_rows() -> None:
    told = failures_chart(rule_trend()).data[0].customdata[2]
    assert ["21 Nov 2026", "1,200 broken", "of 4,000"] == list(told)


def test_a_day_without_an_evaluation_is_a_gap_on_a_calendar() -> None:
    assert "date" == failures_chart(rule_trend()).layout.xaxis.type
