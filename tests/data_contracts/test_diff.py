"""Two versions of a contract: every edit is told and weighed, also those other tools let pass."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from data_contracts.catalogue import LIBRARY, SUFFIX, read_contract
from data_contracts.diff import diff_contracts
from data_contracts.model import Contract, CountedIn, Kind, Tolerance
from definition_files import Edit, Level, needed_level, needed_version
from tests.data_contracts.contract_files import Document, column, document, read
from tests.data_contracts.diff_edits import BESIDES, OTHERS_TELL, OTHERS_WAVE_THROUGH, Edited

EDITED = OTHERS_TELL | OTHERS_WAVE_THROUGH | BESIDES


def _described() -> Document:
    found = document()
    column(found, "minutes")["description"] = "How many minutes it took."
    column(found, "counter")["classification"] = "confidential"
    return found


def _contract(folder: Path, found: Document) -> Contract:
    contract, problems = read(folder, found)
    assert [] == problems
    assert contract is not None
    return contract


def _after(folder: Path, edited: Edited) -> tuple[Edit, ...]:
    found = _described()
    edited[0](found)
    return diff_contracts(_contract(folder, _described()), _contract(folder, found))


@pytest.mark.parametrize("name", EDITED)
def test_an_edit_is_told_where_it_stands_and_weighed(name: str, tmp_path: Path) -> None:
    told = {(each.where, each.weight.value) for each in _after(tmp_path, EDITED[name])}
    assert {EDITED[name][1:]} <= told


@pytest.mark.parametrize("name", [each for each in EDITED if "severity" not in each])
def test_an_edit_is_told_once(name: str, tmp_path: Path) -> None:
    assert 1 == len(_after(tmp_path, EDITED[name])), _after(tmp_path, EDITED[name])


@pytest.mark.parametrize("name", OTHERS_WAVE_THROUGH)
def test_what_other_tools_let_pass_needs_a_version(name: str, tmp_path: Path) -> None:
    level = needed_level(_after(tmp_path, OTHERS_WAVE_THROUGH[name]))
    assert level in (Level.MAJOR, Level.MINOR)
    assert any(each.is_heavy for each in _after(tmp_path, OTHERS_WAVE_THROUGH[name]))


@pytest.mark.parametrize("path", sorted(LIBRARY.glob(f"*{SUFFIX}")), ids=lambda each: each.name)
def test_the_same_contract_has_no_edits(path: Path) -> None:
    contract, _ = read_contract(path)
    assert contract is not None
    assert () == diff_contracts(contract, replace(contract, version="9.0.0", sha256="x"))


def test_a_renamed_column_takes_its_rules_and_roles_along(tmp_path: Path) -> None:
    found = _described()
    column(found, "updated_at").update(name="written_at", physicalName="updated_at")
    found["customProperties"][2]["value"] = "written_at"
    found["slaProperties"][0]["element"] = "visits.written_at"
    edits = diff_contracts(_contract(tmp_path, _described()), _contract(tmp_path, found))
    assert ["The column updated_at is called written_at now."] == [e.sentence for e in edits]


def test_a_removed_column_says_what_other_rules_go_with_it(tmp_path: Path) -> None:
    found = _described()
    found["schema"][0]["properties"] = [
        each for each in found["schema"][0]["properties"] if each["name"] != "city"
    ]
    found["customProperties"][4]["value"] = []
    edits = diff_contracts(_contract(tmp_path, _described()), _contract(tmp_path, found))
    assert ["callboard.dimensions", "columns.city"] == [each.where for each in edits]


def test_a_rule_of_another_name_is_the_same_rule(tmp_path: Path) -> None:
    found = _described()
    column(found, "left_at")["quality"][0]["id"] = "no_time_travel"
    edits = diff_contracts(_contract(tmp_path, _described()), _contract(tmp_path, found))
    sentence = "The rule is called no_time_travel now; its history does not follow it."
    assert [(sentence, "compatible")] == [(each.sentence, each.weight.value) for each in edits]


def test_a_tolerance_lets_rows_pass_that_were_kept_out(tmp_path: Path) -> None:
    old = _contract(tmp_path, _described())
    few = Tolerance(high=2, unit=CountedIn.PERCENT)
    new = replace(old, checks=tuple(replace(each, tolerance=few) for each in old.checks))
    assert {"loosened"} == {each.weight.value for each in diff_contracts(old, new)}
    assert len(old.checks) == len(diff_contracts(old, new))
    assert {"tightened"} == {each.weight.value for each in diff_contracts(new, old)}


@pytest.mark.parametrize(
    ("old", "new", "weight"),
    [
        ("2026-01-01", "2025-01-01", "loosened"),
        ("2026-01-01", "2026-01-01T08:00:00+00:00", "tightened"),
        ("2026-01-01T08:00:00+02:00", "2026-01-01T05:00:00Z", "loosened"),
    ],
)
def test_bounds_of_moments_are_compared_as_moments(
    old: str, new: str, weight: str, tmp_path: Path
) -> None:
    contract = _contract(tmp_path, _described())
    check = replace(contract.checks[0], rule_id="early", kind=Kind.RANGE, column="came_at")
    one, other = (replace(contract, checks=(replace(check, earliest=e),)) for e in (old, new))
    assert [weight] == [each.weight.value for each in diff_contracts(one, other)]


def test_a_stricter_multiple_holds_the_old_promise(tmp_path: Path) -> None:
    contract = _contract(tmp_path, _described())
    check = replace(contract.checks[0], kind=Kind.MULTIPLE)
    five, ten, three = (
        replace(contract, checks=(replace(check, multiple=each),)) for each in (5, 10, 3)
    )
    assert ["tightened"] == [each.weight.value for each in diff_contracts(five, ten)]
    assert ["loosened"] == [each.weight.value for each in diff_contracts(ten, five)]
    assert ["loosened"] == [each.weight.value for each in diff_contracts(five, three)]


def test_an_end_that_comes_sooner_is_a_promise_taken_back(tmp_path: Path) -> None:
    contract = replace(_contract(tmp_path, _described()), sunset=date(2027, 1, 1))
    sooner = replace(contract, sunset=date(2026, 12, 1))
    assert ["loosened"] == [each.weight.value for each in diff_contracts(contract, sooner)]
    assert ["compatible"] == [each.weight.value for each in diff_contracts(sooner, contract)]


def test_a_shorter_wait_for_corrections_is_a_stricter_promise(tmp_path: Path) -> None:
    contract = _contract(tmp_path, _described())
    edits = diff_contracts(contract, replace(contract, late=timedelta(hours=2)))
    assert [
        ("A correction came within 36 hours, it may come within 2 hours now.", "tightened")
    ] == [(each.sentence, each.weight.value) for each in edits]


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("a column removed", "2.0.0"),
        ("a word not allowed any more", "2.0.0"),
        ("a rule removed", "1.3.0"),
        ("an optional column added", "1.3.0"),
        ("another owner", "1.2.4"),
    ],
)
def test_the_needed_version_is_that_of_the_heaviest_edit(
    name: str, version: str, tmp_path: Path
) -> None:
    assert version == needed_version(_after(tmp_path, EDITED[name]), "1.2.3")


def test_without_an_edit_the_version_may_stay() -> None:
    assert "1.2.3" == needed_version((), "1.2.3")
