"""The ladder of effects, by looking at the figure."""

from dataclasses import replace

import pytest

from callboard.charts.effects_chart import effects_chart
from tests import sample_parts

VIEW = sample_parts.effects()


def bars(view=VIEW) -> dict:
    return {each.name: each for each in effects_chart(view, unit="%").data}


def test_each_bar_begins_where_the_last_one_ended_the_biggest_first() -> None:
    own, weight = bars()["Own change"], bars()["Weight"]
    assert ("Northline", "Parcelo", "Own fleet", "Hidden ones together") == own.y
    assert pytest.approx((0.0, -2.1, -2.7, -3.2)) == own.base
    assert pytest.approx((-2.5, -2.1, -2.4, -3.0)) == weight.base


def test_the_last_bar_ends_where_the_change_ends() -> None:
    own, weight = bars()["Own change"], bars()["Weight"]
    assert pytest.approx(-3.0) == own.base[-1] + own.x[-1] + weight.x[-1]
    assert (-3.0,) == bars()["All together"].x


def test_the_two_effects_differ_by_pattern_and_not_by_colour_alone() -> None:
    assert "/" == bars()["Weight"].marker.pattern.shape
    assert bars()["Own change"].marker.pattern.shape is None


def test_a_sum_has_one_bar_a_segment() -> None:
    segments = tuple(replace(each, rate=None, mix=None) for each in VIEW.segments)
    drawn = bars(replace(VIEW, segments=segments, has_mix=False))
    assert "Weight" not in drawn
    assert pytest.approx((-2.1, -0.6, -0.5, 0.2)) == drawn["Own change"].x


def test_the_smallest_of_many_are_told_together() -> None:
    many = tuple(
        replace(VIEW.segments[0], name=f"s{at}", rate=1.0, mix=0.5, contribution=1.5)
        for at in range(13)
    )
    drawn = bars(replace(VIEW, segments=many, change=19.5, hidden=None))
    assert ("3 others", 3.0, 1.5) == (
        drawn["Own change"].y[-1],
        drawn["Own change"].x[-1],
        drawn["Weight"].x[-1],
    )
