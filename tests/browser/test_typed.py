"""A published number typed by hand, from the empty page to every open page, and its fields' looks."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit, settle
from tests.browser.test_lab import SOURCE, published
from tests.browser.test_looks import FRAMEWORK

CHOSEN = (
    ("Metric", "On-time delivery (otd)"),
    ("Whose value", "Larkspur Home"),
    ("Statistic", "value"),
    ("Unit", "percent"),
)
TYPED = (
    ("Value", "95.5"),
    ("First day of the period", "2026-10-01"),
    ("Last day of the period", "2026-10-31"),
    ("Publisher", "Doorstep Watch"),
)


def choose(form: Locator, label: str, word: str) -> None:
    form.get_by_role("combobox", name=label, exact=True).click()
    form.page.keyboard.type(word)
    form.page.get_by_role("option", name=word, exact=True).click()


def fill(page: Page) -> None:
    """Type a number with its publisher; the source comes last, and off to the button with it."""
    page.get_by_role("tab", name="Type a published number").click()
    form = page.get_by_role("tabpanel", name="Type a published number")
    for label, word in CHOSEN:
        choose(form, label, word)
    form.get_by_text("Passport: where it comes from").click()
    for label, text in TYPED:
        form.get_by_label(label, exact=True).fill(text)
    form.get_by_role("button", name="Check this number").click()
    expect(form.get_by_text("Source: Say who published it, and where.")).to_be_visible()
    form.get_by_label("Source", exact=True).fill(SOURCE)
    form.get_by_role("button", name="Check this number").click()


def test_a_typed_number_is_published_from_the_empty_page(
    own_site: str, tmp_path: Path, visit: Visit
) -> None:
    page = visit(f"{own_site}/publish")
    fill(page)
    expect(page.get_by_text("Step 6 of 6 · typed.csv")).to_be_visible()
    expect(page.get_by_text("What it does not say yet (")).to_be_visible()
    settle(page)
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("1 value from typed.csv")).to_be_visible()
    (kept,) = published(tmp_path / "home")
    assert ("otd", "Larkspur Home", 95.5, "percent", "Doorstep Watch") == (
        *(kept.metric, kept.entity, kept.value, kept.unit, kept.publisher),
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_is_typed_and_looked_after(
    scheme: str, site: str, visit: Visit
) -> None:
    page = visit(f"{site}/publish", scheme=scheme)
    page.get_by_role("tab", name="Paste rows").click()
    page.get_by_text("The same for every line").click()
    settle(page)
    page.get_by_text("Names, peer sets, reminders").click()
    page.get_by_role("tab", name="Peer sets").click()
    page.locator("summary", has_text="Edit a peer set").click()
    expect(page.get_by_label("Why they compare").first).to_be_visible()
    settle(page)
    found = Axe().run(page).response["violations"]
    assert [] == [each["id"] for each in found if each["id"] not in FRAMEWORK]
