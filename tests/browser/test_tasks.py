"""Five things that people come for, each by clicks from the overview, and in under a minute."""

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from pptx import Presentation

from tests.browser.conftest import Visit, open_popover, settle


@pytest.fixture(autouse=True)
def _in_under_a_minute(site: str, visit: Visit) -> Iterator[None]:
    began = time.monotonic()
    yield
    assert 60 > time.monotonic() - began


def go_to(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()
    expect(page).to_have_url(re.compile(name.lower()))
    settle(page, charts=1)


def find(page: Page, words: str) -> None:
    box = page.get_by_role("searchbox", name=re.compile("^Find a metric"))
    box.click()
    box.press_sequentially(words, delay=20)
    page.locator(".cb-hits a").first.click()
    expect(page).to_have_url(re.compile("touchpoint="))
    settle(page, charts=2)


def test_the_worst_promise_and_where_it_comes_from(site: str, visit: Visit) -> None:
    page = visit(site)
    worst = page.locator(".cb-changes article", has_text="Concern").first.get_by_role("link").first
    name = worst.inner_text()
    worst.click()
    settle(page, charts=1)
    expect(page.get_by_role("heading", name=name).first).to_be_visible()
    expect(page.get_by_text("Why this verdict")).to_be_visible()
    expect(page.get_by_role("heading", name="Where it comes from")).to_be_visible()
    expect(page.get_by_role("region", name=re.compile("^By ")).first).to_be_visible()


def test_whether_the_fall_of_last_month_is_real(site: str, visit: Visit) -> None:
    page = visit(site)
    find(page, "on time delivery field")
    page.get_by_role("radio", name="Month", exact=True).click()
    expect(page).to_have_url(re.compile("grain=month"))
    expect(
        page.get_by_text(re.compile("what chance alone brings about|that chance alone"))
    ).to_be_visible()


def test_two_touchpoints_held_against_each_other(site: str, visit: Visit) -> None:
    page = visit(site)
    find(page, "on time delivery field")
    page.get_by_role("combobox", name="Compare with").click()
    page.keyboard.type("Store")
    page.get_by_role("option", name="Store counter").click()
    expect(page.get_by_role("heading", name="Beside Store counter")).to_be_visible()
    expect(page.locator(".cb-lead", has_text="Store counter").first).to_contain_text("Difference")


def test_a_slide_for_the_board_says_its_sources(site: str, visit: Visit) -> None:
    page = visit(site)
    go_to(page, "Competitors")
    body = open_popover(page, "Take away")
    with page.expect_download() as saved:
        body.get_by_role("button", name="Slides").click()
    slides = Presentation(str(saved.value.path())).slides
    told = " ".join(
        shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame
    )
    assert any(shape.has_chart for slide in slides for shape in slide.shapes)
    assert re.search(r"Sources: .+, as of \d{1,2} \w{3} \d{4}", told)


def test_exactly_this_view_reaches_a_colleague(site: str, visit: Visit) -> None:
    page = visit(site)
    go_to(page, "Compare")
    page.get_by_role("radio", name="Month", exact=True).click()
    expect(page).to_have_url(re.compile("grain=month"))
    settle(page, charts=1)
    open_popover(page, "Share")
    link = page.locator(".st-key-cb-share code").inner_text()
    colleague = visit(link)
    settle(colleague, charts=1)
    assert page.locator("h1").inner_text() == colleague.locator("h1").inner_text()
