"""What works on every page, in a real browser: find, share, follow, be shown around."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Visit, open_popover, settle
from tests.browser.test_looks import FRAMEWORK

OTD = "touchpoint?touchpoint=field_delivery&metric=otd"


def type_in(page: Page, words: str) -> None:
    box = page.get_by_role("searchbox", name=re.compile("^Find a metric"))
    box.click()
    box.press_sequentially(words, delay=20)
    expect(page.locator(".cb-hits")).to_be_visible()


def found_by_axe(page: Page) -> list[str]:
    return [
        each["id"] for each in Axe().run(page).response["violations"] if each["id"] not in FRAMEWORK
    ]


@pytest.mark.parametrize(
    ("size", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop", "phone"]
)
def test_a_metric_is_found_while_one_types_and_reached_by_key(
    size: dict[str, int], scheme: str, site: str, visit: Visit
) -> None:
    page = visit(f"{site}/data_trust", size=size, scheme=scheme)
    type_in(page, "on time delivery field")
    first = page.locator(".cb-hits a").first
    expect(first).to_contain_text("On-time delivery, Field delivery")
    box = page.locator(".cb-hits").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size["width"]
    assert [] == found_by_axe(page)
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(OTD)))


def test_a_key_leads_to_the_box_enter_to_the_first_hit_and_escape_clears(
    site: str, visit: Visit
) -> None:
    page = visit(f"{site}/data_trust")
    box = page.get_by_role("searchbox", name=re.compile("^Find a metric"))
    page.wait_for_function("() => window.cbKeys")
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("zzqx")
    expect(page.locator(".cb-hits")).to_contain_text("Nothing is called “zzqx”")
    page.keyboard.press("Escape")
    expect(box).to_have_value("")
    page.get_by_role("button", name="Turn “/” off").click()
    page.mouse.click(5, 500)
    page.keyboard.press("/")
    expect(box).not_to_be_focused()
    page.keyboard.press("Control+k")
    page.keyboard.type("on time delivery field")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(OTD)))


def test_exactly_this_view_is_shared_and_kept(site: str, visit: Visit) -> None:
    page = visit(f"{site}/touchpoint")
    page.get_by_text("Show as a table").first.click()
    expect(page).to_have_url(re.compile("table=1"))
    open_popover(page, "Share")
    expect(page.get_by_text("Always the latest")).to_be_visible()
    assert [] == found_by_axe(page)
    page.get_by_text("Stays at Week").click()
    code = page.locator(".st-key-cb-share code")
    expect(code).to_contain_text("period=")
    link = code.inner_text()
    assert {"touchpoint", "metric", "table", "period"} == set(re.findall(r"[?&](\w+)=", link))
    page.get_by_label("Save this view as").fill("For Monday")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="For Monday")).to_be_visible()
    colleague = visit(link)
    settle(colleague, charts=1)
    assert page.locator("h1").inner_text() == colleague.locator("h1").inner_text()


def test_a_newcomer_is_shown_around_once_by_key(site: str, visit: Visit) -> None:
    page = visit(site)
    page.get_by_role("button", name="Show me around").press("Enter")
    for number in (1, 2, 3):
        expect(page.get_by_text(f"New here? {number} of 3")).to_be_visible()
        assert [] == found_by_axe(page)
        page.get_by_role("button", name="Done" if number == 3 else "Next").press("Enter")
    expect(page.get_by_text("New here?")).to_have_count(0)


def test_what_is_followed_is_found_on_the_overview(site: str, visit: Visit) -> None:
    page = visit(f"{site}/{OTD}")
    page.get_by_role("button", name="Follow", exact=True).click()
    expect(page.get_by_role("button", name="Following")).to_be_visible()
    page.get_by_role("button", name="What it means").press("Enter")
    expect(page.get_by_text("Computed as:")).to_be_visible()
    overview = visit(site)
    overview.get_by_role("radio", name="Followed (1)").click()
    expect(overview).to_have_url(re.compile("followed=1"))
    expect(overview.locator(".cb-tile")).to_have_count(1)
    page.get_by_role("button", name="Following").click()
    expect(page.get_by_role("button", name="Follow", exact=True)).to_be_visible()
