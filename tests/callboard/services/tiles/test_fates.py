"""A year that is lost is of concern on the page, in the file, in the digest and on the shift."""

import pytest

from callboard.access import LOCAL_USER
from callboard.services.digest.content import read_digest
from callboard.services.journeys.journey_map import read_journey
from callboard.services.shift.shift import read_shift
from callboard.services.taking.asking import asked_view
from callboard.services.taking.reports import take_view
from callboard.services.taking.tile_sections import summary_table
from callboard.services.tiles.headlines import LOST, tell_all
from callboard.services.tiles.overview import read_overview
from callboard.services.tiles.touchpoint import read_touchpoint
from callboard.ui.lanes import summary
from metrics.model import Grain
from metrics.signals import Signal
from tests.callboard.services.small_world import SmallWorld, week_rows

BAD_YEAR = [(900.0 + (-1) ** at * 10 - at, 1000.0 + at) for at in range(46)]
BETTER = [*BAD_YEAR, *[(990.0, 1000.0)] * 4]


@pytest.fixture
def lost(world: SmallWorld) -> SmallWorld:
    """Better than usual at last, and yet the year cannot reach its 95 %."""
    world.reach()
    world.add(week_rows("otd", "delivery", BETTER) + week_rows("otd", "desk", BETTER))
    return world


def test_page_file_digest_and_shift_tell_the_same_concerns(lost: SmallWorld) -> None:
    view = read_overview(lost.runtime, LOCAL_USER, grain=Grain.WEEK)
    tiles = [tile for lane in view.lanes for tile in lane.tiles]
    (file,) = summary_table(tiles).rows
    assert view.headline.startswith("1 promise at risk, 1 figure improving")
    assert "It is out of reach of the year’s target, improving all the same." in view.headline
    assert ("On-time delivery", "Field delivery") == file[:2]
    (chapter,) = take_view(lost.runtime, LOCAL_USER, asked_view("overview", {})).chapters
    assert chapter.sections[-1].verdict.endswith(f"; {LOST}")
    digest = read_digest(lost.runtime, LOCAL_USER)
    assert (["delivery"], ["delivery", "desk"]) == (
        [tile.touchpoint for tile in digest.concerns],
        [tile.touchpoint for tile in digest.improvements],
    )
    block = read_shift(lost.runtime, LOCAL_USER, touchpoints=("delivery",)).blocks[0]
    assert (True, LOST) == (block.rows[0].needs_look, block.rows[0].told.partition(" though ")[0])


def test_a_tile_whose_year_is_lost_says_so_and_stands_first(lost: SmallWorld) -> None:
    view = read_overview(lost.runtime, LOCAL_USER, grain=Grain.WEEK)
    (lane,) = view.lanes
    (file,) = summary_table(lane.tiles).rows
    assert (Signal.IMPROVEMENT, "delivery") == (
        lane.tiles[0].variation.signal,
        lane.tiles[0].touchpoint,
    )
    assert tell_all(lane.tiles[0]) == f"{lane.tiles[0].verdict}; {LOST}" == file[-1]
    assert "1 of concern, 1 improving" == summary(lane.tiles)
    (tile,) = read_touchpoint(
        lost.runtime, LOCAL_USER, touchpoint="delivery", grain=Grain.WEEK
    ).tiles
    assert (True, lane.tiles[0].verdict) == (tile.is_lost, tile.verdict)


def test_a_step_with_a_lost_year_hurts(lost: SmallWorld) -> None:
    view = read_journey(lost.runtime, LOCAL_USER, grain=Grain.WEEK)
    assert view is not None
    found = {node.touchpoint: node for part in view.parts for node in part.nodes}
    assert [("delivery", True), ("desk", False)] == [
        (code, found[code].is_hurting) for code in ("delivery", "desk")
    ]
    assert f"on-time delivery at Field delivery, {LOST} though better, " in view.headline
