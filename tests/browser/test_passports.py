"""From a published number to where it comes from: one click."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit, settle


def test_a_published_number_opens_its_passport_in_one_click(site: str, visit: Visit) -> None:
    page = visit(f"{site}/competitors?metric=otd")
    settle(page, charts=1)
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Pebble & Oar"))
    row.get_by_role("button").first.click()
    passport = page.locator(".cb-passport:popover-open")
    expect(passport).to_have_count(1)
    for told in (
        "Doorstep Watch",
        "SHA-256",
        "Great Britain",
        "orders",
        "not older than 18 months",
    ):
        expect(passport).to_contain_text(told)
    passport.get_by_role("button", name="Close").click()
    expect(passport).to_have_count(0)
