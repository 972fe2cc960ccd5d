"""Files mapped, compared, published in a mode, brought back and mended on the command line."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.callboard.cli.calling import ROOT, Answer, call

HEADER = "metric,entity,statistic,value,unit,period_end,source_name\n"
ACME = "abandon,Alder,value,4.2,percent,2025-12-31,Annual report\n"
BIRCH = "abandon,Birch,value,5.1,percent,2025-12-31,Annual report\n"
WIDE = "Complaints of 2025\n\nProvider;2023;2024\nAlder;4,25;1,5\nBirch;5,1;6,25\n"
SAID = """reading: {header_line: 3, header_rows: 1}
layout:
- {kind: periods, columns: ['2023', '2024'], into: period}
columns:
- {header: Provider, field: entity}
constants: {metric: abandon, statistic: value, unit: percent, source_name: Report}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "peers.csv"


def _benchmarks(workspace: Path, *arguments: str | Path) -> Answer:
    return call("benchmarks", *arguments, "--workspace", workspace)


def _rows(answer: Answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.data)))


def _published(workspace: Path, file: Path, text: str, *options: str | Path) -> Answer:
    file.write_text(text, encoding="utf-8")
    return _benchmarks(workspace, "publish", file, *options)


def test_a_mapping_reads_a_wide_file_with_titles(workspace: Path, file: Path) -> None:
    said = file.with_suffix(".yaml")
    said.write_text(SAID, encoding="utf-8")
    file.write_text(WIDE, encoding="utf-8")
    answer = _benchmarks(workspace, "check", file, "--mapping", said, "--format", "json")
    told = json.loads(answer.data)
    assert (0, 2, 4, 4) == (
        answer.code, *(told[name] for name in ("lines_in", "rows_in", "published"))
    )  # fmt: skip
    assert (3, {"Provider": "entity"}) == (
        told["reading"]["header_line"],
        {e["header"]: e["field"] for e in told["mapping"]["columns"] if e["header"] == "Provider"},
    )
    assert {"add": 4, "change": 0, "leave": 0, "remove": 0} == told["changes"]["counts"]


def test_an_open_question_is_listed_with_its_options(workspace: Path, file: Path) -> None:
    file.write_text(HEADER + ACME.replace("4.2", '"1,234"'), encoding="utf-8")
    answer = _benchmarks(workspace, "check", file, "--format", "json")
    (asked,) = json.loads(answer.data)["asked"]
    assert (1, "decimal", "value") == (answer.code, asked["question"], asked["header"])
    assert "Open: decimal of the column 'value', point or comma; 1 row waits" in answer.talk


def test_a_broken_mapping_is_one_sentence_for_each_fault(workspace: Path, file: Path) -> None:
    said = file.with_suffix(".yaml")
    said.write_text("constnats: {metric: abandon}\n", encoding="utf-8")
    file.write_text(HEADER + ACME, encoding="utf-8")
    answer = _benchmarks(workspace, "check", file, "--mapping", said)
    assert (1, "") == (answer.code, answer.data)
    assert "constnats" in answer.talk
    assert "Did you mean 'constants'?" in answer.talk


def test_what_is_proposed_leaves_empty_what_no_column_says(workspace: Path, file: Path) -> None:
    file.write_text(WIDE, encoding="utf-8")
    answer = _benchmarks(workspace, "mapping", file)
    assert 0 == answer.code
    assert "header_line: 3" in answer.data
    assert "- {header: Provider, field: entity}" in answer.data
    assert "constants: {metric: '', statistic: '', unit: '', source_name: ''}" in answer.data
    assert "Fill in what no column says: metric, statistic, unit, source_name." in answer.talk


def test_a_picture_has_no_mapping(workspace: Path, file: Path) -> None:
    file.write_bytes(b"\x89PNG\r\n\x1a\n")
    assert 2 == _benchmarks(workspace, "mapping", file).code


def test_a_diff_lists_what_is_added_changed_left_and_removed(workspace: Path, file: Path) -> None:
    third = BIRCH.replace("Birch", "Cedar")
    _published(workspace, file, HEADER + ACME + BIRCH + third)
    dogwood = BIRCH.replace("Birch", "Dogwood")
    file.write_text(HEADER + ACME.replace("4.2", "4.5") + third + dogwood, encoding="utf-8")
    options = ("--mode", "publisher", "--new-names", "Dogwood", "--format", "csv")
    answer = _benchmarks(workspace, "diff", file, *options)
    kinds = {each["entity"]: each["kind"] for each in _rows(answer)}
    assert 0 == answer.code
    assert {"Alder": "change", "Birch": "remove", "Cedar": "leave", "Dogwood": "add"} == kinds


@pytest.mark.parametrize(
    ("text", "code"),
    [(HEADER + ACME.replace("4.2", "n/a"), 1), (HEADER.replace("unit", "") + ACME, 2)],
)
def test_a_diff_ends_as_a_check_does(workspace: Path, file: Path, text: str, code: int) -> None:
    file.write_text(text, encoding="utf-8")
    assert code == _benchmarks(workspace, "diff", file).code


def test_a_name_that_is_not_said_to_be_new_stays_out(workspace: Path, file: Path) -> None:
    _published(workspace, file, HEADER + ACME)
    assert 1 == _published(workspace, file, HEADER + BIRCH).code
    assert 0 == _published(workspace, file, HEADER + BIRCH, "--new-names", "*").code


def test_a_jump_in_scale_waits_to_be_confirmed(workspace: Path, file: Path) -> None:
    wait = "asa,Alder,value,{},seconds,{}-12-31,Annual report\n"
    _published(workspace, file, HEADER + wait.format(1200, 2023))
    jumped = HEADER + wait.format(12, 2024)
    stopped = _published(workspace, file, jumped)
    assert 1 == stopped.code
    assert 1 == _benchmarks(workspace, "check", file).code
    assert 0 == _published(workspace, file, jumped, "--confirm", "scale:asa").code, stopped.talk


def test_a_replaced_publishers_values_come_back_with_what_is_restored(
    workspace: Path, file: Path
) -> None:
    _published(workspace, file, HEADER + ACME + BIRCH)
    _published(workspace, file, HEADER + ACME.replace("4.2", "4.5"), "--mode", "publisher")

    def values() -> set[str]:
        return {
            each["value"] for each in _rows(_benchmarks(workspace, "values", "--format", "csv"))
        }

    assert {"4.5"} == values()
    assert 0 == _benchmarks(workspace, "withdraw", "2", "--note", "Provisional").code
    assert {"4.2", "5.1"} == values()
    restored = _benchmarks(workspace, "restore", "2", "--note", "Confirmed")
    assert (0, {"4.5"}) == (restored.code, values())
    assert "Restored submission 2 (peers.csv)." in restored.talk


def test_the_original_comes_back_byte_for_byte(workspace: Path, file: Path) -> None:
    content = (HEADER + ACME).encode("utf-16")
    file.write_bytes(content)
    _benchmarks(workspace, "publish", file)
    assert 0 == _benchmarks(workspace, "original", "1", "--output", file.with_suffix(".old")).code
    assert content == file.with_suffix(".old").read_bytes()
    words = ("benchmarks", "original", "1", "--workspace", workspace)
    done = subprocess.run(
        [sys.executable, "-m", "callboard", *words], cwd=ROOT, capture_output=True, check=True
    )
    assert content == done.stdout


def test_rejected_rows_are_mended_and_known_again(workspace: Path, file: Path) -> None:
    _published(workspace, file, HEADER + ACME + BIRCH.replace("5.1", "n/a"))
    rejected = _benchmarks(workspace, "rejected", "1")
    (row,) = _rows(rejected)
    assert ("Birch", "n/a") == (row["entity"], row["value"])
    file.write_text(rejected.data.replace("n/a", "5.1", 1), encoding="utf-8")
    answer = _benchmarks(workspace, "check", file, "--new-names", "*")
    assert 0 == answer.code
    assert "1 row that was rejected before comes back corrected." in answer.talk


def test_a_changed_number_is_noted_with_the_published_one(workspace: Path, file: Path) -> None:
    _published(workspace, file, HEADER + ACME)
    file.write_text(HEADER + ACME.replace("4.2", "4.5"), encoding="utf-8")
    answer = _benchmarks(workspace, "check", file, "--format", "json")
    (note,) = json.loads(answer.data)["findings"]
    assert (0, 2, "revision", "4.5", "publish") == (
        answer.code, *(note[name] for name in ("row", "reason", "found", "verdict"))
    )  # fmt: skip
    assert note["expected"].startswith("4.2, as it is published now")


def test_an_unknown_shape_is_a_wrong_call(workspace: Path) -> None:
    answer = _benchmarks(workspace, "template", "apcq")
    assert (2, True) == (answer.code, "expected one of canonical, apqc" in answer.talk)


def test_the_mapping_of_the_next_file_begins_with_what_was_remembered(
    workspace: Path, file: Path
) -> None:
    said = file.with_suffix(".yaml")
    said.write_text(SAID.replace("Report}", "Complaint Board}"), encoding="utf-8")
    assert 0 == _published(workspace, file, WIDE, "--mapping", said, "--remember").code
    file.write_text(WIDE.replace("2023;2024", "2024;2025"), encoding="utf-8")
    answer = _benchmarks(workspace, "mapping", file, "--remembered", "--output", said)
    assert "As of Complaint Board, submission 1, by local: " in answer.talk
    assert "columns: ['2024', '2025']" in said.read_text(encoding="utf-8")
    assert 0 == _benchmarks(workspace, "check", file, "--mapping", said).code


def test_where_nothing_was_remembered_the_mapping_says_so(workspace: Path, file: Path) -> None:
    file.write_text(WIDE, encoding="utf-8")
    answer = _benchmarks(workspace, "mapping", file, "--remembered")
    assert "Nothing was remembered that helps with this file." in answer.talk
