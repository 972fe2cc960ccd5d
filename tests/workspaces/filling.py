"""Example workspaces over databases of their own, filled and refreshed: what story tests stand on."""

from pathlib import Path

from callboard.access import LOCAL_USER
from callboard.services.examples import demo
from callboard.services.refreshing.refresh import refresh
from callboard.services.runtime import Runtime, open_runtime
from callboard.settings import load_settings
from tests.workspaces.places import DEMO, NYC_FLIGHTS

MOMENT = "2026-11-22T15:30"


def open_workspace(folder: Path, home: Path, *, now: str = "") -> Runtime:
    """A runtime over the workspace in `folder` with store and feeds in `home`."""
    today = {"CALLBOARD_TODAY": now} if now else {}
    return open_runtime(load_settings(today, workspace=folder, home=home))


def fill_demo(
    home: Path, *, seed: int | None = None, months: int = 9, scale: float = 1.0
) -> Runtime:
    """The demo as it stands on a Sunday afternoon, its figures computed."""
    runtime = open_workspace(DEMO, home, now=MOMENT)
    options = demo.Options(seed=seed, months=months, scale=scale)
    demo.fill(runtime, LOCAL_USER, options=options)
    refresh(runtime, LOCAL_USER)
    return runtime


def fill_nyc_flights(home: Path) -> Runtime:
    """All flights of 2013, figures computed, competitors published."""
    runtime = open_workspace(NYC_FLIGHTS, home)
    demo.fill(runtime, LOCAL_USER)
    refresh(runtime, LOCAL_USER)
    demo.publish_benchmarks(runtime, LOCAL_USER)
    return runtime
