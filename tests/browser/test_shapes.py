"""Publishers' files walked through the lab by somebody who reads each step and answers it."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from callboard.storage.benchmark_rows import BenchmarkRow
from callboard.storage.benchmarks import read_current
from callboard.storage.engine import open_store, snapshot
from callboard.storage.submissions import read_submissions
from tests.browser.conftest import Visit, serve, settle
from tests.browser.shape_walks import WALKS, Walk
from tests.browser.test_lab import FIELD

STEPS = {
    "Is the file read right?": "upload",
    "What is each column?": "columns",
    "What do the words mean?": "values",
    "What is wrong?": "check",
    "What would change?": "compare",
    "What it would do": "publish",
}


@pytest.fixture(scope="module")
def home(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demo that all shapes are published to."""
    return Path(shutil.copytree(demo_home, tmp_path_factory.mktemp("shapes") / "home"))


@pytest.fixture(scope="module")
def lab(home: Path) -> Iterator[str]:
    """The address of one server for all shapes."""
    with serve(home) as address:
        yield address


class Analyst:
    """Somebody who goes through the steps, and on each does what the page asks for."""

    def __init__(self, page: Page, walk: Walk) -> None:
        self.page = page
        self.walk = walk

    def upload(self) -> None:
        """Answer what the reading leaves open, and take the proposal."""
        for answer in self.walk.answers:
            self._press_if_there(answer)
        self._press_if_there("Read it like this")

    def columns(self) -> None:
        """Say what is the same in all rows and what each column is, then take what is suggested."""
        for header, meaning in self.walk.columns.items():
            self._choose_beside(header, meaning)
        self._press_if_there("Take all suggestions")
        for label, text in self.walk.constants.items():
            self._say(label, text)
        self._press_if_there("Take all suggestions")

    def values(self) -> None:
        """Say what words mean; names that nobody knows here are new on purpose."""
        self._press_if_there("Take all suggestions")
        for word, meaning in self.walk.words.items():
            self._choose_beside(word, meaning)
        self._press_if_there("All other names are new on purpose")

    def compare(self) -> None:
        """Say that both are right where the scale is another than before."""
        for box in self.page.get_by_text("Both are right for").all():
            box.click()
            self._wait()

    def go_on(self, step: str) -> None:
        """Press what leads on, and wait for another step; a page may be about to go there itself."""
        onward = self.page.get_by_role("button", name=re.compile("^Next: "))
        if not onward.count():
            self._wait()
            return
        onward.click()
        expect(self.page.get_by_role("heading", name=step, exact=True)).to_have_count(0)
        settle(self.page)

    def step(self) -> str:
        """The question that the page asks now."""
        settle(self.page)
        told = self.page.locator(".cb-h2 h2").first
        expect(told).to_have_text(re.compile("|".join(map(re.escape, STEPS))))
        return told.inner_text()

    def _press_if_there(self, name: str) -> None:
        button = self.page.get_by_role("button", name=name, exact=True)
        if button.count():
            button.first.click()
            self._wait()

    def _choose_beside(self, words: str, option: str) -> None:
        line = self.page.locator("[class*='-line-']").filter(
            has=self.page.locator("b").get_by_text(words, exact=True)
        )
        if line.count():
            self._pick(line.first.get_by_role("combobox"), option)

    def _say(self, label: str, text: str) -> None:
        box = self.page.get_by_role("combobox", name=label, exact=True)
        if box.count():
            self._pick(box, text)
            return
        field = self.page.get_by_label(label, exact=True)
        if field.count():
            field.fill(text)
            field.press("Tab")
            self._wait()

    def _pick(self, box: Locator, option: str) -> None:
        if box.input_value() == option:
            return
        box.click()
        box.fill(option)
        name = re.compile(f"^{re.escape(option)}( \\(suggested\\))?$")
        self.page.get_by_role("option", name=name).first.click()
        self._wait()

    def _wait(self) -> None:
        """As long as a hand needs to the next act: the page begins to work a moment later."""
        self.page.wait_for_timeout(200)
        settle(self.page)


def walked(page: Page, walk: Walk) -> None:
    """Choose the file, and go on until it is published."""
    analyst, shape = Analyst(page, walk), walk.build()
    file = {"name": shape.name, "mimeType": "", "buffer": shape.content}
    page.set_input_files(FIELD, files=[file])  # type: ignore[list-item]  # a file as it is sent
    for _ in range(20):
        question = analyst.step()
        if STEPS[question] == "publish":
            break
        getattr(analyst, STEPS[question], lambda: None)()
        if analyst.step() == question:
            analyst.go_on(question)
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text(f"values from {shape.name}")).to_be_visible()


def kept(home: Path, name: str) -> list[BenchmarkRow]:
    """What was published of a file."""
    store = open_store(f"sqlite:///{home / 'store.db'}")
    with snapshot(store) as connection:
        numbers = {e.id for e in read_submissions(connection, limit=50) if e.file_name == name}
        found = [row for row in read_current(connection) if row.submission_id in numbers]
    store.dispose()
    return found


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.build.__name__)
def test_a_publishers_file_becomes_the_values_it_prints(
    walk: Walk, lab: str, home: Path, visit: Visit
) -> None:
    walked(visit(f"{lab}/publish"), walk)
    found = kept(home, walk.build().name)
    assert walk.values == {
        (e.metric, e.entity, e.statistic, f"{e.period_end}", e.segment): pytest.approx(e.value)
        for e in found
    }
    kinds = {e.entity: e.entity_type for e in found}
    assert walk.kinds == {entity: kinds.get(entity) for entity in walk.kinds}
