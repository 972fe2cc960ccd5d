"""Same period last year where the calendar has no match of its own."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from callboard.access import LOCAL_USER
from callboard.services.tiles.overview import read_overview
from callboard.views import Chip
from metrics.model import Grain, Metric
from tests.callboard.services.small_world import SmallWorld, day_rows

# 2026 has an ISO week 53 (28 Dec to 3 Jan 2027); 2025 has not: its weeks 52 and 2026's week 1 stand.
WEEK_53 = date(2026, 12, 28)
WEEK_52, WEEK_1 = date(2025, 12, 22), date(2025, 12, 29)


CALLS = {
    "metric": "calls",
    "name": "Calls",
    "question": "How many?",
    "pillar": "Quality",
    "key": "Safety",
    "better": "lower",
    "unit": "count",
    "decimals": 0,
    "form": "count",
    "feed": "contacts",
    "numerator": {},
}


def _year_ago(world: SmallWorld, grain: Grain, now: str) -> Chip:
    overview = read_overview(world.at(now), LOCAL_USER, grain=grain)
    return overview.lanes[0].tiles[0].chips[1]


def test_week_53_is_compared_with_the_sums_of_two_weeks(world: SmallWorld) -> None:
    world.reach(last_day=date(2027, 1, 5), as_of=datetime(2027, 1, 6, tzinfo=UTC))
    counts = {WEEK_52: (10.0, 100.0), WEEK_1: (290.0, 300.0), WEEK_53: (80.0, 100.0)}
    world.add(day_rows("otd", "delivery", counts))
    chip = _year_ago(world, Grain.WEEK, "2027-01-06")
    assert "Week 52, 2025 and Week 1, 2026" == chip.label
    assert "+5.0 pts" == chip.text  # 300 of 400 is 75 %, not the mean of 10 and 96.7 %


def test_a_count_of_week_53_is_compared_with_the_mean_of_two_weeks(world: SmallWorld) -> None:
    world.reach(last_day=date(2027, 1, 5), as_of=datetime(2027, 1, 6, tzinfo=UTC))
    counts = {WEEK_52: (10.0, None), WEEK_1: (30.0, None), WEEK_53: (22.0, None)}
    world.add(day_rows("backlog_open", "depot", counts))
    chip = _year_ago(world, Grain.WEEK, "2027-01-06")
    assert ("+10.0 %", "Week 52, 2025 and Week 1, 2026") == (chip.text, chip.label)


def test_counted_events_of_week_53_are_compared_per_day(world: SmallWorld) -> None:
    calls = Metric.model_validate(CALLS)
    runtime = world.at("2027-01-06")
    definitions = replace(
        runtime.definitions, metrics=runtime.definitions.metrics | {"calls": calls}
    )
    world.reach(last_day=date(2027, 1, 5), as_of=datetime(2027, 1, 6, tzinfo=UTC))
    counts = {WEEK_52: (100.0, None), WEEK_1: (300.0, None), WEEK_53: (220.0, None)}
    world.add(day_rows("calls", "desk", counts))
    asked = replace(runtime, definitions=definitions)
    chip = read_overview(asked, LOCAL_USER, grain=Grain.WEEK).lanes[0].tiles[0].chips[1]
    assert ("+10.0 %", "no clear difference") == (chip.text, chip.word)
    assert "400, 14 days against 7: compared per day" in chip.detail


def test_a_month_is_compared_with_the_same_month(world: SmallWorld) -> None:
    world.reach()
    counts = {date(2026, 10, 31): (90.0, 100.0), date(2025, 10, 1): (70.0, 100.0)}
    world.add(day_rows("otd", "delivery", counts))
    chip = _year_ago(world, Grain.MONTH, "2026-11-22T14:30")
    assert ("Oct 2025", "+20.0 pts") == (chip.label, chip.text)


def test_a_day_is_compared_with_the_same_weekday(world: SmallWorld) -> None:
    world.reach()
    counts = {date(2026, 11, 21): (90.0, 100.0), date(2025, 11, 22): (70.0, 100.0)}
    world.add(day_rows("otd", "delivery", counts))
    chip = _year_ago(world, Grain.DAY, "2026-11-22T14:30")
    assert "Sat 22 Nov 2025" == chip.label


@pytest.mark.parametrize(
    ("now", "day"),
    [
        # London's midnight in summer is 23:00 UTC: the 31st is over at 23:00 UTC, not before.
        ("2026-07-31T23:30", "2026-07-30"),
        ("2026-08-01T00:30", "2026-07-31"),
    ],
)
def test_a_day_is_over_when_it_is_over_where_the_touchpoint_is(
    world: SmallWorld, now: str, day: str
) -> None:
    world.reach(last_day=date(2026, 8, 1))
    world.add(
        day_rows(
            "otd",
            "delivery",
            {date(2026, 7, 30): (90.0, 100.0), date(2026, 7, 31): (80.0, 100.0)},
        )
    )
    overview = read_overview(world.at(now), LOCAL_USER, grain=Grain.DAY)
    assert day == overview.period
