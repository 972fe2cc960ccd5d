"""`callboard contracts`: two versions apart, with an exit code a build can stand on."""

import csv
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from data_contracts.catalogue import LIBRARY
from metrics.catalogue import LIBRARY as METRICS
from tests.callboard.cli.calling import call

CONTACTS = "contacts.odcs.yaml"


def _edited(target: Path, source: Path, *words: tuple[str, str]) -> Path:
    """A copy of a definition with some words replaced."""
    text = source.read_text(encoding="utf-8")
    for old, new in words:
        assert old in text
        text = text.replace(old, new, 1)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return target


def _folders(tmp_path: Path) -> tuple[Path, Path]:
    for name in ("old", "new"):
        shutil.copytree(LIBRARY, tmp_path / name / "data_contracts")
        shutil.copytree(METRICS, tmp_path / name / "metrics")
    return tmp_path / "old", tmp_path / "new"


def test_the_same_file_promises_the_same() -> None:
    answer = call("contracts", "diff", LIBRARY / CONTACTS, LIBRARY / CONTACTS)
    assert (0, "", "Nothing is promised otherwise.\n") == (answer.code, answer.data, answer.talk)


def test_a_looser_promise_fails_until_the_version_says_so(tmp_path: Path) -> None:
    old, new = LIBRARY / CONTACTS, tmp_path / CONTACTS
    _edited(new, old, ("value: 26", "value: 48"))
    answer = call("contracts", "diff", old, new)
    assert (1, True) == (answer.code, "it is at most 48 hours old now" in answer.data)
    assert (
        "contract contacts: 1 edit, version 1.0.0 to 1.0.0, which has to be 1.1.0 or later.\n"
    ) == answer.talk
    _edited(new, new, ("version: 1.0.0", "version: 1.1.0"))
    answer = call("contracts", "diff", old, new)
    assert (0, "contract contacts: 1 edit, version 1.0.0 to 1.1.0.\n") == (answer.code, answer.talk)


def test_a_minor_version_does_not_tell_of_a_break(tmp_path: Path) -> None:
    old = LIBRARY / CONTACTS
    words = (('          - {value: "compliment"}\n', ""), ("version: 1.0.0", "version: 1.1.0"))
    new = _edited(tmp_path / CONTACTS, old, *words)
    answer = call("contracts", "diff", old, new)
    assert (1, True) == (answer.code, "which has to be 2.0.0 or later" in answer.talk)


def test_a_compatible_edit_passes_without_a_version(tmp_path: Path) -> None:
    new = _edited(tmp_path / CONTACTS, LIBRARY / CONTACTS, ("name: Contacts", "name: All contacts"))
    answer = call("contracts", "diff", LIBRARY / CONTACTS, new)
    assert (0, True) == (answer.code, "All contacts" in answer.data)


@pytest.mark.parametrize(
    ("words", "where"),
    [
        (("unit: seconds", "unit: minutes"), "unit"),
        (("column: handle_seconds", "column: wait_seconds"), "value"),
        (("value: answered", "value: abandoned"), "where"),
        (("better: neutral", "better: lower"), "better"),
    ],
)
def test_another_unit_or_formula_of_a_metric_fails(
    words: tuple[str, str], where: str, tmp_path: Path
) -> None:
    old = METRICS / "aht.yaml"
    new = _edited(tmp_path / "aht.yaml", old, words)
    answer = call("contracts", "diff", old, new, "--format", "json")
    told = json.loads(answer.data)[0]
    assert (1, False, "1", "2") == (
        answer.code,
        told["is_told"],
        told["new_version"],
        told["needed_version"],
    )
    assert (where, "breaking") in {(each["where"], each["weight"]) for each in told["edits"]}
    raised = _edited(new, new, ("metric: aht", "metric: aht\nversion: 2"))
    assert 0 == call("contracts", "diff", old, raised).code


def test_folders_are_compared_file_by_file(tmp_path: Path) -> None:
    old, new = _folders(tmp_path)
    (new / "data_contracts" / "backlog.odcs.yaml").unlink()
    (old / "metrics" / "aht.yaml").unlink()
    contacts = new / "data_contracts" / CONTACTS
    _edited(contacts, contacts, ("maximum: 14400", "maximum: 14400000"))
    answer = call("contracts", "diff", old, new, "--format", "csv")
    rows = [line[:4] for line in csv.reader(answer.data.splitlines()[1:])]
    assert (1, rows) == (
        answer.code,
        [
            ["contract", "backlog", "file", "breaking"],
            ["contract", "contacts", "rules.wait_seconds.range", "loosened"],
            ["metric", "aht", "file", "compatible"],
        ],
    )


def test_a_folder_of_nothing_else_is_read_too(tmp_path: Path) -> None:
    old, new = _folders(tmp_path)
    assert 0 == call("contracts", "diff", old / "metrics", new / "metrics").code
    assert 0 == call("contracts", "diff", METRICS.parent, new).code


def test_what_cannot_be_compared_is_a_wrong_call(tmp_path: Path) -> None:
    contract, metric = LIBRARY / CONTACTS, METRICS / "aht.yaml"
    for old, new, words in (
        (contract, tmp_path / "nowhere.odcs.yaml", "does not exist"),
        (contract, LIBRARY, "one is a file, the other a folder"),
        (contract, metric, "one is a contract, the other a metric"),
        (LIBRARY, tmp_path, "has no contract"),
    ):
        answer = call("contracts", "diff", old, new)
        assert (2, True) == (answer.code, words in " ".join(answer.talk.split())), answer.talk


def test_a_file_that_is_wrong_is_told_line_by_line(tmp_path: Path) -> None:
    words = (("status: active", "status: actve"), ("version: 1.0.0", "version: one"))
    new = _edited(tmp_path / CONTACTS, LIBRARY / CONTACTS, *words)
    answer = call("contracts", "diff", LIBRARY / CONTACTS, new)
    assert (2, "", 2) == (answer.code, answer.data, answer.talk.count(CONTACTS))


def test_past_runs_are_judged_by_another_contract(workspace: Path, tmp_path: Path) -> None:
    assert 0 == call("refresh", "--workspace", workspace).code
    same = call("contracts", "replay", "contacts", "--workspace", workspace)
    assert (0, "", "contacts 1.0.0: 1 run judged again, 0 differently.\n") == (
        same.code,
        same.data,
        same.talk,
    )
    words = (("maximum: 86400", "maximum: 90000"), ("value: 26, unit: h", "value: 0.001, unit: h"))
    new = _edited(tmp_path / CONTACTS, LIBRARY / CONTACTS, *words)
    answer = call("contracts", "replay", "--contract", new, "--workspace", workspace)
    assert (0, True) == (answer.code, "dataset.freshness: pass to fail" in answer.data)
    said = next(line for line in answer.talk.splitlines() if line.startswith("Not evaluated, "))
    assert "handle_seconds.range" in said
    assert 1 == call("contracts", "replay", "contcats", "--workspace", workspace).code


def test_contracts_are_written_as_pages(workspace: Path, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "pages"
    answer = call("contracts", "docs", "--to", folder, "--workspace", workspace)
    pages = sorted(each.name for each in folder.iterdir())
    assert (0, "", f"Wrote {folder / 'index.html'} and {len(pages) - 1} pages.\n") == (
        answer.code,
        answer.data,
        answer.talk,
    )
    assert {"index.html", "feed-contacts.html"} <= set(pages)
    again = call("contracts", "docs", "--to", folder, "--workspace", workspace)
    assert (0, pages) == (again.code, sorted(each.name for each in folder.iterdir()))


def test_pages_need_a_folder_to_go_to(workspace: Path, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    assert 2 == call("contracts", "docs", "--workspace", workspace).code
    assert 2 == call("contracts", "docs", "--to", file, "--workspace", workspace).code
    below = call("contracts", "docs", "--to", file / "pages", "--workspace", workspace)
    assert (1, True) == (below.code, "Not a directory" in below.talk)


def test_contracts_are_listed_and_so_are_their_runs(workspace: Path) -> None:
    before = call("contracts", "history", "contacts", "--workspace", workspace)
    assert (0, "", "contacts was not judged yet.\n") == (before.code, before.data, before.talk)
    assert 0 == call("refresh", "--workspace", workspace).code
    listed = call("contracts", "list", "--format", "json", "--workspace", workspace)
    contacts = next(each for each in json.loads(listed.data) if each["feed"] == "contacts")
    assert (0, "published") == (listed.code, contacts["verdict"])
    runs = call("contracts", "history", "contacts", "--format", "csv", "--workspace", workspace)
    (run,) = csv.DictReader(runs.data.splitlines())
    assert (0, "1.0.0", run["rows_in"]) == (runs.code, run["version"], run["rows_used"])
    rule = ("--rule", "wait_seconds.range", "--format", "json")
    told = call("contracts", "history", "contacts", *rule, "--workspace", workspace)
    assert ["pass"] == [each["state"] for each in json.loads(told.data) if not each["slice"]]
    assert 1 == call("contracts", "history", "contcats", "--workspace", workspace).code


def test_todays_rows_are_judged_by_another_contract(workspace: Path, tmp_path: Path) -> None:
    assert 0 == call("refresh", "--workspace", workspace).code
    same = call("contracts", "replay", "contacts", "--rows", "--workspace", workspace)
    assert (0, "") == (same.code, same.data)
    assert "contacts 1.0.0 to 1.0.0: " in same.talk
    assert "0 kept out then and 0 now; published then and published now.\n" in same.talk
    new = _edited(tmp_path / CONTACTS, LIBRARY / CONTACTS, ("maximum: 86400", "maximum: 1"))
    words = ("replay", "--rows", "--contract", new, "--workspace", workspace, "--format", "csv")
    answer = call("contracts", *words)
    rows = {row["rule"]: row for row in csv.DictReader(answer.data.splitlines())}
    told = rows["handle_seconds.range"]
    assert (0, "pass, critical", "fail, critical") == (answer.code, told["then"], told["now"])
    assert 0 == int(told["broken_then"]) < int(told["broken_now"])
    assert "Held back by: " in answer.talk


def test_a_contract_is_written_as_a_plain_suite(workspace: Path, tmp_path: Path) -> None:
    on_screen = call("contracts", "gx", "contacts", "--workspace", workspace)
    assert (0, "contacts") == (on_screen.code, json.loads(on_screen.data)["name"])
    file = tmp_path / "suite.json"
    answer = call("contracts", "gx", "contacts", "--to", file, "--workspace", workspace)
    size = len(json.loads(on_screen.data)["expectations"])
    assert (0, "") == (answer.code, answer.data)
    assert f"Wrote {file}: {size} expectations.\n" in answer.talk
    assert (
        json.loads(on_screen.data)["expectations"][0]
        in (json.loads(file.read_text(encoding="utf-8"))["expectations"])
    )
    assert 1 == call("contracts", "gx", "contcats", "--workspace", workspace).code


def test_rows_are_judged_by_the_suite_and_by_us(workspace: Path) -> None:
    words = ("gx", "contacts", "--rows", "--sample", "200", "--format", "csv")
    answer = call("contracts", *words, "--workspace", workspace)
    rows = list(csv.DictReader(answer.data.splitlines()))
    assert (0, {"true"}) == (answer.code, {each["same"] for each in rows})
    assert f"200 rows judged by {len(rows)} rules, 0 counted otherwise.\n" in answer.talk
    assert all(each["callboard"] == each["great_expectations"] for each in rows)


def test_a_count_that_differs_fails_the_call(workspace: Path) -> None:
    """The suite knows numbers of types by their digits alone, up to 1e299."""
    with closing(sqlite3.connect(workspace / "sample.db")) as database:
        newest = "(SELECT max(created_at) FROM contacts)"
        database.execute(f"UPDATE contacts SET wait_seconds = 1e300 WHERE created_at = {newest}")
        database.commit()
    words = ("gx", "contacts", "--rows", "--sample", "50", "--format", "csv")
    answer = call("contracts", *words, "--workspace", workspace)
    rows = {row["rule"]: row for row in csv.DictReader(answer.data.splitlines())}
    told = rows["wait_seconds.type"]
    assert (1, "0", "1") == (answer.code, told["callboard"], told["great_expectations"])
    assert ", 1 counted otherwise.\n" in answer.talk
