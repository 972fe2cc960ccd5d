"""My touchpoints as they are looked at: on a desk, on a phone, on paper."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visit, settle

PLACES = "my_touchpoints?touchpoints=field_delivery&touchpoints=service_desk"


def _visit(visit: Visit, site: str, **how: object) -> Page:
    page = visit(f"{site}/{PLACES}", **how)
    expect(page.get_by_role("heading", name="Service desk", exact=True)).to_be_visible()
    settle(page)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_shift(scheme: str, site: str, visit: Visit) -> None:
    page = _visit(visit, site, scheme=scheme)
    _assert_all_in_sight(page)
    page.locator("summary", has_text="Write to the next shift").first.click()
    expect(page.get_by_label("Note, at most 1,000 characters").first).to_be_visible()
    found = Axe().run(page).response["violations"]
    framework = {"presentation-role-conflict", "region"}  # Streamlit's own: streamlit.md 4.4
    assert [] == [
        (each["id"], each["nodes"][0]["html"][:160])
        for each in found
        if each["id"] not in framework
    ]


def _assert_all_in_sight(page: Page) -> None:
    wide = "at => at.scrollWidth - at.clientWidth"
    assert 0 == page.locator("[data-testid=stMain]").evaluate(wide)
    assert [] == page.evaluate(
        """() => [...document.querySelectorAll('[class*="st-key-cb-shift-"] li')]
            .filter(at => at.getBoundingClientRect().right > innerWidth).map(at => at.innerText)"""
    )


def test_a_shift_on_a_phone_never_scrolls_sideways(site: str, visit: Visit) -> None:
    _assert_all_in_sight(_visit(visit, site, size=PHONE))


def test_on_paper_there_is_room_to_write_and_nothing_to_click(site: str, visit: Visit) -> None:
    page = _visit(visit, site, scheme="dark")
    sheet, navigation = page.locator(".cb-shift-lines"), page.locator(".st-key-cb-masthead")
    expect(sheet.first).to_be_hidden()
    expect(navigation).to_be_visible()
    page.emulate_media(media="print")
    expect(sheet).to_have_count(2)
    for each in (*sheet.all(), page.get_by_text("Handed over by")):
        expect(each).to_be_visible()
    expect(navigation).to_be_hidden()
    for kind in ("button", "combobox", "link"):
        assert [] == [
            each
            for each in page.get_by_role(kind).all()
            if each.is_visible() and not each.evaluate("at => at.closest('li, .cb-asof')")
        ]
    colour = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
    assert "rgb(255, 255, 255)" == page.evaluate(colour)
