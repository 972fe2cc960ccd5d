"""A badge opens by keyboard to what judged its number, in both themes and on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Visit, settle
from tests.browser.test_looks import FRAMEWORK


def _held(page: Page) -> Locator:
    """The tile whose figures are held back."""
    return page.locator(".cb-tile:has(.cb-badge-withheld)").first


def _open_by_key(page: Page, tile: Locator) -> Locator:
    """Go from the tile's link to its badge as a keyboard does, and open it."""
    tile.locator("h3 a").focus()
    page.keyboard.press("Tab")
    expect(tile.locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    return tile.locator("details[open] > div")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_badge_opens_by_keyboard_and_leads_to_data_trust(
    scheme: str, size: dict[str, int], site: str, visit: Visit
) -> None:
    page = visit(f"{site}/?touchpoints=call_centre", scheme=scheme, size=size)
    card = _open_by_key(page, _held(page))
    expect(card).to_contain_text("within 20 times what is usual")
    expect(card).to_contain_text("in quarantine")
    violations = Axe().run(page).response["violations"]
    assert [] == [each["id"] for each in violations if each["id"] not in FRAMEWORK]
    main = page.locator("[data-testid=stMain]")
    assert 0 == main.evaluate("at => at.scrollWidth - at.clientWidth")
    card.get_by_role("link", name="Open in Data trust").press("Enter")
    expect(page.locator("h1")).to_contain_text("feeds:")
    assert "data_trust?feed=contacts" in page.url


def test_a_click_on_the_badge_opens_it_and_not_the_tile(site: str, visit: Visit) -> None:
    page = visit(f"{site}/?touchpoints=call_centre")
    _held(page).locator("summary").click()
    expect(_held(page).locator("details[open]")).to_be_visible()
    settle(page)
    assert "touchpoint?" not in page.url
    _held(page).locator("h3").click()
    expect(page).to_have_url(f"{site}/touchpoint?touchpoint=call_centre&metric=aht&grain=week")
