"""Shares and rates whose volume varies are judged by limits that follow the volume."""

from itertools import pairwise

import pytest

from callboard.access import LOCAL_USER
from callboard.services.drilling.trend import read_control_chart
from callboard.views import ControlChart
from metrics.limits import Chart
from metrics.model import Grain
from metrics.signals import Signal
from tests.callboard.services.small_world import SmallWorld, week_rows


def chart_of(world: SmallWorld, metric: str = "otd") -> ControlChart:
    return read_control_chart(
        world.runtime, LOCAL_USER, metric=metric, touchpoint="delivery", grain=Grain.WEEK
    )


def weeks(sizes: list[float], share: float = 0.9) -> list[tuple[float, float]]:
    """Weeks of those sizes, their share in turn a little above and below."""
    return [(size * (share + 0.02 * (-1) ** at), size) for at, size in enumerate(sizes)]


def test_a_share_of_even_volumes_is_judged_by_its_moving_ranges(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", weeks([1000.0] * 36)))
    assert Chart.XMR is chart_of(world).limits.chart


def test_a_share_of_uneven_volumes_has_limits_that_follow_them(world: SmallWorld) -> None:
    world.reach()
    sizes = [200.0 if at % 3 else 3200.0 for at in range(36)]
    world.add(week_rows("otd", "delivery", weeks(sizes)))
    chart = chart_of(world)
    large, small = chart.points[33], chart.points[34]
    assert Chart.P_PRIME is chart.limits.chart
    assert (3200, 200) == (large.n, small.n)
    assert pytest.approx(4.0) == (small.centre - small.lower) / (large.centre - large.lower)


def test_the_centre_of_uneven_volumes_is_a_sum_over_sums(world: SmallWorld) -> None:
    world.reach()
    rows = weeks([200.0 if at % 3 else 3200.0 for at in range(36)])
    world.add(week_rows("otd", "delivery", rows))
    pooled = 100 * sum(part for part, _ in rows) / sum(whole for _, whole in rows)
    assert pytest.approx(pooled) == chart_of(world).limits.centre


def test_a_small_week_far_off_is_not_taken_for_a_signal(world: SmallWorld) -> None:
    """240 of 310 on time would be a concern by limits drawn for the usual 600."""
    world.reach()
    rows = [*weeks([600.0] * 35), (240.0, 310.0)]
    world.add(week_rows("otd", "delivery", rows))
    chart = chart_of(world)
    values = [point.value for point in chart.points]
    ranges = [abs(after - before) for before, after in pairwise(values)]
    assert values[-1] < sum(values) / 36 - 2.66 * sum(ranges) / 35
    assert (Chart.P_PRIME, Signal.NONE) == (chart.limits.chart, chart.points[-1].signal)
