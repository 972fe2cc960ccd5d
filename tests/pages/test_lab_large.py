"""A large file is read with its progress told, and ends where a small one does."""

import pytest

from callboard.services.publishing import large_files
from callboard.ui import cache, lab_state
from tests.callboard.services.small_world import SmallWorld
from tests.pages.conftest import OpenPage, text_of
from tests.pages.test_lab import published, rows, start


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (large_files, cache, lab_state):
        monkeypatch.setattr(module, "LARGE", 1)


def test_a_large_file_is_read_and_published_like_any_other(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = start(open_app, full_world, rows(("Alder", "95.5")))
    assert "Step 6 of 6" in text_of(app)
    app.button(key="cb-publish").click().run()
    assert 95.5 == published(full_world)["Alder", "2026-10"]


def test_a_large_draft_that_is_gone_is_said(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = start(open_app, full_world, rows(("Aldder", "95.5")))
    for each in (full_world.runtime.settings.home / "drafts").glob("*.json"):
        each.unlink()
    app.button(key=next(e.key for e in app.button if e.key.endswith("take-values"))).click().run()
    assert "Choose the file again." in text_of(app)
