"""Acts and panels: reached by key, shut when it is done, and the keyboard stays beside them."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit, open_popover, settle


def test_a_comment_is_written_by_key_and_the_keyboard_stays_there(site: str, visit: Visit) -> None:
    page = visit(f"{site}/signals")
    way = page.locator("a", has_text="Act on it").first.get_attribute("href")
    page.goto(f"{site}/{way}")
    settle(page)
    expect(page.locator("p.cb-arrive")).to_be_focused()  # past the navigation
    page.locator("summary", has_text="Comment").last.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Asked the depot")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Comment kept")).to_be_visible()
    expect(page.get_by_label("Comment", exact=True).filter(visible=True)).to_have_count(0)
    page.keyboard.press("Shift+Tab")
    near = "document.activeElement.closest('[class*=cb-signal-acts], [data-testid=stExpander]')"
    assert page.evaluate(f"{near} !== null")


def test_tab_leads_through_the_panel_of_a_button_and_on_and_back(site: str, visit: Visit) -> None:
    page = visit(f"{site}/definitions")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="To the content")).to_be_focused()
    share = page.get_by_role("button", name="Share")
    panel = open_popover(page, "Share")
    share.press("Tab")
    expect(panel.locator("*:focus")).to_have_count(1)
    save = panel.get_by_role("button", name="Save")
    save.press("Tab")
    expect(page.get_by_role("button", name="Show me around")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(save).to_be_focused()
    page.keyboard.press("Escape")
    expect(share).to_be_focused()
