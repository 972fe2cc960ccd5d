"""Good news below a concern of a higher key, on the page and in its sentence."""

import pytest

from callboard.access import LOCAL_USER
from callboard.services.tiles.overview import read_overview
from callboard.views import Muting, Overview
from metrics.model import Grain
from tests.callboard.services.small_world import SmallWorld, week_rows

BETTER = [(90.0 + (-1) ** at, 100.0) for at in range(35)] + [(100.0, 100.0)]
WORSE = [(10.0 + (-1) ** at, 100.0) for at in range(35)] + [(40.0, 100.0)]


def _overview(world: SmallWorld, *, worse_at: str, lanes: str = "key") -> Overview:
    """On-time delivery (Efficiency) is better; abandonment (Courtesy) is worse somewhere."""
    world.reach()
    world.add(week_rows("otd", "delivery", BETTER) + week_rows("abandon", worse_at, WORSE))
    return read_overview(world.runtime, LOCAL_USER, grain=Grain.WEEK, lanes=lanes)


def _muted(view: Overview) -> dict[str, Muting | None]:
    return {tile.metric: tile.muted for lane in view.lanes for tile in lane.tiles}


def test_good_news_below_a_concern_keeps_its_figures_and_names_the_concern(
    world: SmallWorld,
) -> None:
    view = _overview(world, worse_at="delivery")
    expected = Muting(words="Courtesy: abandonment rate", metric="abandon")
    assert {"otd": expected, "abandon": None} == _muted(view)
    told = "No promise at risk, 1 other figure of concern, 1 improving, 1 of them below a concern;"
    assert view.headline.startswith(told)


def test_the_same_news_in_what_changed_is_muted_too(world: SmallWorld) -> None:
    view = _overview(world, worse_at="delivery")
    assert {"otd": True, "abandon": False} == {t.metric: bool(t.muted) for t in view.changed}


@pytest.mark.parametrize(
    "asked", [{"worse_at": "desk"}, {"worse_at": "delivery", "lanes": "pillar"}]
)
def test_elsewhere_and_by_pillar_nothing_is_muted(asked: dict[str, str], world: SmallWorld) -> None:
    view = _overview(world, **asked)
    assert {"otd": None, "abandon": None} == _muted(view)
    assert "below a concern" not in view.headline
