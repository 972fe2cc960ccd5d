"""What people come for, from the first click to the last, in a real browser."""

import csv
import io
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, settle

FILE = (
    b"metric,entity,statistic,value,unit,period_start,period_end,source_name\n"
    b"otd,%s,value,%s,percent,2026-10-01,2026-10-31,Delivery Watch\n"
    b"otd,Nonsense Ltd,value,912,percent,2026-10-01,2026-10-31,Delivery Watch\n"
)
FIELD = "[data-testid=stFileUploaderDropzoneInput]"


def test_the_first_visit_answers_in_words_and_numbers(site: str, visit: Visit) -> None:
    page = visit(site)
    expect(page.locator("h1")).to_contain_text("at risk")
    expect(page.locator(".cb-tile").first).to_be_visible()
    expect(page.get_by_text("by chance alone")).to_be_visible()


def test_a_filter_goes_into_the_address_and_the_address_can_be_shared(
    site: str, visit: Visit
) -> None:
    page = visit(site)
    page.get_by_role("radio", name="Month").click()
    expect(page).to_have_url(re.compile(r"\?grain=month$"))
    expect(page.locator(".cb-period").first).to_contain_text("Oct 2026")
    colleague = visit(page.url)
    expect(colleague.locator(".cb-period").first).to_contain_text("Oct 2026")


def test_back_takes_the_filter_back(site: str, visit: Visit) -> None:
    page = visit(site)
    page.get_by_role("radio", name="Month").click()
    expect(page).to_have_url(re.compile("grain=month"))
    page.go_back()
    expect(page.get_by_role("radio", name="Week")).to_be_checked()


def test_the_way_from_a_tile_to_the_rows(site: str, visit: Visit) -> None:
    page = visit(f"{site}/?tiles=all")
    tile = page.locator(".cb-tile", has_text="On-time delivery").first
    tile.get_by_role("link").click()
    settle(page, charts=1)
    expect(page).to_have_url(re.compile(r"/touchpoint\?touchpoint=\w+&metric=otd"))
    expect(page.get_by_text("Why this verdict")).to_be_visible()
    page.get_by_role("button", name=re.compile("Ask the feed for the rows")).click()
    rows = page.get_by_role("region", name=re.compile("^Rows of"))
    expect(rows.locator("tr").nth(1)).to_be_visible()
    page.get_by_role("combobox", name="Carrier", exact=True).click()
    page.get_by_role("option", name="Northway").click()
    expect(rows).not_to_contain_text("Swiftline")
    expect(rows).to_contain_text("Northway")


def test_a_tile_of_a_past_week_leads_to_that_week_and_to_its_rows(site: str, visit: Visit) -> None:
    page = visit(f"{site}/?period=2026-10-05&touchpoints=field_delivery")
    tile = page.locator(".cb-tile", has_text="On-time delivery").first
    verdict = tile.locator(".cb-verdict").inner_text()
    assert verdict.startswith("Worse than usual")
    tile.get_by_role("link").click()
    settle(page, charts=1)
    expect(page.locator(".cb-lead").first).to_have_text(verdict)
    expect(page.locator(".cb-why")).to_contain_text("Week 41, 2026")
    expect(page.get_by_role("button", name="Ask the feed for the rows of Week 41")).to_be_visible()


def test_every_entry_of_the_navigation_leads_to_its_page(site: str, visit: Visit) -> None:
    page = visit(site)
    for title, path in (
        ("Touchpoint", "touchpoint"),
        ("Compare", "compare"),
        ("Competitors", "competitors"),
        ("Publish", "publish"),
        ("Data trust", "data_trust"),
        ("Definitions", "definitions"),
    ):
        page.get_by_role("link", name=title, exact=True).click()
        expect(page).to_have_url(re.compile(f"/{path}"))
        expect(page).to_have_title(re.compile(f"^{title} ·"))
        settle(page)


def test_the_navigation_carries_touchpoint_and_metric(site: str, visit: Visit) -> None:
    page = visit(f"{site}/touchpoint?touchpoint=field_delivery&metric=otd")
    page.get_by_role("link", name="Competitors", exact=True).click()
    expect(page).to_have_url(re.compile(r"/competitors\?metric=otd"))


def test_the_strip_and_the_walk_lead_from_metric_to_metric(site: str, visit: Visit) -> None:
    page = visit(f"{site}/touchpoint?touchpoint=field_delivery&metric=otd")
    page.locator(".cb-strip a").nth(1).click()
    expect(page).not_to_have_url(re.compile("metric=otd&"))
    settle(page)
    expect(page.locator(".cb-strip [aria-current]")).to_have_count(1)


def test_a_link_is_followed_in_place_there_and_back(site: str, visit: Visit) -> None:
    page = visit(f"{site}/?grain=month")
    page.evaluate("() => { window.begun = 'here'; }")
    verdict = page.locator("h1").inner_text()
    page.locator(".cb-tile a[href^=touchpoint]").first.click()
    expect(page).to_have_title(re.compile("^Touchpoint ·"))
    settle(page)
    page.go_back()
    expect(page).to_have_title(re.compile("^Overview ·"))
    settle(page)
    expect(page.locator("h1")).to_have_text(verdict)
    assert "here" == page.evaluate("() => window.begun")


def test_the_way_from_who_stands_apart_to_its_touchpoint(site: str, visit: Visit) -> None:
    page = visit(f"{site}/compare?metric=int_sla")
    settle(page, charts=1)
    expect(page.locator("h1")).to_contain_text("Internal promise kept")
    page.get_by_role("radio", name="26").click()
    expect(page).to_have_url(re.compile("span=26"))
    settle(page, charts=1)
    name = page.locator(".cb-multiple a").first.inner_text()
    page.locator(".cb-multiple").first.click()
    expect(page).to_have_url(re.compile(r"/touchpoint\?touchpoint=\w+&metric=int_sla"))
    settle(page, charts=1)
    expect(page.locator(".cb-kicker")).to_contain_text(name)


def test_what_is_compared_lives_in_the_address(site: str, visit: Visit) -> None:
    page = visit(f"{site}/compare?metric=int_sla")
    page.get_by_role("radio", name="Kind", exact=True).click()
    expect(page).to_have_url(re.compile("by=kind"))
    expect(page.locator("h1")).to_contain_text("kinds")
    page.get_by_text("Show as a table").click()
    table = page.get_by_role("region", name=re.compile("^Internal promise kept by kind"))
    expect(table).to_be_visible()
    colleague = visit(page.url)
    expect(colleague.locator("h1")).to_have_text(page.locator("h1").inner_text())


def test_publishing_reaches_another_open_session_and_withdrawing_takes_it_back(
    own_site: str, visit: Visit
) -> None:
    watcher = visit(f"{own_site}/competitors?metric=otd")
    expect(watcher.get_by_role("cell", name="Brand New Ltd")).to_have_count(0)
    page = visit(f"{own_site}/publish")
    _upload(page, FILE % (b"Brand New Ltd", b"99.9"), "What do the words mean?")
    page.get_by_role("button", name="All other names are new on purpose").click()
    expect(page.get_by_text("a new name, as you said").first).to_be_visible()
    page.get_by_role("button", name="Next: check").click()
    expect(page.get_by_text("912", exact=True).first).to_be_visible()
    page.get_by_role("button", name="6 Publish").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("1 value from peers.csv is on every open page")).to_be_visible()
    expect(watcher.get_by_role("rowheader", name="Brand New Ltd").first).to_be_visible()
    page.get_by_role("button", name="Withdraw", exact=True).click()
    expect(page.get_by_text("Withdrawn").first).to_be_visible()
    expect(watcher.get_by_role("rowheader", name="Brand New Ltd")).to_have_count(0)


def test_a_break_is_approved_restarts_the_limits_and_is_withdrawn(
    own_site: str, visit: Visit
) -> None:
    page = visit(f"{own_site}/touchpoint?touchpoint=service_desk&metric=fcr")
    settle(page, charts=1)
    mark = page.get_by_text(re.compile(r"^\d+ \w{3}: New checklist$"))
    before = page.locator(".cb-lead").first.inner_text()
    assert "since the break" not in before
    expect(page.get_by_text("If something changed for good, approve a break")).to_be_visible()
    page.get_by_label("What changed").fill("New checklist")
    page.get_by_role("button", name="Approve the break").click()
    expect(page.get_by_role("heading", name="Break approved")).to_be_visible()
    expect(page.locator(".cb-lead").first).to_contain_text("since the break in week")
    expect(mark).to_be_visible()
    page.locator("summary", has_text="Withdraw a break").click()
    settle(page)
    page.get_by_label("Why", exact=True).fill("It was the weather")
    page.keyboard.press("Tab")
    settle(page)
    page.get_by_role("button", name="Withdraw", exact=True).click()
    expect(page.get_by_text("withdrawn by local: It was the weather")).to_be_visible()
    expect(page.locator(".cb-lead").first).to_have_text(before)
    expect(mark).to_have_count(0)


def test_a_strike_is_set_aside_changes_the_verdict_and_is_withdrawn(
    busy_site: str, visit: Visit
) -> None:
    page = visit(f"{busy_site}/touchpoint?touchpoint=field_delivery&metric=otd")
    settle(page, charts=1)
    verdict = page.locator(".cb-lead").first
    before = verdict.inner_text()
    assert before.startswith("Steady")
    expect(page.get_by_text("The 2 weeks of 5 to 18 Oct 2026 lie far below").first).to_be_visible()
    page.get_by_label("Why these days").fill("Carrier's strike")
    page.get_by_role("button", name="Set aside", exact=True).click()
    expect(page.get_by_role("heading", name="Set aside", exact=True)).to_be_visible()
    expect(verdict).to_contain_text("Worse than usual")
    expect(page.get_by_text("34 periods; some are set aside")).to_be_visible()
    overview = visit(f"{busy_site}/?touchpoints=field_delivery&tiles=all")
    tile = overview.locator(".cb-tile", has_text="On-time delivery").first
    expect(tile.locator(".cb-verdict")).to_contain_text("Worse than usual")
    page.locator("summary", has_text="Withdraw a baseline").click()
    settle(page)
    page.get_by_label("Why", exact=True).fill("The strike went on")
    page.keyboard.press("Tab")
    settle(page)
    page.get_by_role("button", name="Withdraw", exact=True).click()
    expect(page.get_by_text("withdrawn by local: The strike went on")).to_be_visible()
    expect(verdict).to_have_text(before)
    expect(tile.locator(".cb-verdict")).not_to_contain_text("Worse than usual")


def test_new_benchmarks_appear_on_the_overview_of_another_open_session(
    own_site: str, demo_home: Path, visit: Visit
) -> None:
    watcher = visit(f"{own_site}/?tiles=all")
    tile = watcher.locator(".cb-tile", has_text="On-time delivery").first
    expect(tile).not_to_contain_text("1 of 7")
    page = visit(f"{own_site}/publish")
    _upload(page, _everybody_late(demo_home / "benchmarks" / "doorstep_watch.csv"))
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("are on every open page")).to_be_visible()
    expect(tile).to_contain_text("1 of 7")


def test_a_feed_that_is_away_leaves_the_figures_and_says_so(
    own_site: str, tmp_path: Path, visit: Visit
) -> None:
    (tmp_path / "home" / "demo.db").unlink()
    page = visit(f"{own_site}/touchpoint?touchpoint=field_delivery&metric=otd")
    page.get_by_role("button", name=re.compile("Ask the feed for the rows")).click()
    expect(page.get_by_role("heading", name="The feed does not answer")).to_be_visible()
    expect(page.get_by_text("Why this verdict")).to_be_visible()


def test_a_late_feed_says_which_rule_fails(site: str, visit: Visit) -> None:
    page = visit(f"{site}/data_trust")
    row = page.get_by_role("row", name=re.compile("^Backlog"))
    expect(row).to_contain_text("Fails: The newest row is at most 26 hours old.")


def test_a_download_is_what_the_page_shows(site: str, visit: Visit) -> None:
    page = visit(f"{site}/touchpoint?touchpoint=field_delivery&metric=otd")
    settle(page, charts=1)
    with page.expect_download() as begun:
        page.get_by_role("button", name="Download CSV").first.click()
    name, path = begun.value.suggested_filename, begun.value.path()
    rows = list(csv.DictReader(io.StringIO(Path(path).read_text(encoding="utf-8"))))
    assert re.fullmatch(r"otd-field_delivery-week-\d+-[0-9a-f]{8}\.csv", name)
    assert {("otd", "field_delivery")} == {(row["metric"], row["touchpoint"]) for row in rows}


def _everybody_late(published: Path) -> bytes:
    """The competitors' October again, corrected to one order in ten on time."""
    rows = list(csv.DictReader(io.StringIO(published.read_text(encoding="utf-8"))))
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, fieldnames=list(rows[0]))
    writer.writeheader()
    for row in rows:
        is_october = (row["kpi_code"], row["period_start"]) == ("otd", "2026-10-01")
        if is_october and row["denominator"]:
            tenth = int(row["denominator"]) // 10
            share = 100 * tenth / int(row["denominator"])
            writer.writerow(row | {"value": f"{share:.4f}", "numerator": str(tenth)})
    return written.getvalue().encode()


def _upload(page: Page, content: bytes, heading: str = "What it would do") -> None:
    page.set_input_files(
        FIELD, files=[{"name": "peers.csv", "mimeType": "text/csv", "buffer": content}]
    )
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
