"""A real server over a small prepared demo, and a real Chromium that visits it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    expect,
    sync_playwright,
)

from callboard.access import LOCAL_USER
from callboard.services.examples import demo
from callboard.services.first_visit import note_tour_seen
from dev import find_browser
from tests.workspaces.filling import MOMENT, fill_demo
from tests.workspaces.places import DEMO

ROOT = Path(__file__).parents[2]
CHROMIUM = find_browser()
READY = (
    "[data-testid=stApp][data-test-connection-state=CONNECTED][data-test-script-state=notRunning]"
)
SETTLED = """() => document.fonts.status === 'loaded'
    && !document.querySelector('[data-testid=stSkeleton],[data-testid=stSpinner]')
    && [...document.querySelectorAll('[data-testid=stExpander] details')]
        .every(at => !at.getAnimations().length)"""
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Store and feeds of a small demo, filled once."""
    home = tmp_path_factory.mktemp("demo")
    runtime = fill_demo(home, months=15, scale=0.25)
    demo.publish_benchmarks(runtime, LOCAL_USER)
    note_tour_seen(runtime, LOCAL_USER)
    runtime.store.dispose()
    return home


@pytest.fixture(scope="module")  # not longer: Playwright keeps an event loop, other tests start one
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a module."""
    with sync_playwright() as player:
        arguments = ["--no-sandbox", "--headless", "--disable-gpu"]
        chromium = player.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield chromium
        chromium.close()


@contextmanager
def serve(home: Path) -> Iterator[str]:
    """Serve the demo workspace from `home` and give its address; the server ends with the block."""
    port = _free_port()
    kept = {key: value for key, value in os.environ.items() if not key.startswith("CALLBOARD_")}
    settings = {
        "CALLBOARD_WORKSPACE": str(DEMO),
        "CALLBOARD_HOME": str(home),
        "CALLBOARD_TODAY": MOMENT,
        "PYTHONPATH": str(ROOT),
    }
    with (home / "server.log").open("ab") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "asgi.py", f"--server.port={port}"],
            cwd=ROOT,
            env=kept | settings,
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for(f"http://localhost:{port}/healthz", server)
            yield f"http://localhost:{port}"
        finally:
            server.terminate()
            server.wait(20)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert server.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssertionError("the server did not answer")


@pytest.fixture(scope="session")
def site(demo_home: Path) -> Iterator[str]:
    """The address of a server over the demo; tests that publish bring their own."""
    with serve(demo_home) as address:
        yield address


@pytest.fixture
def own_site(demo_home: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a server over a copy of the demo that a test may change."""
    home = tmp_path / "home"
    shutil.copytree(demo_home, home)
    with serve(home) as address:
        yield address


@pytest.fixture
def busy_site(tmp_path: Path) -> Iterator[str]:
    """The address of a server over the whole demo's orders: a quarter of them vary too much."""
    home = tmp_path / "busy"
    home.mkdir()
    fill_demo(home, months=10, scale=1.0).store.dispose()
    with serve(home) as address:
        yield address


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Open an address as a new visitor; each page reports what it complained about at the end."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(url: str, *, size: dict[str, int] = DESKTOP, scheme: str = "light") -> Page:
        context = browser.new_context(
            viewport=size,  # type: ignore[arg-type]  # width and height
            color_scheme=scheme,  # type: ignore[arg-type]  # light or dark
            reduced_motion="reduce",
            locale="en-GB",
            timezone_id="UTC",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if _is_bad(said) else None)
        page.goto(url)
        settle(page)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [] == complaints


def _is_bad(said: object) -> bool:
    """Streamlit looks for its own paths below a page's name first, and finds them one up."""
    text = getattr(said, "text", "")
    return "Content Security Policy" in text or "Refused to" in text


def settle(page: Page, *, charts: int = 0) -> None:
    """Wait until the page is drawn: script run, fonts there, nothing in the making or moving."""
    page.wait_for_selector(READY, timeout=60_000)
    page.wait_for_function(SETTLED, timeout=30_000)
    if charts:
        page.wait_for_function(
            "n => document.querySelectorAll('.stPlotlyChart .main-svg').length >= n", arg=charts
        )


def open_popover(page: Page, name: str) -> Locator:
    """Open the popover of a button and give its inside; a page that still may lose a click."""
    button = page.get_by_role("button", name=name).first
    expect(button).to_be_enabled()
    settle(page)
    button.click()
    inside = page.get_by_test_id("stPopoverBody")
    expect(inside).to_be_visible()
    settle(page)
    return inside
