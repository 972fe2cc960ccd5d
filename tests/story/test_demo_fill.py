"""The demo workspace from the first fill to the next day, by way of the services."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from callboard.access import LOCAL_USER
from callboard.errors import CallboardError
from callboard.services.examples import demo
from callboard.services.journeys.journey_map import read_journey
from callboard.services.readings.export import export_readings
from callboard.services.refreshing.refresh import refresh
from callboard.services.runtime import Runtime
from metrics.model import Grain
from tests.workspaces.filling import open_workspace
from tests.workspaces.places import DEMO

SMALL = demo.Options(months=1, scale=0.2)


def demo_at(home: Path, moment: str) -> Runtime:
    return open_workspace(DEMO, home, now=moment)


def onward(runtime: Runtime) -> dict[tuple[str, str], int]:
    """How many cases the journey of the demo tells to have gone from where to where in a month."""
    found = read_journey(runtime, LOCAL_USER, grain=Grain.MONTH)
    assert found is not None
    nodes = [node for part in found.parts for node in part.nodes]
    return {(node.touchpoint, to.touchpoint): to.cases for node in nodes for to in node.onward}


def content(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of the demo's database."""
    with closing(sqlite3.connect(home / "demo.db")) as reader:
        tables = reader.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name != 'callboard_sample'"
        ).fetchall()
        return {
            name: sorted(reader.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
            for (name,) in tables
        }


def test_a_day_later_only_what_is_new_is_added(tmp_path: Path) -> None:
    step, leap = tmp_path / "step", tmp_path / "leap"
    for moment in ("2026-11-20T10:15", "2026-11-20T18:00", "2026-11-21T15:30"):
        demo.fill(demo_at(step, moment), LOCAL_USER, options=SMALL)
    anchored = demo_at(leap, "2026-11-20T00:00")
    demo.fill(anchored, LOCAL_USER, options=SMALL)
    demo.fill(demo_at(leap, "2026-11-21T15:30"), LOCAL_USER, options=SMALL)
    assert content(step) == content(leap)


def test_filling_again_at_the_same_moment_changes_nothing(tmp_path: Path) -> None:
    runtime = demo_at(tmp_path, "2026-11-21T15:30")
    first = demo.fill(runtime, LOCAL_USER, options=SMALL)
    before = content(tmp_path)
    again = demo.fill(runtime, LOCAL_USER, options=SMALL)
    assert (True, False, 0) == (first.is_first, again.is_first, again.rows)
    assert before == content(tmp_path)


def test_progress_ends_at_the_whole(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    demo.fill(
        demo_at(tmp_path, "2026-11-21T15:30"),
        LOCAL_USER,
        options=SMALL,
        on_progress=lambda done, total: told.append((done, total)),
    )
    assert told[-1][0] == told[-1][1]


def test_another_seed_is_refused_until_the_data_are_reset(tmp_path: Path) -> None:
    runtime = demo_at(tmp_path, "2026-11-21T15:30")
    demo.fill(runtime, LOCAL_USER, options=SMALL)
    other = demo.Options(seed=9, months=1, scale=0.2)
    with pytest.raises(CallboardError, match="Found demo data of seed 1"):
        demo.fill(runtime, LOCAL_USER, options=other)
    demo.reset(runtime, LOCAL_USER)
    assert demo.fill(runtime, LOCAL_USER, options=other).is_first


def test_a_workspace_of_ones_own_is_never_written_to(tmp_path: Path) -> None:
    workspace = tmp_path / "own"
    (workspace / "touchpoints").mkdir(parents=True)
    (workspace / "workspace.yaml").write_text(
        "name: Ours\ntime_zone: Europe/London\nourselves: {name: Ours}\n", encoding="utf-8"
    )
    runtime = open_workspace(workspace, tmp_path / "home")
    with pytest.raises(CallboardError, match="never into other databases"):
        demo.fill(runtime, LOCAL_USER)


def test_readings_made_day_by_day_are_those_made_at_once(tmp_path: Path) -> None:
    """Orders come back and cases are reopened days later: each correction reaches its old day."""
    daily, once = tmp_path / "daily", tmp_path / "once"
    moments = ("2026-11-16T14:00", "2026-11-18T09:30", "2026-11-23T11:00")
    for moment in moments:
        runtime = demo_at(daily, moment)
        demo.fill(runtime, LOCAL_USER, options=SMALL)
        refresh(runtime, LOCAL_USER)
        demo.fill(demo_at(once, moment), LOCAL_USER, options=SMALL)
    at_once = demo_at(once, moments[-1])
    refresh(at_once, LOCAL_USER)
    expected = export_readings(at_once, LOCAL_USER, grain=Grain.DAY)
    assert len(expected) > 2000
    assert expected == export_readings(demo_at(daily, moments[-1]), LOCAL_USER, grain=Grain.DAY)
    ways = onward(at_once)
    assert ways[("call_centre", "service_desk")] >= 10
    assert ways == onward(demo_at(daily, moments[-1]))
