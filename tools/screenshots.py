"""Photographs every page of the demo for docs/images and docs/screens.md: a real server, a real
browser, a fixed moment. Run: python -m tools.screenshots [page or look ...]
"""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from bench.serving import DEMO, ROOT, fill_demo, serve
from callboard.access import LOCAL_USER
from callboard.services.alerting.watching import note_alerts
from callboard.services.annotating.annotations import add
from callboard.services.first_visit import note_tour_seen
from callboard.services.runtime import open_runtime
from callboard.services.shift.notes import hand_over
from callboard.services.taking.asking import ViewAsked
from callboard.services.taking.packs import add_view, make_pack
from callboard.settings import load_settings
from callboard.ui.navigation import list_entries
from callboard.views.annotations import WrittenAnnotation
from dev import find_browser

NOW = "2026-11-25T10:30"
IMAGES = ROOT / "docs" / "images"
READY = (
    "[data-testid=stApp][data-test-connection-state=CONNECTED][data-test-script-state=notRunning]"
)
LOOKS = {
    "desktop-light": {"width": 1440, "height": 1100, "scheme": "light"},
    "desktop-dark": {"width": 1440, "height": 1100, "scheme": "dark"},
    "phone": {"width": 390, "height": 1100, "scheme": "light"},
    "print": {"width": 1440, "height": 1100, "scheme": "light"},
}
SHEET = {"width": 1123, "height": 794}  # A4 across at 96 dots an inch
LARGER = {"journey": {"width": 1587, "height": 1123}}  # A3 across
MARGIN = "html { padding: 12mm !important; box-sizing: border-box; background: #fff !important; }"
SHOWN = {
    "touchpoint": "?touchpoint=web_store&metric=lcp_p75",
    "compare": "?metric=csat",
    "competitors": "?metric=csat",
    "my_touchpoints": "?touchpoints=web_store&touchpoints=service_desk",
}
PACKED = (
    ("overview", ()),
    ("touchpoint", (("metric", ("lcp_p75",)), ("touchpoint", ("web_store",)))),
    ("competitors", (("metric", ("csat",)),)),
)
QUALITY = 82


def main() -> None:
    asked = sys.argv[1:]
    looks = [look for look in LOOKS if look in asked] or list(LOOKS)
    wanted = [name for name in asked if name not in LOOKS] or [e.name for e in list_entries()]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as player:
        home = Path(folder)
        fill_demo(home, now=NOW)
        _move_in(home)
        arguments = ["--no-sandbox", "--headless", "--disable-gpu"]
        browser = player.chromium.launch(executable_path=find_browser(), args=arguments)
        with serve(DEMO, home, CALLBOARD_TODAY=NOW) as (_, port):
            for name in wanted:
                for look in looks:
                    _shoot(browser, f"http://localhost:{port}", name, look)
        browser.close()


def _move_in(home: Path) -> None:
    """What people have written by then, so that no page is as on its first day."""
    clock = {"CALLBOARD_TODAY": NOW}
    runtime = open_runtime(load_settings(clock, workspace=DEMO, home=home))
    note_tour_seen(runtime, LOCAL_USER)
    hand_over(
        runtime,
        LOCAL_USER,
        touchpoint="web_store",
        note="Release 41 is rolled back on half of the servers; the rest follows tonight.",
    )
    add(
        runtime,
        LOCAL_USER,
        WrittenAnnotation(
            touchpoint="web_store", metric="", first="2026-11-06", text="Release 41", tag="change"
        ),
    )
    pack = make_pack(runtime, LOCAL_USER, name="Board of directors, November")
    for page, query in PACKED:
        add_view(runtime, LOCAL_USER, number=pack.id, asked=ViewAsked(page=page, query=query))
    note_alerts(runtime, LOCAL_USER)
    runtime.store.dispose()


def _shoot(browser: Browser, site: str, name: str, look: str) -> None:
    asked = LOOKS[look]
    context = browser.new_context(
        viewport={"width": int(asked["width"]), "height": int(asked["height"])},
        color_scheme="dark" if asked["scheme"] == "dark" else "light",
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="UTC",
    )
    page = context.new_page()
    page.goto(f"{site}/{'' if name == 'overview' else name}{SHOWN.get(name, '')}")
    _settle(page)
    if look == "print":
        _lay_on_paper(page, LARGER.get(name, SHEET))
    _keep(page.screenshot(animations="disabled"), IMAGES / f"{name}-{look}.webp")
    context.close()


def _lay_on_paper(page: Page, sheet: dict[str, int]) -> None:
    """Show the first sheet as a printer would have it, its margins in white around it."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": sheet["width"], "height": sheet["height"]})
    page.add_style_tag(content=MARGIN)
    page.wait_for_timeout(1500)


def _settle(page: Page) -> None:
    page.wait_for_selector(READY, timeout=60_000)
    page.wait_for_function(
        "() => document.fonts.status === 'loaded'"
        " && !document.querySelector('[data-testid=stSkeleton],[data-testid=stSpinner]')"
    )
    page.wait_for_timeout(2500)


def _keep(png: bytes, path: Path) -> None:
    """Keep a picture in a form that takes a fifth of the room, with every colour as it is."""
    Image.open(io.BytesIO(png)).convert("RGB").save(path, quality=QUALITY, method=6)
    print(f"{path.name}: {path.stat().st_size // 1024} KB", flush=True)


if __name__ == "__main__":
    main()
