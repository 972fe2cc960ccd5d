"""What leaves the screen by the browser itself: paper, a picture, a file by one click."""

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
    for hidden in (".st-key-cb-nav", ".st-key-cb-filters", ".st-key-cb-takeaway"):
        expect(page.locator(hidden)).to_be_hidden()
    zoom = page.get_by_test_id("stMainBlockContainer").evaluate("at => getComputedStyle(at).zoom")
    assert wide
    assert wide["width"] * float(zoom) <= PAPER * 96 / 25.4
    expect(page.locator(".stPlotlyChart .gtitle").first).to_have_css("opacity", "1")
    assert page.pdf(prefer_css_page_size=True)[:5] == b"%PDF-"


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
    with page.expect_download() as saved:
        body.get_by_role("button", name="Slides").click()
    assert saved.value.suggested_filename.endswith(".pptx")
    found = Axe().run(page).response["violations"]
    assert [] == [each["id"] for each in found if each["id"] not in FRAMEWORK]
