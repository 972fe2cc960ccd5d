"""`callboard pack`: what packs there are, and one built into a file, for a scheduler."""

import csv
import io
from pathlib import Path

import pytest

from callboard.access import LOCAL_USER
from callboard.services.taking.asking import asked_view
from callboard.services.taking.packs import add_view, make_pack
from tests.callboard.cli.calling import Answer, call
from tests.callboard.services.conftest import small_runtime, world  # noqa: F401 - fixtures used
from tests.callboard.services.small_world import NOW, SmallWorld, week_rows


@pytest.fixture
def place(world: SmallWorld) -> dict[str, str]:  # noqa: F811
    """Where a small store with a pack of one view is, as the environment says it."""
    world.add(week_rows("abandon", "desk", [(5.0 + w % 4, 100.0) for w in range(30)]))
    world.reach()
    number = make_pack(world.runtime, LOCAL_USER, name="Monthly board").id
    add_view(world.runtime, LOCAL_USER, number=number, asked=asked_view("overview", {}))
    return {
        "CALLBOARD_WORKSPACE": str(world.runtime.settings.workspace),
        "CALLBOARD_HOME": str(world.runtime.settings.home),
        "CALLBOARD_STORE_URL": world.runtime.store.url.render_as_string(hide_password=False),
        "CALLBOARD_TODAY": NOW,
    }


def _pack(place: dict[str, str], *arguments: str | Path) -> Answer:
    return call("pack", *arguments, environment=place)


def test_packs_are_listed_with_their_views_and_owner(place: dict[str, str]) -> None:
    (row,) = csv.DictReader(io.StringIO(_pack(place, "list", "--format", "csv").data))
    assert ("Monthly board", "1", "local") == (row["name"], row["views"], row["owner"])


def test_a_pack_is_built_into_the_file_that_the_name_says(
    place: dict[str, str], tmp_path: Path
) -> None:
    target = tmp_path / "board.html"
    answer = _pack(place, "build", "Monthly board", "--to", target, "--period", "2026-11-04")
    assert 0 == answer.code, answer.talk
    text = target.read_text(encoding="utf-8")
    assert "<h1>Monthly board</h1>" in text
    assert "Week 45, 2026" in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Monthly bord", "--to", "x.pptx"), "There is no board pack 'Monthly bord'."),
        (("Monthly board", "--to", "x.docx"), "expected one that ends in .xlsx, .pptx, .html"),
        (("Monthly board", "--to", "x.html", "--period", "May"), "--period: found 'May'"),
    ],
)
def test_a_wrong_call_says_what_is_expected(
    arguments: tuple[str, ...], said: str, place: dict[str, str]
) -> None:
    answer = _pack(place, "build", *arguments)
    assert 1 == answer.code
    assert said in answer.talk
