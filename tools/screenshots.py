"""Photographs every page of the demo for docs/images and docs/screens.md: a real server, a real
browser, a fixed moment. Run: python -m tools.screenshots [page ...]
"""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from bench.serving import DEMO, ROOT, fill_demo, serve
from callboard.ui.navigation import list_entries
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
    "print": {"width": 1040, "height": 1470, "scheme": "light"},
}
SHOWN = {
    "touchpoint": "?touchpoint=web_store&metric=lcp_p75",
    "compare": "?metric=csat",
    "competitors": "?metric=csat",
    "my_touchpoints": "?touchpoints=web_store&touchpoints=service_desk",
}
COLOURS = 96


def main() -> None:
    wanted = sys.argv[1:] or [entry.name for entry in list_entries()]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as player:
        home = Path(folder)
        fill_demo(home, now=NOW)
        arguments = ["--no-sandbox", "--headless", "--disable-gpu"]
        browser = player.chromium.launch(executable_path=find_browser(), args=arguments)
        with serve(DEMO, home, CALLBOARD_TODAY=NOW) as (_, port):
            for name in wanted:
                for look in LOOKS:
                    _shoot(browser, f"http://localhost:{port}", name, look)
        browser.close()


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
        page.emulate_media(media="print")
        page.wait_for_timeout(500)
    _keep(page.screenshot(animations="disabled"), IMAGES / f"{name}-{look}.png")
    context.close()


def _settle(page: Page) -> None:
    page.wait_for_selector(READY, timeout=60_000)
    page.wait_for_function(
        "() => document.fonts.status === 'loaded'"
        " && !document.querySelector('[data-testid=stSkeleton],[data-testid=stSpinner]')"
    )
    page.wait_for_timeout(2500)


def _keep(png: bytes, path: Path) -> None:
    """A picture of few colours is a tenth of the size, and nobody sees it."""
    image = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS)
    image.save(path, optimize=True)
    print(f"{path.name}: {path.stat().st_size // 1024} KB", flush=True)


if __name__ == "__main__":
    main()
