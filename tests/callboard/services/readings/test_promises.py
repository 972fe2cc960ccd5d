"""How often a promise was kept is counted, so that a few bad weeks do not speak for all."""

from callboard.access import LOCAL_USER
from callboard.services.drilling.trend import read_control_chart
from metrics.model import Grain
from metrics.verdict import Promise
from tests.callboard.services.small_world import SmallWorld, week_rows


def test_a_target_met_in_nearly_all_weeks_is_not_told_as_missed_in_most(world: SmallWorld) -> None:
    """Four very bad weeks pull the mean below the target of 95 %, which 32 others met."""
    world.reach()
    weeks = [(50.0 if at % 9 == 4 else 97.0 + at % 2, 100.0) for at in range(36)]
    world.add(week_rows("otd", "delivery", weeks))
    chart = read_control_chart(
        world.runtime, LOCAL_USER, metric="otd", touchpoint="delivery", grain=Grain.WEEK
    )
    assert (Promise.SOMETIMES, (32, 36)) == (chart.assurance.promise, chart.assurance.met)
    assert chart.limits.centre < 95
    assert "will meet 95.0 % in most weeks, not all" in chart.verdict
