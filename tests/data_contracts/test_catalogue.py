"""Contract files -> contracts; the library's are right, and a workspace's come first."""

import hashlib
from datetime import date, timedelta
from pathlib import Path

import pytest

from data_contracts.catalogue import BENCHMARKS, CONTRACT_RUNS, LIBRARY, SUFFIX, read_contract
from data_contracts.model import Clock, ColumnType, Control, Severity, Support, Weekdays
from tests.data_contracts.contract_files import document, read

FEEDS = {
    "contacts": "created_at",
    "deliveries": "due_at",
    "web_vitals": "viewed_at",
    "survey_answers": "answered_at",
    "internal_requests": "created_at",
    "safety_incidents": "occurred_at",
    "hours_worked": "day",
    "backlog": "day",
}


def test_a_contract_says_what_its_file_says(tmp_path: Path) -> None:
    contract, _ = read(tmp_path, document())
    assert contract is not None
    assert ("visits", "Visits", "1.2.3", "active") == (
        contract.feed,
        contract.name,
        contract.version,
        contract.status,
    )
    assert ("main", "t_visits", "counter", "came_at", "updated_at") == (
        contract.server,
        contract.table,
        contract.touchpoint,
        contract.time,
        contract.watermark,
    )
    assert (timedelta(hours=36), timedelta(hours=26), 0.1) == (
        contract.late,
        contract.freshness,
        contract.max_quarantine_share,
    )
    assert (Clock.UTC, ("city",), ("visit_id",)) == (
        contract.clock,
        contract.dimensions,
        contract.key,
    )
    assert Support(owner="Counters", channel="counters", url="mailto:counters@example.org") == (
        contract.support
    )


def test_a_column_has_its_name_here_and_in_the_database(tmp_path: Path) -> None:
    contract, _ = read(tmp_path, document())
    assert contract is not None
    city, counter = contract.column("city"), contract.column("counter")
    assert ("ctr", True) == (counter.physical_name, counter.required)
    assert (ColumnType.STRING, ("town",), "internal") == (
        city.type,
        city.synonyms,
        city.classification,
    )


def test_what_people_are_told_is_read(tmp_path: Path) -> None:
    found = document()
    members = [{"username": "ann", "name": "Ann", "role": "steward"}, {"username": "bo"}]
    members.append({"username": "left", "dateOut": "2026-01-01"})
    found["team"]["members"] = members
    found["roles"] = [{"role": "analyst", "access": "read"}, {"role": "guest"}]
    found["description"].update(usage="Queues.", limitations="No Sundays.")
    contract, _ = read(tmp_path, found)
    assert contract is not None
    assert ("Ann (steward)", "bo") == contract.support.members
    assert ("analyst (read); guest", "Queues.", "No Sundays.") == (
        contract.roles,
        contract.usage,
        contract.limitations,
    )
    found["team"] = members
    contract, _ = read(tmp_path, found)
    assert contract is not None
    assert ("", ("Ann (steward)", "bo")) == (contract.support.owner, contract.support.members)


def test_our_newer_words_are_read(tmp_path: Path) -> None:
    control = {"table": "totals", "day": "day", "rows": "n", "touchpoint": "ctr"}
    found = document()
    found["status"] = "deprecated"
    found["customProperties"] += [
        {"property": "callboard.maxFeedQuarantineShare", "value": 0.3},
        {"property": "callboard.freshnessCalendar", "value": "business_days"},
        {"property": "callboard.scaleFactor", "value": 10},
        {"property": "callboard.control", "value": control},
        {"property": "callboard.sunset", "value": "2027-03-31"},
        {"property": "callboard.journeyKey", "value": "city"},
    ]
    contract, _ = read(tmp_path, found)
    assert contract is not None
    assert (0.3, Weekdays.BUSINESS_DAYS, 10.0) == (
        contract.max_feed_quarantine_share,
        contract.freshness_days,
        contract.scale_factor,
    )
    assert (Control(**control), date(2027, 3, 31)) == (contract.control, contract.sunset)
    assert "city" == contract.journey_key


def test_a_column_has_a_unit_and_may_be_deprecated(tmp_path: Path) -> None:
    found = document()
    minutes = next(x for x in found["schema"][0]["properties"] if x["name"] == "minutes")
    minutes.update(deprecated=True, customProperties=[{"property": "unit", "value": "min"}])
    contract, _ = read(tmp_path, found)
    assert contract is not None
    assert ("min", True) == (
        contract.column("minutes").unit,
        contract.column("minutes").is_deprecated,
    )
    assert ("", False) == (contract.column("city").unit, contract.column("city").is_deprecated)


def test_the_hash_is_of_the_files_bytes(tmp_path: Path) -> None:
    contract, _ = read(tmp_path, document())
    assert contract is not None
    content = (tmp_path / "visits.odcs.yaml").read_bytes()
    assert hashlib.sha256(content).hexdigest() == contract.sha256


def test_a_key_has_the_order_of_its_positions(tmp_path: Path) -> None:
    found = document()
    for name, position in (("visit_id", 2), ("counter", 1)):
        column = next(x for x in found["schema"][0]["properties"] if x["name"] == name)
        column.update(primaryKey=True, primaryKeyPosition=position)
    contract, _ = read(tmp_path, found)
    assert contract is not None
    assert ("counter", "visit_id") == contract.checks[-2].columns


def test_the_library_is_right_and_complete() -> None:
    read_all = [read_contract(path) for path in LIBRARY.glob(f"*{SUFFIX}")]
    assert [] == [problem for _, problems in read_all for problem in problems]
    assert {*FEEDS, BENCHMARKS, CONTRACT_RUNS} == {
        contract.feed for contract, _ in read_all if contract
    }


@pytest.mark.parametrize("feed", FEEDS)
def test_every_standard_feed_says_when_where_who_and_how_fresh(feed: str) -> None:
    contract, _ = read_contract(LIBRARY / f"{feed}{SUFFIX}")
    assert contract is not None
    assert (FEEDS[feed], "touchpoint", "updated_at") == (
        contract.time,
        contract.touchpoint,
        contract.watermark,
    )
    assert contract.freshness is not None
    assert all((contract.support.owner, contract.support.url, contract.purpose, contract.key))
    assert all(column.description for column in contract.columns)


@pytest.mark.parametrize("feed", FEEDS)
def test_every_standard_feed_keeps_out_unknown_touchpoints_and_future_rows(feed: str) -> None:
    contract, _ = read_contract(LIBRARY / f"{feed}{SUFFIX}")
    assert contract is not None
    critical = {each.rule_id for each in contract.checks if each.severity is Severity.CRITICAL}
    assert {"touchpoint.known", "key.unique"} <= critical


def test_a_broken_contract_is_no_contract_and_told(tmp_path: Path) -> None:
    path = tmp_path / "visits.odcs.yaml"
    path.write_text("id: visits")
    contract, problems = read_contract(path)
    assert (None, True) == (contract, bool(problems))


def test_a_process_reads_a_contract_of_the_library_once() -> None:
    first, again = (read_contract(LIBRARY / f"contacts{SUFFIX}", shown_as="x")[0] for _ in range(2))
    assert first is not None
    assert first is again
