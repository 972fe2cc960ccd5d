"""`callboard benchmarks names`, `peers`, `parked`, `due` and `export`, as a person calls them."""

import csv
import io
import json
from pathlib import Path

import pytest
import yaml

from callboard.cli.benchmark_names import NAME_COLUMNS, PEER_COLUMNS
from callboard.cli.benchmark_upkeep import DUE_COLUMNS, PARKED_COLUMNS
from tests.callboard.cli.calling import Answer, call

HEADER = "metric,entity,statistic,value,unit,period_end,source_name,note\n"
GOOD = "abandon,Acme,value,4.2,percent,2023-12-31,Annual report,=1+1\n"
UNKNOWN = "smiles,Acme,value,4.2,percent,2023-12-31,Annual report,\n"


def _benchmarks(workspace: Path, *arguments: str | Path) -> Answer:
    return call("benchmarks", *arguments, "--workspace", workspace)


def _rows(answer: Answer) -> list[dict[str, str]]:
    assert 0 == answer.code, answer.talk
    return list(csv.DictReader(io.StringIO(answer.data)))


@pytest.fixture
def published(workspace: Path, tmp_path: Path) -> Path:
    file = tmp_path / "peers.csv"
    file.write_text(HEADER + GOOD, encoding="utf-8")
    assert 0 == _benchmarks(workspace, "publish", file).code
    return workspace


def test_a_name_is_added_listed_written_withdrawn_and_brought_back(workspace: Path) -> None:
    told = ("--kind", "merger", "--from", "2018-04-25", "--why", "One certificate")
    added = _benchmarks(workspace, "names", "add", "Virgin America", "Alaska Air", *told)
    assert "Virgin America stands for Alaska Air from 2018-04-25, as name 1." in added.talk
    written = _benchmarks(workspace, "names", "write")
    assert (0, f"Wrote {workspace / 'entities.yaml'}.\n") == (written.code, written.talk)
    (entry,) = yaml.safe_load((workspace / "entities.yaml").read_text())["entities"]
    assert ["Virgin America"] == entry["names"]
    assert 0 == call("check", "--workspace", workspace).code
    assert 0 == _benchmarks(workspace, "names", "withdraw", "1", "--note", "Called off").code
    rows = _rows(_benchmarks(workspace, "names", "list", "--format", "csv"))
    assert [("0", "false"), ("1", "false")] == [(row["id"], row["counts"]) for row in rows]
    assert list(NAME_COLUMNS) == list(rows[0])
    assert 0 == _benchmarks(workspace, "names", "restore", "1").code


def test_a_name_that_cannot_be_is_one_sentence(workspace: Path) -> None:
    answer = _benchmarks(workspace, "names", "add", "A", "a", "--why", "x")
    found = "callboard: Found 'A' for itself; expected another name. Nothing was changed.\n"
    assert (1, found) == (answer.code, answer.talk)
    assert "No name stands for another." in _benchmarks(workspace, "names", "list").talk


def test_a_peer_set_is_edited_written_and_taken_away(workspace: Path) -> None:
    told = ("peers", "edit", "Near us", "Acme", "Borough", "--why", "The same towns")
    (row,) = _rows(_benchmarks(workspace, *told, "--format", "csv"))
    assert ("1", "Acme; Borough", "true") == (row["id"], row["entities"], row["counts"])
    assert list(PEER_COLUMNS) == list(row)
    assert "Wrote" in _benchmarks(workspace, "names", "write").talk
    assert "The same towns" in (workspace / "workspace.yaml").read_text()
    assert "Nothing was written" in _benchmarks(workspace, "names", "write").talk
    dropped = _benchmarks(workspace, "peers", "edit", "Near us", "--drop", "--why", "Closed")
    assert "Peer set Near us: taken away, as edit 2." in dropped.talk
    assert 1 == _benchmarks(workspace, "peers", "edit", "Near us", "--why", "x").code
    assert 0 == _benchmarks(workspace, "peers", "withdraw", "2", "--note", "It opened").code
    told = json.loads(_benchmarks(workspace, "peers", "list", "--format", "json").data)
    assert [True, False, False] == [row["counts"] for row in sorted(told, key=_by_counts)]
    assert 0 == _benchmarks(workspace, "peers", "restore", "2").code


def _by_counts(row: dict[str, object]) -> bool:
    return not row["counts"]


def _park(workspace: Path) -> None:
    file = workspace / "smiles.csv"
    file.write_text(HEADER + GOOD + UNKNOWN, encoding="utf-8")
    parked = _benchmarks(workspace, "parked", "add", file, "--request", "What is it?")
    assert (0, "1 row more waits.\n") == (parked.code, parked.talk)


def test_parked_rows_are_listed_taken_and_dropped(workspace: Path, tmp_path: Path) -> None:
    _park(workspace)
    (row,) = _rows(_benchmarks(workspace, "parked", "list", "--format", "csv"))
    assert ("smiles", "What is it?", "waits") == (row["word"], row["request"], row["state"])
    assert list(PARKED_COLUMNS) == list(row)
    assert "no metric yet" in _benchmarks(workspace, "parked", "take", "1").talk
    taken = ("parked", "take", "1", "--means", "abandon", "--to", tmp_path)
    assert 0 == _benchmarks(workspace, *taken).code
    assert "smiles,Acme" in (tmp_path / "parked_1.csv").read_text()
    again = _benchmarks(workspace, *taken)
    assert (1, f"callboard: {tmp_path / 'parked_1.csv'}: File exists.\n") == (
        again.code,
        again.talk,
    )
    assert "No row waits" in _benchmarks(workspace, "parked", "list").talk
    _park(workspace)
    assert "Dropped 1 row." in _benchmarks(workspace, "parked", "drop", "2", "--note", "x").talk


def test_what_is_due_is_told_with_its_publisher(published: Path) -> None:
    (row,) = _rows(_benchmarks(published, "due", "--format", "csv"))
    assert ("Annual report", "abandon", "2023-12-31", "2025-06-30", "due") == tuple(
        row[name] for name in ("publisher", "metrics", "last_end", "due_on", "state")
    )
    assert list(DUE_COLUMNS) == list(row)
    assert "No newer edition is due." in _benchmarks(published, "due", "--by", "2025-06-29").talk


def test_an_export_is_a_file_of_every_column(published: Path) -> None:
    answer = _benchmarks(published, "export", "--metric", "abandon")
    (row,) = list(csv.DictReader(io.StringIO(answer.data, newline="")))
    assert ("abandon", "Acme", "4.2", "'=1+1") == tuple(
        row[name] for name in ("kpi_code", "entity", "value", "note")
    )
    assert 1 == _benchmarks(published, "export", "--metric", "abandn").code
    file = published / "values.csv"
    _benchmarks(published, "export", "--metric", "abandon", "--output", str(file))
    assert answer.data == file.read_bytes().decode()
