"""The overview where it differs from other pages: its lists, its year, and the screen on a wall."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.test_looks import FRAMEWORK


def _violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [each["id"] for each in found if each["id"] not in FRAMEWORK]


def test_a_list_opens_by_key_and_leads_to_its_metric(site: str, visit: Visit) -> None:
    page = visit(site)
    opener = page.locator(".cb-more summary").first
    opener.press("Enter")
    row = page.locator(".cb-row a").first
    expect(row).to_be_visible()
    assert [] == _violations(page)
    row.click()
    expect(page).to_have_title("Touchpoint · Harbour Stores")


def test_the_year_is_folded_on_a_phone_alone(site: str, visit: Visit) -> None:
    wide, narrow = visit(site), visit(site, size=PHONE)
    expect(wide.locator(".cb-year table")).to_be_visible()
    expect(narrow.locator(".cb-year table")).not_to_be_visible()
    narrow.locator(".cb-year summary").click()
    expect(narrow.locator(".cb-year table")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_wall_screen_fits_and_is_left_by_escape(scheme: str, site: str, visit: Visit) -> None:
    page = visit(f"{site}/?kiosk=1", size={"width": 1920, "height": 1080}, scheme=scheme)
    expect(page.get_by_role("heading", name="Improving", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Touchpoint", exact=True)).not_to_be_visible()
    main = page.locator("[data-testid=stMain]")
    assert 0 == main.evaluate("at => at.scrollHeight - at.clientHeight")
    smallest = "all => Math.min(...all.map(at => parseFloat(getComputedStyle(at).fontSize)))"
    assert 28 <= page.locator(".cb-wall :is(h1, h2, li, small, p)").evaluate_all(smallest)
    expect(page.locator(".st-key-cb-wall-keys")).to_have_css("opacity", "0")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="Where the year will end")).to_be_visible()
    assert 0 == main.evaluate("at => at.scrollHeight - at.clientHeight")
    assert [] == _violations(page)
    page.keyboard.press("Escape")
    expect(page.locator(".cb-tile").first).to_be_visible()
    assert "kiosk" not in page.url
