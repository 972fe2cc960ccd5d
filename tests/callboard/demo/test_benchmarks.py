import csv
from collections import Counter
from datetime import date, timedelta
from io import StringIO

import pytest

from callboard.demo.benchmarks import make_benchmark_files
from tests.callboard.demo.plans import LAST_DAY

Row = dict[str, str]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return [row for file in make_benchmark_files(1, LAST_DAY) for row in read(file.content)]


def read(content: bytes) -> list[Row]:
    return list(csv.DictReader(StringIO(content.decode())))


def test_six_competitors_are_published_and_ourselves_among_them(rows: list[Row]) -> None:
    entities = {row["entity"] for row in rows if row["entity_type"] == "competitor"}
    assert 7 == len(entities)
    assert "Harbour Stores plc" in entities


def test_every_row_carries_its_passport(rows: list[Row]) -> None:
    for name in ("publisher", "source_name", "region", "method", "as_of", "licence", "document"):
        assert all(row[name] for row in rows)
    assert all(row["source_url"].startswith("https://example.org/") for row in rows)
    assert {"Synthetic"} == {row["note"] for row in rows}


def test_a_percentage_is_the_share_of_the_counts_beside_it(rows: list[Row]) -> None:
    counted = [row for row in rows if row["numerator"]]
    assert len(counted) > 300
    for row in counted:
        share = 100 * float(row["numerator"]) / float(row["denominator"])
        assert pytest.approx(share, abs=1e-4) == float(row["value"])


def test_periods_are_whole_and_already_published(rows: list[Row]) -> None:
    for row in rows:
        end = date.fromisoformat(row["period_end"])
        assert 1 == (end + timedelta(days=1)).day
        assert LAST_DAY >= date.fromisoformat(row["published_on"]) > end


def test_no_value_is_published_twice(rows: list[Row]) -> None:
    key = ("kpi_code", "entity", "statistic", "period_start", "period_end", "source_name")
    assert 1 == max(Counter(tuple(row[name] for name in key) for row in rows).values())


def test_at_least_eight_metrics_have_competitors(rows: list[Row]) -> None:
    assert 8 <= len({row["kpi_code"] for row in rows})


def test_the_same_seed_and_day_give_the_same_bytes() -> None:
    assert make_benchmark_files(1, LAST_DAY) == make_benchmark_files(1, LAST_DAY)
    assert make_benchmark_files(1, LAST_DAY) != make_benchmark_files(2, LAST_DAY)
