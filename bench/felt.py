"""What a reader waits for, in headless Chromium over a warm server; medians, beside the floors.

50 touchpoints x 24 metrics x 400 days on SQLite. The floors are an empty Streamlit page, one with a
single Plotly chart, and one with as many bare charts as a touchpoint has, served and visited alike
in the same run. Run: python -m bench.felt
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
    "import plotly.graph_objects as go\nimport streamlit as st\nst.title('Charts')\n"
    "for at in range({count}):\n"
    "    st.plotly_chart(go.Figure(go.Scatter(y=list(range(36)))), key=str(at))\n"
)
CHART = ".stPlotlyChart .main-svg"
DRAWN = """chosen => {
    const ends = () => document.querySelector(
        '[data-testid=stApp][data-test-script-state=notRunning]')
        && !document.querySelector('[data-testid=stSkeleton],[data-stale=true]')
        && document.querySelectorAll(chosen).length > 0
        && [...document.querySelectorAll('.stPlotlyChart')]
            .every(at => at.querySelector('.main-svg'));
    return ends() ? performance.now() : null;
}"""
PAINTED = """() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"""
COUNTED = "() => document.querySelectorAll('.stPlotlyChart').length"
CHANGED = """before => {
    const now = document.querySelector('.cb-period')?.innerText;
    const runs = !document.querySelector('[data-test-script-state=notRunning]');
    return now && now !== before && !runs ? performance.now() : null;
}"""


def main() -> None:
    with sync_playwright() as player, tempfile.TemporaryDirectory() as folder:
        arguments = ["--no-sandbox", "--headless", "--disable-gpu"]
        browser = player.chromium.launch(executable_path=find_browser(), args=arguments)
        _tell_floor("empty page", browser, EMPTY, folder)
        _tell_floor("one plotly chart", browser, PLOTLY.format(count=1), folder, charts=1)
        runtime = open_wide(Path(folder))
        fill_wide(runtime)
        runtime.store.dispose()
        with serve(runtime.settings.workspace, Path(folder), CALLBOARD_TODAY=NOW) as (_, port):
            site = f"http://localhost:{port}"
            _tell("overview", browser, f"{site}/", ".cb-tile")
            charts = _tell("touchpoint", browser, f"{site}/touchpoint", CHART)
            _tell_change(browser, site)
        bare = PLOTLY.format(count=charts)
        _tell_floor(f"{charts} bare charts", browser, bare, folder, charts=charts)
        browser.close()


def _tell_floor(name: str, browser: Browser, script: str, folder: str, *, charts: int = 0) -> None:
    path = Path(folder) / "floor.py"
    path.write_text(script)
    with serve_script(path) as (_, port):
        found = _tell(name, browser, f"http://localhost:{port}/", CHART if charts else "h1")
    assert found == charts


def _tell(name: str, browser: Browser, address: str, drawn: str) -> int:
    """Print the medians of some visits; return how many charts the page has."""
    visits = [_visit(browser, address, drawn) for _ in range(ROUNDS + 1)]
    painted, done, charts = zip(*visits, strict=True)
    print(
        f"{name:18} first paint {_middle(painted):5.0f} ms   drawn {_middle(done):5.0f} ms",
        flush=True,
    )
    return int(charts[-1])


def _visit(browser: Browser, address: str, drawn: str) -> tuple[float, float, int]:
    """When it was painted and when drawn, and its charts; the paint is told a moment after it."""
    with _page(browser) as page:
        page.goto(address, wait_until="commit")
        done = page.wait_for_function(DRAWN, arg=drawn, timeout=60_000).json_value()
        painted = page.wait_for_function(PAINTED, timeout=10_000).json_value()
        return float(painted), float(done), int(page.evaluate(COUNTED))


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
