"""An analyst's messy workbook on its way to a published benchmark, clicks counted."""

import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Locator, Page, expect

from callboard.storage.benchmark_rows import BenchmarkRow
from callboard.storage.benchmarks import read_current
from callboard.storage.engine import open_store, snapshot
from tests.browser.conftest import Visit, serve, settle

ROWS = (
    ("Doorstep Watch, annual table",),
    (),
    ("Retailer", "2023", "2024", "2025"),
    ("Larkspur Hme", "93,4", "94,1", "95,0"),
    ("Pebble and Oar", "90,2", "91,5", "92,25"),
    ("Northlight Drect", "88,1", "87,9", "89,3"),
    ("Thistledown Stores", "85,0", "86,4", "1.234,5"),
)
SOURCE = "Doorstep Watch 2025"
FIELD = "[data-testid=stFileUploaderDropzoneInput]"


@pytest.fixture(scope="module")
def desk(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of one server for all tests that leave no more than a draft."""
    home = shutil.copytree(demo_home, tmp_path_factory.mktemp("desk") / "home")
    with serve(Path(home)) as address:
        yield address


class Hand:
    """A hand on the mouse that counts; typing and the tabulator are no clicks."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def click(self, on: Locator) -> None:
        """Click on what can be seen."""
        on.click()
        self.clicks += 1
        settle(self.page)

    def press(self, name: str, *, opens: str = "") -> None:
        """Click on a button, and wait for the step it `opens`: some have buttons of one name."""
        self.click(self.page.get_by_role("button", name=name, exact=True))
        if opens:
            expect(self.page.get_by_role("heading", name=opens)).to_be_visible()
            settle(self.page)

    def choose_file(self, name: str, content: bytes) -> None:
        """Open the file dialog and take a file in it: two clicks."""
        with self.page.expect_file_chooser() as dialog:
            area = self.page.get_by_test_id("stFileUploaderDropzone")
            self.click(area.get_by_text("Upload", exact=True))
        dialog.value.set_files(files=[{"name": name, "mimeType": "", "buffer": content}])
        self.clicks += 1


def workbook(rows: tuple[tuple[str, ...], ...] = ROWS[:6]) -> bytes:
    """Decimal commas as text, years across, a title above, three names misspelt."""
    book, file = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def published(home: Path) -> list[BenchmarkRow]:
    """What counts now of the walk's source."""
    store = open_store(f"sqlite:///{home / 'store.db'}")
    with snapshot(store) as connection:
        found = [each for each in read_current(connection) if each.source_name == SOURCE]
    store.dispose()
    return found


def walk(hand: Hand) -> None:
    """From the empty page to the last step, as somebody who reads what stands there."""
    page = hand.page
    hand.choose_file("annual table.xlsx", workbook())
    hand.press("Read it like this", opens="What is each column?")
    hand.click(page.get_by_role("combobox", name="Metric"))
    page.keyboard.type("On-time delivery")
    hand.click(page.get_by_role("option", name="On-time delivery (otd)"))
    page.keyboard.press("Tab")
    hand.click(page.get_by_label("Source", exact=True))
    page.keyboard.type(SOURCE)
    page.keyboard.press("Tab")
    settle(page)
    hand.press("Take all suggestions")
    hand.press("Next: values", opens="What do the words mean?")
    hand.press("Take all suggestions")
    hand.press("Next: compare", opens="What would change?")
    hand.press("Next: publish", opens="What it would do")


def test_a_messy_workbook_is_published_with_its_passport_in_fourteen_clicks(
    own_site: str, tmp_path: Path, visit: Visit
) -> None:
    hand = Hand(visit(f"{own_site}/publish"))
    walk(hand)
    hand.click(hand.page.get_by_label("Publisher", exact=True))
    for said in ("Doorstep Watch", "Annual table", "https://example.org/watch", "2026-03-01"):
        hand.page.keyboard.type(said)
        hand.page.keyboard.press("Tab")
    hand.page.keyboard.type("2026-04-02")  # and off to the button, as people do
    hand.press("Publish")
    expect(hand.page.get_by_text("9 values from annual table.xlsx")).to_be_visible()
    assert 14 >= hand.clicks, hand.clicks
    found = published(tmp_path / "home")
    assert _VALUES == {(e.entity, e.period_end.year): e.value for e in found}
    told = {(e.metric, e.unit, e.publisher, e.document) for e in found}
    assert {("otd", "percent", "Doorstep Watch", "Annual table")} == told
    days = {(f"{e.published_on}", f"{e.retrieved_on}") for e in found}
    assert {("2026-03-01", "2026-04-02")} == days


_VALUES = {
    ("Larkspur Home", 2023): 93.4,
    ("Larkspur Home", 2024): 94.1,
    ("Larkspur Home", 2025): 95.0,
    ("Pebble & Oar", 2023): 90.2,
    ("Pebble & Oar", 2024): 91.5,
    ("Pebble & Oar", 2025): 92.25,
    ("Northlight Direct", 2023): 88.1,
    ("Northlight Direct", 2024): 87.9,
    ("Northlight Direct", 2025): 89.3,
}


def test_the_original_file_comes_back_byte_for_byte(
    site: str, demo_home: Path, visit: Visit
) -> None:
    page = visit(f"{site}/publish")
    with page.expect_download() as begun:
        page.get_by_role("button", name="Original of 3").click()
    kept = (demo_home / "benchmarks" / "customer_voice.csv").read_bytes()
    assert kept == Path(begun.value.path()).read_bytes()


def test_a_rejected_cell_is_put_right_in_its_row(desk: str, visit: Visit) -> None:
    page = visit(f"{desk}/publish")
    text = "metric,entity,statistic,value,unit,period_start,period_end,source_name\n"
    row = "otd,Larkspur Home,value,912,percent,2026-10-01,2026-10-31,Somebody\n"
    content = (text + row).encode()
    page.set_input_files(
        FIELD, files=[{"name": "one.csv", "mimeType": "text/csv", "buffer": content}]
    )
    expect(page.get_by_role("heading", name="What is wrong?")).to_be_visible()
    table = page.get_by_test_id("stDataFrame")
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 40, box["y"] + 50)
    here = table.locator("td[aria-selected=true]")
    expect(here).to_have_text(re.compile("^value: 912"))
    for column in range(2, 7):  # a key pressed before the table took the last one is lost
        page.keyboard.press("ArrowRight")
        expect(here).to_have_attribute("aria-colindex", str(column))
    page.keyboard.press("Enter")
    cell = page.locator("#portal").get_by_role("textbox")
    expect(cell).to_have_value("912")
    cell.fill("91.2")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing keeps a row out.")).to_be_visible()
    expect(page.get_by_role("button", name="Take 1 correction back")).to_be_visible()


NEXT = (
    *ROWS[:2],
    ("Retailer", "2024", "2025"),
    ("Larkspur Hme", "94,1", "95,5"),
    ("Pebble and Oar", "91,5", "93,0"),
)


def test_the_publishers_next_file_is_read_with_one_click_and_found_after_a_reload(
    own_site: str, tmp_path: Path, visit: Visit
) -> None:
    hand = Hand(visit(f"{own_site}/publish"))
    walk(hand)
    hand.press("Publish")
    expect(hand.page.get_by_text("9 values from annual table.xlsx")).to_be_visible()
    hand.choose_file("next.xlsx", workbook(NEXT))
    hand.press(f"Use what was used for {SOURCE} last time", opens="What is each column?")
    expect(hand.page).to_have_url(re.compile(r"draft=[0-9a-f]{32}"))
    hand.page.reload()
    settle(hand.page)
    hand.click(hand.page.get_by_label("Source", exact=True))
    hand.page.keyboard.type(SOURCE)
    hand.page.keyboard.press("Tab")
    hand.press("6 Publish", opens="What it would do")
    hand.press("Publish")
    expect(hand.page.get_by_text("4 values from next.xlsx")).to_be_visible()
    found = {(e.entity, e.period_end.year): e.value for e in published(tmp_path / "home")}
    assert (95.5, 93.0) == (found["Larkspur Home", 2025], found["Pebble & Oar", 2025])


HASTE = """([first, second]) => {
    const named = name => [...document.querySelectorAll('button')]
        .find(button => button.innerText.trim() === name)
    const next = named(second), until = Date.now() + 4000
    named(first).click()
    while (Date.now() < until) { /* the page hears nothing of what the server has answered */ }
    next.click()
}"""


def test_a_click_before_the_page_has_heard_of_the_last_one_takes_nothing_back(
    desk: str, visit: Visit
) -> None:
    page = visit(f"{desk}/publish")
    text = b"metric,entity,statistic,value,unit,period_end,source_name\n"
    row = b"otd,Brand New Ltd,value,91,percent,2026-10-31,Somebody\n"
    file = {"name": "one.csv", "mimeType": "text/csv", "buffer": text + row}
    page.set_input_files(FIELD, files=[file])  # type: ignore[list-item]  # a file as it is sent
    expect(page.get_by_role("heading", name="What do the words mean?")).to_be_visible()
    settle(page)
    page.evaluate(HASTE, ["All other names are new on purpose", "Next: check"])
    expect(page.get_by_role("heading", name="What is wrong?")).to_be_visible()
    settle(page)
    page.get_by_role("button", name="3 Values").click()
    expect(page.get_by_role("heading", name="What do the words mean?")).to_be_visible()
    settle(page)
    expect(page.get_by_text("a new name, as you said")).to_be_visible()


EAGER = """name => new MutationObserver((_, seen) => {
    const at = [...document.querySelectorAll('button')].find(each => each.innerText.includes(name));
    if (at) { seen.disconnect(); at.click(); }
}).observe(document.body, {childList: true, subtree: true})"""


def test_a_click_while_a_new_file_is_still_drawn_is_not_lost(desk: str, visit: Visit) -> None:
    page = visit(f"{desk}/publish")
    page.evaluate(EAGER, "1 Upload")
    text = b"metric,entity,statistic,value,unit,period_end,source_name\n"
    row = b"otd,Brand New Ltd,value,92,percent,2026-10-31,Somebody\n"
    file = {"name": "two.csv", "mimeType": "text/csv", "buffer": text + row}
    page.set_input_files(FIELD, files=[file])  # type: ignore[list-item]  # a file as it is sent
    expect(page.get_by_role("heading", name="Is the file read right?")).to_be_visible()
    settle(page)
    expect(page.get_by_role("heading", name="Is the file read right?")).to_be_visible()


def test_a_hostile_file_name_and_cell_stay_text(desk: str, visit: Visit) -> None:
    page = visit(f"{desk}/publish")
    evil = "<img src=x onerror=document.title='owned'>"
    text = f"metric,entity,statistic,value,unit,period_end,source_name,{evil}\n"
    row = f"otd,{evil},value,91,percent,2026-10-31,**bold** ![x](https://example.org/x.png),1\n"
    file = {"name": f"{evil}.csv", "mimeType": "text/csv", "buffer": (text + row).encode()}
    page.set_input_files(FIELD, files=[file])  # type: ignore[list-item]  # a file as it is sent
    expect(page.get_by_role("heading", name="What do the words mean?")).to_be_visible()
    for step in ("1 Upload", "2 Columns", "3 Values", "4 Check"):
        page.get_by_role("button", name=step).click()
        settle(page)
        assert 0 == page.locator("img[src='x'], img[src*='example.org']").count()
    assert "owned" != page.title()
