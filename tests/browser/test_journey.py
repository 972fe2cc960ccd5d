"""The journey in a browser: threads light up, the whole way prints on one sheet, it can be drawn."""

import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visit, settle
from tests.browser.test_looks import FRAMEWORK

A3 = (1191, 842)  # 420 by 297 mm in points


def _opacities(page: Page) -> dict[str, float]:
    """How strongly each thread is drawn, by its classes."""
    return dict(
        page.evaluate(
            """() => [...document.querySelectorAll('.cb-way-threads .cb-thread')]
                .map(at => [at.className, parseFloat(getComputedStyle(at).opacity)])"""
        )
    )


def test_a_node_in_focus_lights_its_threads_and_no_other(site: str, visit: Visit) -> None:
    page = visit(f"{site}/journey")
    settle(page)
    page.locator(".cb-at-f0-0 a").first.focus()
    page.wait_for_timeout(400)
    lit = _opacities(page)
    own = [value for css, value in lit.items() if "cb-of-f0-0 " in css]
    others = [value for css, value in lit.items() if "cb-of-f0-0 " not in css]
    assert [1.0] * 3 == own
    assert others
    assert max(others) < 0.1


def test_the_whole_way_prints_on_one_sheet_of_a3_with_room_for_notes(
    site: str, visit: Visit, tmp_path: Path
) -> None:
    page = visit(f"{site}/journey")
    settle(page)
    page.emulate_media(media="print")
    expect(page.locator(".cb-way-notes b").first).to_be_visible()
    for hidden in (".st-key-cb-nav", ".st-key-cb-filters", ".st-key-cb-way-drawing"):
        expect(page.locator(hidden)).to_be_hidden()
    printed = page.pdf(path=tmp_path / "way.pdf", prefer_css_page_size=True)
    (box,) = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert A3 == tuple(round(float(side)) for side in box)


def test_axe_finds_nothing_in_the_table_and_the_open_drawing(site: str, visit: Visit) -> None:
    page = visit(f"{site}/journey", scheme="dark", size=PHONE)
    page.get_by_text("Show as a table").click()
    page.get_by_role("button", name="Draw this journey").click()
    expect(page.get_by_label("Name of the journey")).to_have_value("From the first look to help")
    settle(page)
    found = Axe().run(page).response["violations"]
    assert [] == [each["id"] for each in found if each["id"] not in FRAMEWORK]
    main = page.locator("[data-testid=stMain]")
    assert 0 == main.evaluate("at => at.scrollWidth - at.clientWidth")
