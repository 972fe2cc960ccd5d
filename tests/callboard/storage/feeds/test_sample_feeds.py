import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from callboard.errors import CallboardError
from callboard.storage.feeds.sample_feeds import SampleFeeds
from data_contracts.catalogue import read_contract
from data_contracts.model import Contract
from tests.workspaces.places import LIBRARY

ROW: dict[str, list[object]] = {
    "touchpoint": ["finance"],
    "day": ["2026-11-20"],
    "updated_at": ["2026-11-20 23:45:00"],
    "open_items": [90],
    "open_over_age": [12],
}


@pytest.fixture
def backlog() -> Contract:
    contract, problems = read_contract(LIBRARY / "backlog.odcs.yaml")
    assert contract is not None, problems
    return contract


@pytest.fixture
def feeds(tmp_path: Path, backlog: Contract) -> SampleFeeds:
    made = SampleFeeds(f"sqlite:///{tmp_path / 'sample.db'}", [backlog])
    made.create()
    return made


def rows_in(tmp_path: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(tmp_path / "sample.db") as reader:
        return reader.execute("SELECT * FROM backlog").fetchall()


def test_a_row_stands_as_its_contract_orders_the_columns(
    feeds: SampleFeeds, tmp_path: Path
) -> None:
    assert 1 == feeds.write_rows({"backlog": ROW})
    assert [("finance", "2026-11-20", "2026-11-20 23:45:00", 90, 12)] == rows_in(tmp_path)


def test_a_row_with_the_same_key_is_replaced(feeds: SampleFeeds, tmp_path: Path) -> None:
    feeds.write_rows({"backlog": ROW})
    feeds.write_rows({"backlog": {**ROW, "open_items": [91]}})
    assert [91] == [row[3] for row in rows_in(tmp_path)]


def test_a_table_of_an_older_contract_gets_its_new_column_and_keeps_its_rows(
    feeds: SampleFeeds, tmp_path: Path, backlog: Contract
) -> None:
    feeds.write_rows({"backlog": ROW})
    new = replace(backlog.columns[-1], name="open_new", physical_name="open_new")
    columns = (backlog.columns[0], new, *backlog.columns[1:])
    later = SampleFeeds(f"sqlite:///{tmp_path / 'sample.db'}", [replace(backlog, columns=columns)])
    later.create()
    later.write_rows({"backlog": {**ROW, "day": ["2026-11-21"], "open_new": [7]}})
    assert [None, 7] == [row[-1] for row in rows_in(tmp_path)]
    assert [90, 90] == [row[3] for row in rows_in(tmp_path)]


def test_text_in_a_number_is_kept_as_it_came(feeds: SampleFeeds, tmp_path: Path) -> None:
    feeds.write_rows({"backlog": {**ROW, "open_items": ["a dozen"]}})
    assert ["a dozen"] == [row[3] for row in rows_in(tmp_path)]


def test_what_was_filled_is_remembered(feeds: SampleFeeds) -> None:
    assert feeds.read_plan("story") is None
    until = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
    feeds.write_plan("story", "{}", None)
    feeds.write_plan("story", '{"seed": 1}', until)
    assert ('{"seed": 1}', until) == feeds.read_plan("story")


def test_dropped_samples_leave_nothing_behind(feeds: SampleFeeds, tmp_path: Path) -> None:
    feeds.write_rows({"backlog": ROW})
    feeds.drop()
    with sqlite3.connect(tmp_path / "sample.db") as reader:
        assert [] == reader.execute("SELECT name FROM sqlite_master").fetchall()
    feeds.drop()


def test_samples_are_never_written_to_a_server(backlog: Contract) -> None:
    with pytest.raises(CallboardError, match="found a database that is not SQLite"):
        SampleFeeds("postgresql://someone@example.org/theirs", [backlog])


def test_a_table_that_others_made_is_neither_filled_nor_dropped(
    tmp_path: Path, backlog: Contract
) -> None:
    with sqlite3.connect(tmp_path / "theirs.db") as owner:
        owner.execute("CREATE TABLE backlog (day TEXT)")
        owner.execute("INSERT INTO backlog VALUES ('2026-11-20')")
    theirs = SampleFeeds(f"sqlite:///{tmp_path / 'theirs.db'}", [backlog])
    for attempt in (theirs.create, theirs.drop):
        with pytest.raises(CallboardError, match="which Callboard did not make"):
            attempt()
    with sqlite3.connect(tmp_path / "theirs.db") as owner:
        assert [("2026-11-20",)] == owner.execute("SELECT * FROM backlog").fetchall()
