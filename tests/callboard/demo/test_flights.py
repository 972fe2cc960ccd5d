"""The facts of 2013: counted in the package's own file, and added up from the benchmark files."""

import csv
from datetime import UTC, datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from callboard.demo.flights import make_flight_benchmarks, plain_columns, read_flights

SCHEDULED, CANCELLED, ARRIVED, ON_TIME = 336_776, 8_255, 327_346, 247_246


@pytest.fixture(scope="module")
def flights() -> pd.DataFrame:
    return read_flights()


def test_every_flight_is_there_once(flights: pd.DataFrame) -> None:
    assert SCHEDULED == len(flights)
    assert flights["flight_id"].is_unique


@pytest.mark.parametrize("number", [0, 1])
def test_the_benchmarks_of_all_airlines_add_up_to_the_whole(
    flights: pd.DataFrame, number: int
) -> None:
    file = make_flight_benchmarks(flights)[number]
    rows = list(csv.DictReader(StringIO(file.content.decode())))

    def total(metric: str, column: str) -> int:
        return sum(int(row[column]) for row in rows if row["kpi_code"] == metric)

    assert SCHEDULED == total("scheduled_flights", "value")
    assert (CANCELLED, SCHEDULED) == (
        total("cancelled_rate", "numerator"),
        total("cancelled_rate", "denominator"),
    )
    on_time, arrived = (total("on_time_arrival", name) for name in ("numerator", "denominator"))
    assert (ON_TIME, ARRIVED) == (on_time, arrived)
    assert 75.5305 == round(100 * on_time / arrived, 4)
    assert 16 == len({row["entity"] for row in rows})


def test_a_flight_stands_at_the_utc_moment_of_its_local_timetable(flights: pd.DataFrame) -> None:
    first = flights[flights["flight_id"] == "2013-01-01-UA1545-EWR"].iloc[0]
    moment = datetime.fromisoformat(first["scheduled_at"]).replace(tzinfo=UTC)
    assert "2013-01-01 05:15:00-05:00" == str(moment.astimezone(ZoneInfo("America/New_York")))


def test_a_missing_delay_stays_missing(flights: pd.DataFrame) -> None:
    columns = plain_columns(flights)
    assert CANCELLED == columns["departure_delay"].count(None)
    assert SCHEDULED - ARRIVED == columns["arrival_delay"].count(None)
    assert "month" not in columns
