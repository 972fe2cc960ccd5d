"""Every line of the edge table through the command line: verdicts, counts and exit codes."""

import json
import shutil
from pathlib import Path

import pytest

from callboard.cli.session import Session
from callboard.services.runtime import Runtime, open_runtime
from callboard.settings import load_settings
from tests.callboard.cli.calling import call, call_process
from tests.callboard.cli.edge_lines import BASE, EDGES, TWO, Edge


@pytest.fixture(scope="module")
def board(new_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which some peers are known; `home` and `base.csv` lie beside it."""
    folder = tmp_path_factory.mktemp("edges")
    shutil.copytree(new_workspace, folder / "board")
    (folder / "base.csv").write_bytes(BASE)
    answer = call("benchmarks", "publish", folder / "base.csv", *_places(folder / "board"))
    assert 0 == answer.code, answer.talk
    return folder / "board"


def _places(board: Path) -> tuple[str | Path, ...]:
    return ("--workspace", board, "--home", board.parent / "home")


@pytest.fixture(scope="module")
def runtime(board: Path) -> Runtime:
    return open_runtime(load_settings(workspace=board, home=board.parent / "home"))


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: edge.line)
def test_a_line_of_the_edge_table_has_its_verdict(
    edge: Edge, board: Path, runtime: Runtime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Session, "runtime", lambda _: runtime)  # read once for all lines
    file = tmp_path / "edge.csv"
    file.write_bytes(edge.content)
    answer = call("benchmarks", "check", file, "--format", "json", *edge.options, *_places(board))
    told = json.loads(answer.data)
    counts = tuple(told[name] for name in ("published", "quarantined", "collapsed"))
    assert (edge.code, edge.counts) == (answer.code, counts), answer.talk
    assert edge.reasons == {each["reason"] for each in told["findings"]}
    assert told["rows_in"] == sum(counts)


def test_no_line_of_the_table_is_left_out() -> None:
    of_the_table = {*range(1, 59), *range(60, 71), *range(75, 88), *range(90, 98)}
    spans = [edge.line.partition(",")[0].split("-") for edge in EDGES]
    told = {number for span in spans for number in range(int(span[0]), int(span[-1]) + 1)}
    assert of_the_table - {38, 39} == told  # those are limits: the test below


def test_a_value_too_old_to_compare_is_published_and_said_to_be(
    board: Path, tmp_path: Path
) -> None:
    (edge,) = (each for each in EDGES if each.line == "68")
    file = tmp_path / "old.csv"
    file.write_bytes(edge.content)
    answer = call("benchmarks", "check", file, *_places(board))
    assert (0, True) == (answer.code, "older than 18 months" in answer.talk), answer.talk


@pytest.mark.parametrize(
    ("setting", "limit"), [("CALLBOARD_MAX_UPLOAD_MB", "1"), ("CALLBOARD_MAX_UPLOAD_ROWS", "1")]
)
def test_a_file_beyond_the_limits_is_refused(
    board: Path, tmp_path: Path, setting: str, limit: str
) -> None:
    file = tmp_path / "large.csv"
    file.write_text(TWO + "\n" * 1_100_000, encoding="utf-8")
    words = ("benchmarks", "check", file, "--format", "json", *_places(board))
    answer = call(*words, environment={setting: limit})
    assert (2, "file_too_big") == (answer.code, json.loads(answer.data)["findings"][0]["reason"])


@pytest.mark.parametrize(
    ("content", "code"),
    [(TWO, 0), (TWO.replace("5.5", "n/a"), 1), (TWO.replace("value", "valeu"), 2)],
)
def test_a_process_of_its_own_ends_with_the_code(
    board: Path, tmp_path: Path, content: str, code: int
) -> None:
    file = tmp_path / "edge.csv"
    file.write_text(content, encoding="utf-8")
    assert code == call_process("benchmarks", "check", file, *_places(board)).code
