"""The heat map, by looking at the figure."""

from callboard.charts.hour_chart import hour_chart
from callboard.charts.theme import Ink
from tests import sample_parts

MAP = hour_chart(sample_parts.hour_map()).data[0]


def cell(name: str, weekday: int, hour: int):
    return getattr(MAP, name)[weekday][hour - 9]


def test_the_axis_has_the_hours_that_are_open_and_every_weekday_from_monday() -> None:
    assert tuple(f"{hour:02d}" for hour in range(9, 21)) == MAP.x
    assert ("Mon", "Sun") == (MAP.y[0], MAP.y[-1])


def test_the_shade_is_the_distance_from_all_hours_in_one_hue() -> None:
    assert (20.0, 2.0, 0.0) == (cell("z", 4, 15), cell("z", 0, 9), cell("z", 6, 20))
    assert 20.0 == MAP.zmax
    assert MAP.zmin < 0  # an hour like all others has a tint, a blank one has none
    assert [Ink.PAPER, Ink.NEUTRAL] == [colour for _, colour in MAP.colorscale]


def test_a_blank_hour_is_no_zero_and_cannot_be_hovered() -> None:
    assert cell("z", 2, 12) is None
    assert not MAP.hoverongaps


def test_what_differs_has_a_sign_and_what_is_hidden_a_dot() -> None:
    assert ("▼", "", "·") == (cell("text", 4, 15), cell("text", 0, 9), cell("text", 6, 20))


def test_the_hover_has_the_value_with_its_n_and_what_it_is_against_chance() -> None:
    assert ("Day 4 15:00", "70.0 % · n 260") == tuple(cell("customdata", 4, 15)[:2])
    told = "-20.0 pts from all hours together; differs from the other hours"
    assert told == cell("customdata", 4, 15)[2]
    assert "no clear difference" in cell("customdata", 0, 9)[2]
    assert ["too few", ""] == list(cell("customdata", 6, 20)[1:])
