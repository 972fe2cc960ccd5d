"""entities.yaml is read with the workspace's definitions, and its problems are told with theirs."""

from datetime import date
from pathlib import Path

from callboard.entities import NameKind
from callboard.services.defining.definitions import load_definitions
from callboard.settings import load_settings
from definition_files import Problem
from tests.callboard.services.small_world import make_workspace

GOOD = """\
entities:
  - {entity: Alaska Air, names: [Virgin America], kind: merger, from: 2018-04-25, why: merged}
  - {entity: Alder, names: [Alder Ltd, Alder plc], why: its firms}
"""


def _load(folder: Path, text: str) -> tuple[object, list[Problem]]:
    make_workspace(folder)
    (folder / "entities.yaml").write_text(text)
    definitions, problems = load_definitions(load_settings({"CALLBOARD_WORKSPACE": str(folder)}))
    return (definitions.entities if definitions else None), problems


def test_names_are_read_with_their_day_and_kind(tmp_path: Path) -> None:
    entities, problems = _load(tmp_path, GOOD)
    assert [] == problems
    assert (date(2018, 4, 25), NameKind.MERGER) == (entities[0].from_day, entities[0].kind)
    assert (None, NameKind.ALIAS, 2) == (
        entities[1].from_day,
        entities[1].kind,
        len(entities[1].names),
    )


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    wrong = (
        "entities:\n  - {entity: A, names: [B], kind: merger, why: x}\n"
        "  - {entity: A, name: [B], why: x}\n"
    )
    entities, problems = _load(tmp_path, wrong)
    told = "\n".join(map(str, problems))
    assert entities is None
    assert "a merger has the day it began" in told
    assert "the unknown key 'name'" in told
    assert "Did you mean 'names'?" in told


def test_a_name_for_ourselves_or_for_two_is_a_problem(tmp_path: Path) -> None:
    wrong = (
        "entities:\n  - {entity: Alder, names: [Small Stores], why: x}\n"
        "  - {entity: Alder, names: [Old], why: x}\n  - {entity: Birch, names: [old], why: x}\n"
    )
    _, problems = _load(tmp_path, wrong)
    assert ["entities.Alder", "entities.Birch"] == [each.key for each in problems]
    assert "which is ourselves" in problems[0].found
