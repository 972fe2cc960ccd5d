"""League and trend, by looking at the figures."""

from dataclasses import replace
from datetime import date

from callboard.charts import league_chart, trend_chart
from callboard.charts.theme import Ink
from callboard.views import BreakMark
from metrics.grades import Grade
from tests import sample_views


def test_the_league_keeps_its_order_from_the_top() -> None:
    figure = league_chart(sample_views.league(), unit="%")
    assert ("Alder &amp; Sons", (6.5, -0.5)) == (
        figure.layout.yaxis.categoryarray[0],
        figure.layout.yaxis.range,
    )


def test_we_are_marked_by_shape_colour_and_bold_name() -> None:
    us = league_chart(sample_views.league(), unit="%").data[-1]
    assert (("<b>Harbour Stores</b>",), "diamond", Ink.OURS) == (
        us.y,
        us.marker.symbol,
        us.marker.color,
    )


def test_intervals_reach_from_low_to_high() -> None:
    others = league_chart(sample_views.league(), unit="%").data[0]
    assert (1.1, 1.0) == (round(others.error_x.arrayminus[0], 9), others.error_x.array[0])


def test_a_value_without_an_interval_has_none() -> None:
    others = league_chart(sample_views.league(), unit="%").data[0]
    dunmore = others.y.index("Dunmore")
    assert (0, 0) == (others.error_x.array[dunmore], others.error_x.arrayminus[dunmore])


def test_what_may_not_be_compared_is_hollow() -> None:
    figure = league_chart(sample_views.league(), unit="%")
    other = next(each for each in figure.data if each.name == "Not comparable")
    assert (("Fallow",), "circle-open") == (other.y, other.marker.symbol)


def test_what_is_too_old_is_crossed_out() -> None:
    first, *rest = sample_views.league()
    old = replace(first, comparable=False, is_stale=True)
    figure = league_chart((old, *rest), unit="%")
    drawn = next(each for each in figure.data if each.name == "Too old")
    assert (("Alder &amp; Sons",), "circle-x-open") == (drawn.y, drawn.marker.symbol)


def test_one_value_on_a_few_cases_does_not_squeeze_the_rest() -> None:
    first, *rest = sample_views.league()
    few = replace(first, low=20.0, high=100.0)
    low, high = league_chart((few, *rest), unit="%").layout.xaxis.range
    assert low > 75
    assert low < 86.0
    assert high > 95.0


def test_a_single_value_has_its_whole_interval_in_the_picture() -> None:
    only = replace(sample_views.league()[0], low=70.0, high=99.0)
    low, high = league_chart((only,), unit="%").layout.xaxis.range
    assert low < 70.0
    assert high > 99.0


def test_hovering_tells_source_period_and_n() -> None:
    told = league_chart(sample_views.league(), unit="%").data[0].customdata[0]
    assert "Regulator's quarterly · Oct 2026 · n 12,400" == told[1]


def test_the_trend_draws_us_last_and_thicker() -> None:
    lines = trend_chart(sample_views.competitors_page().trend).data
    assert ("Us", Ink.OURS) == (lines[-1].name, lines[-1].line.color)
    assert lines[-1].line.width > lines[0].line.width


def test_the_trend_shades_the_band_of_each_period() -> None:
    figure = trend_chart(sample_views.competitors_page().trend)
    assert 10 == len([shape for shape in figure.layout.shapes if shape.name == "Peers"])


def test_a_period_of_ours_without_a_value_is_a_gap() -> None:
    trend = sample_views.competitors_page().trend
    start, end, _ = trend.ours[3]
    ours = (*trend.ours[:3], (start, end, None), *trend.ours[4:])
    assert None is trend_chart(replace(trend, ours=ours)).data[-1].y[3]


def test_hovering_over_the_trend_tells_value_and_days() -> None:
    told = trend_chart(sample_views.competitors_page().trend).data[-1].customdata[0]
    assert ["Us", "91.0 %, 1 Jan 2026 to 28 Jan 2026"] == list(told)


def test_a_trend_of_peers_alone_is_drawn() -> None:
    trend = replace(sample_views.competitors_page().trend, ours=())
    assert {"Alder &amp; Sons", "Brightmart", "Us"} == {
        each.name for each in trend_chart(trend).data
    }


def test_the_same_entity_twice_stands_in_two_rows() -> None:
    us = next(each for each in sample_views.league() if each.is_us)
    figure = league_chart((us, replace(us, source="Panel")), unit="%")
    assert ("<b>Harbour Stores</b>", "<b>Harbour Stores, Panel</b>") == figure.data[-1].y


def test_a_wide_interval_of_something_incomparable_does_not_squeeze_the_rest() -> None:
    league = sample_views.league()
    wide = replace(league[-1], low=0.0, high=100.0)
    figure = league_chart((*league[:-1], wide), unit="%")
    assert figure.layout.xaxis.range[0] > 80


def test_a_year_is_not_drawn_on_one_line_with_months() -> None:
    trend = sample_views.competitors_page().trend
    whole_year = (date(2025, 1, 1), date(2025, 12, 31), 90.0)
    peers = {**trend.peers, "Brightmart": (*trend.peers["Brightmart"], whole_year)}
    drawn = trend_chart(replace(trend, peers=peers, ours=(whole_year, *trend.ours)))
    lengths = {each.name: len(each.x) for each in drawn.data}
    assert {"Alder &amp; Sons": 10, "Brightmart": 10, "Us": 10} == lengths


def test_many_peers_are_named_as_a_band() -> None:
    trend = sample_views.competitors_page().trend
    peers = {f"Peer {number}": trend.peers["Brightmart"] for number in range(9)}
    names = [note.text for note in trend_chart(replace(trend, peers=peers)).layout.annotations]
    assert ["%", "Us", "5 peers"] == names


def test_a_break_of_ours_is_an_upright_line_on_its_day() -> None:
    trend = sample_views.competitors_page().trend
    first, last = trend.ours[0][0], trend.ours[-1][1]
    day = first + (last - first) / 2
    mark = BreakMark(day=day, start=day, text="31 Aug", reason="A <b>van</b>", is_provisional=False)
    figure = trend_chart(replace(trend, breaks=(mark, replace(mark, day=date(2001, 1, 1)))))
    (line,) = [each for each in figure.layout.shapes if each.name == "Break"]
    assert (day, day) == (line.x0.date(), line.x1.date())
    assert "31 Aug: A &lt;b&gt;van&lt;/b&gt;" in [each.text for each in figure.layout.annotations]


def test_what_is_of_grade_d_is_not_drawn() -> None:
    first, *rest = sample_views.league()
    listed = replace(first, grade=Grade.D, comparable=False)
    figure = league_chart((listed, *rest), unit="%")
    assert "Alder &amp; Sons" not in figure.layout.yaxis.categoryarray


def test_an_industry_is_a_dotted_line_and_never_a_full_dot() -> None:
    first, *rest = sample_views.league()
    industry = replace(first, entity_type="industry", grade=Grade.C, comparable=False)
    figure = league_chart((industry, *rest), unit="%")
    lines = [each for each in figure.layout.shapes if each.x0 == each.x1 == first.value]
    assert ["dot"] == [each.line.dash for each in lines]


def test_several_sources_are_a_bar_from_the_lowest_to_the_highest() -> None:
    first, *rest = sample_views.league()
    figure = league_chart((replace(first, envelope=(90.0, 99.0)), *rest), unit="%")
    (bar,) = [each for each in figure.layout.shapes if each.name == "Sources"]
    assert (90.0, 99.0) == (bar.x0, bar.x1)


def test_what_does_not_compare_is_a_dotted_line_of_the_trend() -> None:
    trend = sample_views.competitors_page().trend
    pale = replace(trend, pale={"All shops, median": trend.peers["Brightmart"]})
    (line,) = [each for each in trend_chart(pale).data if "not compared" in each.name]
    assert ("dot", Ink.LIMIT) == (line.line.dash, line.line.color)
