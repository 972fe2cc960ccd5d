"""What leaves the screen by the browser itself: paper, a picture, a file by one click."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, Visit, open_popover, settle
from tests.browser.test_looks import FRAMEWORK

TOUCHPOINT = "touchpoint?touchpoint=field_delivery&metric=otd"
PAPER = 297 - 2 * 12  # A4 across, less its margins, in millimetres


def test_on_paper_nothing_is_to_be_pressed_and_charts_are_whole(site: str, visit: Visit) -> None:
    page = visit(f"{site}/{TOUCHPOINT}", size=DESKTOP)
    settle(page, charts=1)
    wide = page.locator(".stPlotlyChart .main-svg").first.bounding_box()
    page.emulate_media(media="print")
    for hidden in (".st-key-cb-nav", ".st-key-cb-takeaway", ".st-key-cb-tools"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator(".st-key-cb-filters").get_by_text("Week", exact=True)).to_be_visible()
    expect(page.locator(".st-key-cb-filters").get_by_text("Month", exact=True)).to_be_hidden()
    expect(page.locator(".cb-asof")).to_contain_text(
        re.compile(r"Complete to .* · publication \d+")
    )
    zoom = page.get_by_test_id("stMainBlockContainer").evaluate("at => getComputedStyle(at).zoom")
    assert wide
    assert wide["width"] * float(zoom) <= PAPER * 96 / 25.4
    expect(page.locator(".stPlotlyChart .gtitle").first).to_have_css("opacity", "1")
    assert page.pdf(prefer_css_page_size=True)[:5] == b"%PDF-"


def test_a_lane_on_paper_is_lines_of_whole_tiles(site: str, visit: Visit) -> None:
    page = visit(site)
    page.emulate_media(media="print")
    expect(page.locator(".cb-further")).to_contain_text("Worst: ")
    expect(page.locator(".cb-further")).to_be_visible()
    expect(page.locator(".cb-more").first).to_be_hidden()  # its heading has told the number
    tiles = page.locator("article.cb-tile")
    expect(tiles.first).to_have_css("display", "inline-grid")  # a grid breaks within its tiles
    first, second = (tiles.nth(at).bounding_box() for at in (0, 1))
    assert first
    assert second
    assert first["y"] == second["y"]


def test_a_chart_drawn_again_on_paper_fills_its_column(site: str, visit: Visit) -> None:
    page = visit(f"{site}/{TOUCHPOINT}", size=DESKTOP, scheme="dark")
    settle(page, charts=1)
    chart = page.locator(".stPlotlyChart .main-svg").first
    assert "none" == chart.evaluate("at => getComputedStyle(at).filter")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": int(PAPER * 96 / 25.4), "height": 700})
    page.wait_for_timeout(1500)
    drawn = chart.bounding_box()
    column = page.get_by_test_id("stColumn").first.bounding_box()
    assert drawn
    assert column
    assert abs(drawn["width"] - column["width"]) < 4
    assert 250 < drawn["height"] < 500
    assert "invert" in chart.evaluate("at => getComputedStyle(at).filter")


def test_a_chart_is_saved_from_its_own_button(site: str, visit: Visit) -> None:
    page = visit(f"{site}/{TOUCHPOINT}")
    settle(page, charts=1)
    expect(page.locator(".stPlotlyChart .gtitle").first).to_have_css("opacity", "0")
    page.locator(".stPlotlyChart").first.hover()
    buttons = page.locator(".stPlotlyChart").first.locator(".modebar-btn")
    expect(buttons).to_have_count(1)
    with page.expect_download() as saved:
        buttons.click()
    assert saved.value.suggested_filename.startswith("callboard-otd-field_delivery-20")
    assert saved.value.path().read_bytes()[:4] == b"\x89PNG"


def test_a_file_leaves_by_one_click(site: str, visit: Visit) -> None:
    page = visit(f"{site}/{TOUCHPOINT}", scheme="dark")
    settle(page, charts=1)
    body = open_popover(page, "Take away")
    expect(body.get_by_text("Add to a board pack")).to_be_visible()
    box, button = body.bounding_box(), page.locator(".st-key-cb-takeaway").bounding_box()
    filters = page.locator(".st-key-cb-filters").bounding_box()
    assert box
    assert button
    assert filters
    assert box["y"] + box["height"] <= DESKTOP["height"]
    assert button["y"] + button["height"] < filters["y"]
    with page.expect_download() as saved:
        body.get_by_role("button", name="Slides").click()
    assert saved.value.suggested_filename.endswith(".pptx")
    found = Axe().run(page).response["violations"]
    assert [] == [each["id"] for each in found if each["id"] not in FRAMEWORK]
