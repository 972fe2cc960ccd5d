import csv
import io
import json
from pathlib import Path

import pytest

from callboard.cli.benchmark_told import FINDING_COLUMNS
from tests.callboard.cli.calling import Answer, call

HEADER = "metric,entity,statistic,value,unit,period_end,source_name\n"
GOOD = "abandon,Acme,value,4.2,percent,2025-12-31,Annual report\n"
OTHER = "abandon,Borough,value,5.1,percent,2025-12-31,Annual report\n"
BAD = "abandn,Borough,value,5.1,percent,2025-12-31,Annual report\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "peers.csv"


def _benchmarks(workspace: Path, *arguments: str | Path) -> Answer:
    return call("benchmarks", *arguments, "--workspace", workspace)


def _rows(answer: Answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.data)))


def test_a_right_file_passes(workspace: Path, file: Path) -> None:
    file.write_text(HEADER + GOOD + OTHER, encoding="utf-8")
    answer = _benchmarks(workspace, "check", file, "--format", "csv")
    (new_names,) = _rows(answer)
    assert (0, list(FINDING_COLUMNS)) == (answer.code, list(new_names))
    assert ("0", "unknown_name", "publish") == tuple(
        new_names[name] for name in ("row", "reason", "verdict")
    )
    assert "Adds 2, changes 0, leaves 0, rejects 0." in answer.talk


def test_a_rejected_row_is_told_by_line_column_and_code(workspace: Path, file: Path) -> None:
    file.write_text(HEADER + GOOD + OTHER + BAD, encoding="utf-8")
    answer = _benchmarks(workspace, "check", file, "--format", "json")
    told = json.loads(answer.data)
    assert 1 == answer.code
    assert (3, 2, 1, 0) == tuple(
        told[name] for name in ("rows_in", "published", "quarantined", "collapsed")
    )
    assert [
        {
            "row": 4,
            "column": "metric",
            "reason": "unknown_name",
            "found": "abandn",
            "expected": "a metric of this workspace",
            "suggestion": "Did you mean 'abandon'?",
            "verdict": "quarantine",
        }
    ] == [each for each in told["findings"] if each["row"]]


def test_a_file_that_cannot_be_read_is_refused(workspace: Path, file: Path) -> None:
    file.write_bytes(b"PK\x03\x04" + bytes(100))
    answer = _benchmarks(workspace, "check", file, "--format", "json")
    told = json.loads(answer.data)
    assert 2 == answer.code
    assert [("file_kind", "refuse")] == [
        (each["reason"], each["verdict"]) for each in told["findings"]
    ]


def test_a_file_that_is_not_there_is_one_sentence(workspace: Path, file: Path) -> None:
    answer = _benchmarks(workspace, "check", file)
    assert (1, "") == (answer.code, answer.data)
    assert f"callboard: {file}: No such file or directory.\n" == answer.talk


def test_checking_stores_nothing(workspace: Path, file: Path) -> None:
    file.write_text(HEADER + GOOD, encoding="utf-8")
    _benchmarks(workspace, "check", file)
    assert [] == _rows(_benchmarks(workspace, "list", "--format", "csv"))


def test_what_is_published_is_listed_and_can_be_withdrawn(workspace: Path, file: Path) -> None:
    file.write_text(HEADER + GOOD, encoding="utf-8")
    assert 0 == _benchmarks(workspace, "publish", file, "--note", "First").code
    (listed,) = _rows(_benchmarks(workspace, "list", "--format", "csv"))
    assert ("published", "First", "1") == (listed["state"], listed["note"], listed["published"])
    assert 0 == _benchmarks(workspace, "withdraw", listed["id"]).code
    (listed,) = _rows(_benchmarks(workspace, "list", "--format", "csv"))
    assert "withdrawn" == listed["state"]


def test_the_same_content_twice_changes_nothing_and_says_so(workspace: Path, file: Path) -> None:
    file.write_text(HEADER + GOOD, encoding="utf-8")
    _benchmarks(workspace, "publish", file)
    again = _benchmarks(workspace, "publish", file)
    assert 0 == again.code
    assert "published already, as submission 1. Nothing changed." in again.talk
    assert 1 == len(_rows(_benchmarks(workspace, "list", "--format", "csv")))


def test_the_template_is_a_header(workspace: Path) -> None:
    answer = _benchmarks(workspace, "template")
    (header,) = csv.reader(io.StringIO(answer.data))
    assert {"kpi_code", "entity", "value", "unit", "period_end", "source_name"} <= set(header)
