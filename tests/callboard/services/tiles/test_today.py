"""Today so far beside the same weekday, up to the same hour."""

from datetime import UTC, date, datetime, timedelta

import pytest

from callboard.access import LOCAL_USER
from callboard.services.tiles.overview import read_overview
from callboard.storage.hours import HourRow
from callboard.views import Meaning, TodaySoFar
from metrics.model import Grain
from tests.callboard.services.small_world import TODAY, SmallWorld, week_rows

BEFORE = TODAY - timedelta(days=7)


def _hours(day: date, counts: dict[int, tuple[float, float]]) -> list[HourRow]:
    return [
        HourRow("delivery", "otd", day, hour, numerator, denominator, int(denominator))
        for hour, (numerator, denominator) in counts.items()
    ]


def _today(world: SmallWorld) -> TodaySoFar | None:
    overview = read_overview(world.runtime, LOCAL_USER, grain=Grain.WEEK)
    return overview.lanes[0].tiles[0].today


@pytest.fixture
def live(world: SmallWorld) -> SmallWorld:
    """The clock says 14:30; the feed has reached 14:05."""
    world.reach()
    world.add(week_rows("otd", "delivery", [(90.0, 100.0)]))
    return world


def test_hours_that_are_over_are_compared_with_the_same_hours_a_week_before(
    live: SmallWorld,
) -> None:
    live.add_hours(
        _hours(TODAY, {9: (20, 20), 13: (10, 20), 14: (0, 50)})
        + _hours(BEFORE, {9: (36, 40), 13: (36, 40), 14: (50, 50), 20: (50, 50)})
    )
    today = _today(live)
    assert today is not None
    assert ("14:00", "75.0 %", "90.0 %") == (today.until, today.value_text, today.before_text)
    assert ("−15.0 pts", Meaning.BAD, "Sun 15 Nov to 14:00") == (
        today.change.text,
        today.change.meaning,
        today.change.label,
    )


def test_today_goes_only_as_far_as_the_feed(live: SmallWorld) -> None:
    live.reach(as_of=datetime(2026, 11, 22, 10, 59, tzinfo=UTC))
    live.add_hours(_hours(TODAY, {9: (20, 20), 10: (0, 20)}))
    today = _today(live)
    assert today is not None
    assert ("10:00", "100.0 %") == (today.until, today.value_text)


def test_a_feed_that_has_not_reached_today_tells_nothing_of_it(live: SmallWorld) -> None:
    live.reach(as_of=datetime(2026, 11, 21, 23, 0, tzinfo=UTC))
    live.add_hours(_hours(TODAY, {9: (20, 20)}))
    assert None is _today(live)


def test_a_week_before_without_hours_is_named(live: SmallWorld) -> None:
    live.add_hours(_hours(TODAY, {9: (20, 20)}))
    today = _today(live)
    assert today is not None
    assert "no value for Sun 15 Nov to 14:00" == today.change.word


def test_what_takes_days_to_ripen_is_not_told_of_today(live: SmallWorld) -> None:
    live.add(week_rows("returns", "delivery", [(2.0, 100.0)], last=date(2026, 10, 26)))
    live.add_hours(
        [HourRow("delivery", "returns", day, 9, 1, 50, 50) for day in (TODAY, BEFORE)]
        + _hours(TODAY, {9: (20, 20)})
    )
    overview = read_overview(live.runtime, LOCAL_USER, grain=Grain.WEEK)
    told = {tile.metric: tile.today for lane in overview.lanes for tile in lane.tiles}
    assert {"otd": True, "returns": False} == {code: bool(each) for code, each in told.items()}


def test_few_cases_so_far_are_not_shown(live: SmallWorld) -> None:
    live.add_hours(_hours(TODAY, {9: (3, 4)}))
    today = _today(live)
    assert today is not None
    assert "too few cases: 4 of at least 10" == today.value_text
