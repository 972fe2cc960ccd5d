"""Real flights through the product: the facts of 2013, the local days, the storm, the competitors.

The facts were counted in the data package itself, see tests/callboard/demo/test_flights.py.
"""

from datetime import date
from typing import NamedTuple

import pytest

from callboard.access import LOCAL_USER
from callboard.services.comparing.competitors import read_competitors
from callboard.services.drilling.trend import read_control_chart
from callboard.services.examples import demo
from callboard.services.publishing.values import PublishedValue, list_values
from callboard.services.readings.export import export_readings
from callboard.services.runtime import Runtime
from metrics.model import Grain
from metrics.signals import Signal
from tests.workspaces.filling import fill_nyc_flights

YEAR = (date(2013, 1, 1), date(2013, 12, 31))


class Facts(NamedTuple):
    """What was counted in the data package itself."""

    scheduled: int
    cancelled: int
    arrived: int
    on_time: int


UNITED = Facts(58_665, 686, 57_782, 44_778)
ALL_AIRLINES = Facts(336_776, 8_255, 327_346, 247_246)
STORM = (date(2013, 2, 8), date(2013, 2, 9))


@pytest.fixture(scope="module")
def flights(tmp_path_factory: pytest.TempPathFactory) -> Runtime:
    return fill_nyc_flights(tmp_path_factory.mktemp("flights"))


def total(runtime: Runtime, metric: str, grain: Grain) -> tuple[float, float]:
    """Numerators and denominators of the year, added up over airports and periods."""
    rows = export_readings(
        runtime,
        LOCAL_USER,
        metric=metric,
        touchpoint="",
        grain=grain,
        since=YEAR[0],
        until=YEAR[1],
        dimension="",
    )
    return (
        sum(row.numerator or 0 for row in rows),
        sum(row.denominator or 0 for row in rows),
    )


@pytest.mark.parametrize("grain", [Grain.DAY, Grain.MONTH])
@pytest.mark.parametrize(
    ("counted", "cancelled", "on_time", "facts"),
    [
        ("scheduled_flights", "cancelled_rate", "on_time_arrival", UNITED),
        ("airport_flights", "airport_cancelled", "airport_on_time", ALL_AIRLINES),
    ],
    ids=["United", "all airlines"],
)
def test_readings_give_the_facts_of_the_year(
    flights: Runtime, grain: Grain, counted: str, cancelled: str, on_time: str, facts: Facts
) -> None:
    assert facts.scheduled == total(flights, counted, grain)[0]
    assert (facts.cancelled, facts.scheduled) == total(flights, cancelled, grain)
    assert (facts.on_time, facts.arrived) == total(flights, on_time, grain)


def test_the_charts_of_the_three_airports_add_up_to_the_facts(flights: Runtime) -> None:
    def united(metric: str) -> tuple[float, float]:
        charts = [
            read_control_chart(
                flights, LOCAL_USER, metric=metric, touchpoint=airport, grain=Grain.MONTH
            )
            for airport in ("ewr", "jfk", "lga")
        ]
        totals = [chart.total for chart in charts if chart.total is not None]
        assert [12, 12, 12] == [total.periods for total in totals]
        return (
            sum(total.numerator or 0 for total in totals),
            sum(total.denominator or 0 for total in totals),
        )

    assert (UNITED.cancelled, UNITED.scheduled) == united("cancelled_rate")
    assert (UNITED.on_time, UNITED.arrived) == united("on_time_arrival")


@pytest.mark.parametrize("day", STORM)
def test_the_storm_of_february_is_a_concern_on_the_daily_chart(flights: Runtime, day: date) -> None:
    chart = read_control_chart(
        flights,
        LOCAL_USER,
        metric="cancelled_rate",
        touchpoint="ewr",
        grain=Grain.DAY,
        periods=365,
    )
    point = next(point for point in chart.points if point.start == day)
    assert Signal.CONCERN is point.signal


def test_filling_again_finds_the_flights_there(flights: Runtime) -> None:
    assert 0 == demo.fill(flights, LOCAL_USER).rows


@pytest.mark.parametrize("is_year", [True, False], ids=["by year", "by month"])
def test_the_benchmarks_of_one_period_length_add_up_to_all_airlines(
    flights: Runtime, is_year: bool
) -> None:
    def chosen(metric: str) -> list[PublishedValue]:
        values = list_values(flights, LOCAL_USER, metric=metric)
        return [
            each for each in values if (YEAR == (each.period_start, each.period_end)) is is_year
        ]

    assert ALL_AIRLINES.scheduled == sum(each.value for each in chosen("scheduled_flights"))
    for metric, part, whole in (
        ("cancelled_rate", ALL_AIRLINES.cancelled, ALL_AIRLINES.scheduled),
        ("on_time_arrival", ALL_AIRLINES.on_time, ALL_AIRLINES.arrived),
    ):
        rows = chosen(metric)
        assert part == sum(each.numerator or 0 for each in rows)
        assert whole == sum(each.denominator or 0 for each in rows)


def test_sixteen_airlines_are_published_and_we_are_not_our_own_competitor(flights: Runtime) -> None:
    page = read_competitors(flights, LOCAL_USER, metric="on_time_arrival", grain=Grain.MONTH)
    assert 15 == len({each.entity for each in page.league if not each.is_us})
