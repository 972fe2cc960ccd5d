"""What a reader waits for, in headless Chromium over a warm server; medians, beside the floors.

50 touchpoints x 24 metrics x 400 days on SQLite. The floors are an empty Streamlit page, and one
with a single Plotly chart, served and visited alike in the same run. Run: python -m bench.felt
"""

import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench.overview import NOW, fill_wide, open_wide
from bench.serving import serve, serve_script
from dev import find_browser

ROUNDS = 7
EMPTY = "import streamlit as st\nst.title('Empty')\n"
PLOTLY = (
    "import plotly.graph_objects as go\nimport streamlit as st\nst.title('One chart')\n"
    "st.plotly_chart(go.Figure(go.Scatter(y=list(range(36)))))\n"
)
DRAWN = """chosen => {
    const ends = () => document.querySelector(
        '[data-testid=stApp][data-test-script-state=notRunning]')
        && !document.querySelector('[data-testid=stSkeleton],[data-stale=true]')
        && document.querySelectorAll(chosen).length > 0
        && [...document.querySelectorAll('.stPlotlyChart')]
            .every(at => at.querySelector('.main-svg'));
    return ends() ? performance.now() : null;
}"""
PAINTED = """() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"""
CHANGED = """before => {
    const now = document.querySelector('.cb-period')?.innerText;
    const runs = !document.querySelector('[data-test-script-state=notRunning]');
    return now && now !== before && !runs ? performance.now() : null;
}"""


def main() -> None:
    with sync_playwright() as player, tempfile.TemporaryDirectory() as folder:
        arguments = ["--no-sandbox", "--headless", "--disable-gpu"]
        browser = player.chromium.launch(executable_path=find_browser(), args=arguments)
        for name, script in (("empty page", EMPTY), ("one plotly chart", PLOTLY)):
            path = Path(folder) / "floor.py"
            path.write_text(script)
            with serve_script(path) as (_, port):
                _tell(name, browser, f"http://localhost:{port}/", "h1")
        runtime = open_wide(Path(folder))
        fill_wide(runtime)
        runtime.store.dispose()
        with serve(runtime.settings.workspace, Path(folder), CALLBOARD_TODAY=NOW) as (_, port):
            site = f"http://localhost:{port}"
            _tell("overview", browser, f"{site}/", ".cb-tile")
            _tell("touchpoint", browser, f"{site}/touchpoint", ".stPlotlyChart .main-svg")
            _tell_change(browser, site)
        browser.close()


def _tell(name: str, browser: Browser, address: str, drawn: str) -> None:
    painted, done = zip(*(_visit(browser, address, drawn) for _ in range(ROUNDS + 1)), strict=True)
    print(
        f"{name:18} first paint {_middle(painted):5.0f} ms   drawn {_middle(done):5.0f} ms",
        flush=True,
    )


def _visit(browser: Browser, address: str, drawn: str) -> tuple[float, float]:
    with _page(browser) as page:
        page.goto(address, wait_until="commit")
        done = page.wait_for_function(DRAWN, arg=drawn, timeout=60_000).json_value()
        return float(page.evaluate(PAINTED)), float(done)


def _tell_change(browser: Browser, site: str) -> None:
    """From the click on another length of period until the page is redrawn; both were seen once."""
    with _page(browser) as page:
        page.goto(site)
        page.wait_for_function(DRAWN, arg=".cb-tile", timeout=60_000)
        spent = [_change(page, name) for name in ("Month", "Week") * ROUNDS]
    print(f"filter change      redrawn {_middle(spent[2:]):5.0f} ms", flush=True)


def _change(page: Page, name: str) -> float:
    before = page.locator(".cb-period").first.inner_text()
    button = page.get_by_role("radio", name=name, exact=True)
    page.evaluate(
        "() => document.addEventListener('click', () => window.clicked = performance.now(),"
        " {once: true, capture: true})"
    )
    button.click()
    done = page.wait_for_function(CHANGED, arg=before, timeout=60_000).json_value()
    return float(done) - float(page.evaluate("window.clicked"))


@contextmanager
def _page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    yield context.new_page()
    context.close()


def _middle(spent: tuple[float, ...] | list[float]) -> float:
    """The median without the first, which warms."""
    return statistics.median(spent[1:])


if __name__ == "__main__":
    main()
