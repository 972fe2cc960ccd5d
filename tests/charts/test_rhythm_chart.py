"""The week or the year as bars up and down from the level."""

from callboard.charts.rhythm_chart import rhythm_chart
from callboard.charts.theme import Ink
from tests.sample_parts import rhythm


def test_each_weekday_has_a_bar_of_its_effect() -> None:
    bars = rhythm_chart(rhythm()).data[0]
    assert (("Mon", "Wed", "Sun"), (20.0, 5.0, -25.0)) == (tuple(bars.x), tuple(bars.y))


def test_no_weekday_is_good_or_bad() -> None:
    assert Ink.COMMON == rhythm_chart(rhythm()).data[0].marker.color


def test_a_hover_tells_the_usual_value_and_how_many_were_seen() -> None:
    told = rhythm_chart(rhythm()).data[0].customdata[0]
    assert ["Monday", "+20 %, usually 240 orders", "seen 12 times"] == list(told)


def test_effects_in_the_unit_say_so() -> None:
    figure = rhythm_chart(rhythm(is_relative=False, unit_text="%"))
    assert "% from the level" == figure.layout.annotations[0].text
