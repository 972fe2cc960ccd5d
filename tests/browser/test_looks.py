"""Every page in both themes and both widths: no sideways scroll, no rule of axe broken."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from callboard.ui.navigation import list_entries, title_of
from tests.browser.conftest import DESKTOP, PHONE, Visit, settle

PATHS = ["" if entry.name == "overview" else entry.name for entry in list_entries()]
CHARTS = {"touchpoint": 1, "compare": 1, "competitors": 1}
# Streamlit's own, not ours to mend: streamlit.md 4.4
FRAMEWORK = {"presentation-role-conflict", "region"}


def _sideways(page: Page) -> list[int]:
    """By how much the page and its content are wider than what is seen of them."""
    widths = page.evaluate(
        """() => ['[data-testid=stMain]', 'html'].map(at => document.querySelector(at))
            .map(at => at.scrollWidth - at.clientWidth)"""
    )
    return list(widths)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    path: str, scheme: str, site: str, visit: Visit
) -> None:
    page = visit(f"{site}/{path}", scheme=scheme)
    settle(page, charts=CHARTS.get(path, 0))
    assert [0, 0] == _sideways(page)
    found = [
        (each["id"], [node["html"][:160] for node in each["nodes"][:3]])
        for each in Axe().run(page).response["violations"]
        if each["id"] not in FRAMEWORK
    ]
    assert [] == found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_choice_of_touchpoints(scheme: str, site: str, visit: Visit) -> None:
    page = visit(f"{site}/?touchpoints=field_delivery", scheme=scheme)
    chosen = page.locator("[data-tag]").first
    expect(chosen).to_be_visible()
    found = Axe().run(page, context=".st-key-cb-filters").response["violations"]
    assert [] == [each["id"] for each in found if each["id"] not in FRAMEWORK]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_strip_of_a_touchpoint_cuts_no_word(
    size: dict[str, int], site: str, visit: Visit
) -> None:
    page = visit(f"{site}/touchpoint?touchpoint=field_delivery&metric=otd", size=size)
    settle(page, charts=1)
    cut = page.evaluate(
        """() => [...document.querySelectorAll('.cb-mini span, .cb-mini')]
            .filter(at => at.scrollWidth > at.clientWidth || at.scrollHeight > at.clientHeight + 1)
            .map(at => at.innerText)"""
    )
    assert [] == cut


@pytest.mark.parametrize("path", PATHS)
def test_a_phone_scrolls_down_only_and_shows_where_one_can_go(
    path: str, site: str, visit: Visit
) -> None:
    page = visit(f"{site}/{path}", size=PHONE)
    settle(page, charts=CHARTS.get(path, 0))
    assert [0, 0] == _sideways(page)
    stacked = page.locator(".cb-scroll:has(> .cb-stacked)")
    assert not any(stacked.evaluate_all("all => all.map(at => at.scrollWidth > at.clientWidth)"))
    menu = page.get_by_role("button", name=f"Menu · {title_of(path or 'overview')}")
    menu.press("Enter")
    places = page.locator("[data-testid=stPopoverBody] a")
    expect(places).to_have_count(len(PATHS))
    expect(menu).to_have_attribute("aria-expanded", "true")
    boxes = [each.bounding_box() for each in places.all()]
    assert all(box and 0 <= box["x"] and box["x"] + box["width"] <= 390 for box in boxes)
    assert [title_of(path or "overview")] == page.locator(
        "[data-testid=stPopoverBody] a strong"
    ).all_inner_texts()
    page.keyboard.press("Escape")
    expect(places).to_have_count(0)


def test_the_menu_of_a_phone_leads_on_and_is_closed_there(site: str, visit: Visit) -> None:
    page = visit(site, size=PHONE)
    page.get_by_role("button", name="Menu · Overview").click()
    page.get_by_role("link", name="Data trust", exact=True).click()
    expect(page).to_have_title(re.compile("^Data trust"))
    settle(page)
    expect(page.get_by_role("button", name="Menu · Data trust")).to_be_visible()
    expect(page.locator("[data-testid=stPopoverBody]")).to_have_count(0)


@pytest.mark.parametrize("width", [1100, 1440])
def test_the_pages_stand_in_one_row(width: int, site: str, visit: Visit) -> None:
    page = visit(f"{site}/data_trust", size={"width": width, "height": 800})
    places = page.locator(".st-key-cb-nav a")
    boxes = [each.bounding_box() for each in places.all()]
    assert len(PATHS) == len(boxes)
    assert 1 == len({box["y"] for box in boxes if box})
    assert all(box and box["x"] + box["width"] <= width for box in boxes)
    assert ["Data trust"] == page.locator(".st-key-cb-nav a strong").all_inner_texts()


def test_the_content_is_reached_past_the_navigation(site: str, visit: Visit) -> None:
    page = visit(f"{site}/definitions")
    skip = page.get_by_role("link", name="To the content")
    skip.focus()
    assert (skip.bounding_box() or {"x": -1})["x"] >= 0
    page.keyboard.press("Tab")
    expect(page.get_by_role("searchbox", name="Find a metric")).to_be_focused()
    skip.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("searchbox", name="Search")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_picked_is_no_paler_than_what_is_not(scheme: str, site: str, visit: Visit) -> None:
    page = visit(site, scheme=scheme)
    picked, other = (
        page.locator(f"[data-testid=stButtonGroup] button[aria-checked={is_picked}] p").first
        for is_picked in ("true", "false")
    )
    colour = "at => getComputedStyle(at).color"
    assert other.evaluate(colour) == picked.evaluate(colour)


def test_a_dark_page_is_dark(site: str, visit: Visit) -> None:
    page = visit(site, scheme="dark")
    assert "rgb(25, 31, 38)" == page.locator(".cb-tile").first.evaluate(
        "tile => getComputedStyle(tile).backgroundColor"
    )


def test_a_page_that_turns_dark_takes_its_charts_along(site: str, visit: Visit) -> None:
    page = visit(f"{site}/compare")
    settle(page, charts=1)
    page.emulate_media(color_scheme="dark")
    limit = page.locator(".st-key-cb-compare-dark .js-line").first
    expect(limit).to_have_css("stroke", "rgb(120, 130, 141)")


def test_our_fonts_are_there(site: str, visit: Visit) -> None:
    page = visit(site)
    loaded = "[...document.fonts].filter(each => each.status === 'loaded').map(each => each.family)"
    assert {"Callboard Serif", "Inter"} <= set(page.evaluate(loaded))


def test_nothing_is_fetched_from_elsewhere(site: str, visit: Visit) -> None:
    page = visit(site)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}/touchpoint")
    settle(page, charts=1)
    expect(page.locator("h1")).to_be_visible()
    assert [] == [url for url in asked if not url.startswith((site, "data:", "blob:"))]


def test_axe_finds_nothing_in_the_list_of_files_not_published_yet(site: str, visit: Visit) -> None:
    page = visit(f"{site}/publish")
    file = {"name": "kept.csv", "mimeType": "text/csv", "buffer": b"metric,entity\notd,Fir\n"}
    page.locator("[data-testid=stFileUploaderDropzoneInput]").set_input_files(file)
    expect(page.get_by_text("Step 2 of 6")).to_be_visible()
    page = visit(f"{site}/publish")
    expect(page.get_by_role("button", name="Go on with kept.csv").first).to_be_visible()
    settle(page)
    found = Axe().run(page).response["violations"]
    assert [] == [each["id"] for each in found if each["id"] not in FRAMEWORK]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_step_of_an_import(scheme: str, site: str, visit: Visit) -> None:
    page = visit(f"{site}/publish", scheme=scheme)
    rows = [
        b"metric,entity,statistic,value,unit,period_start,period_end,source_name",
        b"otd,Larkspur Home,value,95.5,percent,2026-10-01,2026-10-31,Delivery Watch",
        b"otd,Fir,value,912,percent,2026-10-01,2026-10-31,Delivery Watch",
    ]
    file = {"name": "peers.csv", "mimeType": "text/csv", "buffer": b"\n".join(rows)}
    page.locator("[data-testid=stFileUploaderDropzoneInput]").set_input_files(file)
    expect(page.get_by_role("heading", name="What do the words mean?")).to_be_visible()
    for step in ("1 Upload", "2 Columns", "3 Values", "4 Check", "5 Compare", "6 Publish"):
        page.get_by_role("button", name=step).click()
        expect(page.get_by_text(f"Step {step[0]} of 6")).to_be_visible()
        expect(page.locator("[data-stale=true]")).to_have_count(0)
        settle(page)
        found = [
            (step, each["id"], [node["html"][:160] for node in each["nodes"][:3]])
            for each in Axe().run(page).response["violations"]
            if each["id"] not in FRAMEWORK
        ]
        assert [] == found
