"""A public file with blanks in it: a blank is a finding and keeps its row out, it is never a zero."""

import calendar
import csv
import json
from datetime import date
from pathlib import Path

import pytest

from callboard.access import LOCAL_USER
from callboard.services.readings.export import export_readings
from callboard.services.refreshing.refresh import refresh
from callboard.services.runtime import Runtime
from callboard.services.trust import read_trust
from callboard.services.trusting.quarantine import read_quarantine
from callboard.storage.feeds.sample_feeds import SampleFeeds
from data_contracts.model import Contract
from metrics.model import Grain
from tests.workspaces.filling import open_workspace
from tests.workspaces.places import BTS, BTS_FILE

FEED = "delay_causes"
pytestmark = pytest.mark.skipif(not BTS_FILE.exists(), reason="the public file is not beside us")


@pytest.fixture(scope="module")
def airlines(tmp_path_factory: pytest.TempPathFactory) -> Runtime:
    runtime = open_workspace(BTS, tmp_path_factory.mktemp("bts"))
    contract = runtime.definitions.contracts[FEED]
    feeds = SampleFeeds(runtime.definitions.databases["main"], [contract])
    feeds.create()
    feeds.write_rows({FEED: columns_of(BTS_FILE, contract)})
    refresh(runtime, LOCAL_USER)
    return runtime


def columns_of(path: Path, contract: Contract) -> dict[str, list[object]]:
    """The file's cells as they are, a blank as missing, with the last day of each month."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns: dict[str, list[object]] = {"month_end": [_month_end(row) for row in rows]}
    for column in contract.columns[1:]:
        columns[column.name] = [row[column.name] or None for row in rows]
    return columns


def _month_end(row: dict[str, str]) -> str:
    year, month = int(row["year"]), int(row["month"])
    return f"{year}-{month:02d}-{calendar.monthrange(year, month)[1]}"


def test_every_row_is_judged_and_fourteen_are_kept_out(airlines: Runtime) -> None:
    [feed] = read_trust(airlines, LOCAL_USER)
    assert (24_599, 24_585, 14) == (feed.rows_in, feed.rows_used, feed.rows_quarantined)


def test_ten_rows_lack_every_measure_and_four_lack_one(airlines: Runtime) -> None:
    rows = read_quarantine(airlines, LOCAL_USER, feed=FEED, limit=100).rows
    assert [1] * 4 + [15] * 10 == sorted(len(row.reasons) for row in rows)


def test_each_blank_is_a_finding_of_its_own_measure(airlines: Runtime) -> None:
    [feed] = read_trust(airlines, LOCAL_USER)
    failed = {rule.rule_id: rule.failed for rule in feed.rules if rule.state == "fail"}
    assert 14 == failed.pop("arr_del15.required")
    assert [10] * 14 == list(failed.values())


def test_a_blank_is_kept_as_a_blank(airlines: Runtime) -> None:
    rows = read_quarantine(airlines, LOCAL_USER, feed=FEED, limit=100).rows
    raw = [json.loads(row.raw) for row in rows]
    assert [None] * 14 == [row["arr_del15"] for row in raw]
    assert 4 == sum(row["arr_flights"] == 1 for row in raw)


def test_readings_hold_the_whole_rows_only(airlines: Runtime) -> None:
    """A blank counted as zero would give 8,367,339 arrivals: the four rows had one flight each."""
    rows = export_readings(
        airlines,
        LOCAL_USER,
        metric="arrivals_late",
        touchpoint="arrivals",
        grain=Grain.MONTH,
        since=date(2024, 7, 1),
        until=date(2025, 7, 31),
        dimension="",
    )
    assert 13 == len(rows)
    assert 1_755_082 == sum(row.numerator or 0 for row in rows)
    assert 8_367_335 == sum(row.denominator or 0 for row in rows)
