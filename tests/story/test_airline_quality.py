"""A published composite index from its files alone: rows go in, the published rating comes out."""

from datetime import date
from pathlib import Path

import pytest

from callboard.access import LOCAL_USER
from callboard.services.drilling.trend import read_control_chart
from callboard.services.readings.export import export_readings
from callboard.services.refreshing.refresh import refresh
from callboard.services.runtime import Runtime
from callboard.services.tiles.touchpoint import read_touchpoint
from callboard.storage.feeds.sample_feeds import SampleFeeds
from metrics.model import Grain
from tests.workspaces.filling import open_workspace
from tests.workspaces.places import AIRLINE_QUALITY

FEED = "airline_months"
US_INDUSTRY_2017 = {
    "flights": 1_000_000,
    "on_time": 802_000,
    "passengers": 100_000_000,
    "denied": 3_400,
    "handled": 100_000_000,
    "mishandled": 246_000,
    "complaints": 1_350,
}


@pytest.fixture(scope="module")
def airlines(tmp_path_factory: pytest.TempPathFactory) -> Runtime:
    return fill(tmp_path_factory.mktemp("aqr"))


def fill(home: Path) -> Runtime:
    """Two Decembers and Januaries around the change; each month has the figures of 2017."""
    runtime = open_workspace(AIRLINE_QUALITY, home, now="2019-03-15")
    feeds = SampleFeeds(
        runtime.definitions.databases["main"], [runtime.definitions.contracts[FEED]]
    )
    feeds.create()
    months = ["2017-12-31", "2018-01-31", "2018-12-31", "2019-01-31", "2019-02-28"]
    rows: dict[str, list[object]] = {"month_end": list(months), "airline": ["US industry"] * 5}
    rows |= {name: [amount] * 5 for name, amount in US_INDUSTRY_2017.items()}
    feeds.write_rows({FEED: rows})
    refresh(runtime, LOCAL_USER)
    return runtime


def test_the_us_industry_of_2017_has_its_published_rating(airlines: Runtime) -> None:
    rows = export_readings(
        airlines,
        LOCAL_USER,
        metric="airline_quality_rating",
        grain=Grain.MONTH,
        until=date(2017, 12, 31),
    )
    assert [pytest.approx(-0.7865, abs=5e-5)] == [each.value for each in rows]


def test_the_declared_divisor_is_the_sum_of_the_weights(airlines: Runtime) -> None:
    rating = airlines.definitions.metrics["airline_quality_rating"]
    assert rating.divisor == pytest.approx(sum(each.weight for each in rating.components or ()))


def test_nothing_is_compared_across_the_change_of_what_bags_are_counted_against(
    airlines: Runtime,
) -> None:
    """The published fall of 2019 is no event: the figures of 2018 are of another definition."""
    page = read_touchpoint(
        airlines, LOCAL_USER, touchpoint="us_industry", grain=Grain.MONTH, period="2019-01-01"
    )
    told = {tile.metric: [chip.word for chip in tile.chips] for tile in page.tiles}
    refused = ["not compared: the definition changed on 1 Jan 2019"] * 2
    assert refused == told["airline_quality_rating"]
    assert refused == told["mishandled_bags"]
    assert ["level", "level"] == told["on_time_arrivals"]


def test_months_of_one_definition_are_compared_as_always(airlines: Runtime) -> None:
    page = read_touchpoint(airlines, LOCAL_USER, touchpoint="us_industry", grain=Grain.MONTH)
    (rating,) = [tile for tile in page.tiles if tile.metric == "airline_quality_rating"]
    assert ("Jan", "level") == (rating.chips[0].label, rating.chips[0].word)


def test_limits_start_anew_where_the_definition_changed(airlines: Runtime) -> None:
    chart = read_control_chart(
        airlines,
        LOCAL_USER,
        metric="airline_quality_rating",
        touchpoint="us_industry",
        grain=Grain.MONTH,
    )
    segments = {point.label: point.segment for point in chart.points if point.value is not None}
    assert segments["Dec 2018"] != segments["Jan 2019"] == segments["Feb 2019"]


def test_the_change_is_drawn_where_limits_start_anew(airlines: Runtime) -> None:
    chart = read_control_chart(
        airlines,
        LOCAL_USER,
        metric="airline_quality_rating",
        touchpoint="us_industry",
        grain=Grain.MONTH,
    )
    (mark,) = chart.breaks
    assert (date(2019, 1, 1), date(2019, 1, 1)) == (mark.day, mark.start)
    assert mark.reason.startswith("definition changed, bags per 1,000 checked bags")
    assert "Limits start anew at the break of 1 Jan" in chart.alt
