"""Whether we gain on the peers, against plain arithmetic and scipy's Theil-Sen."""

import numpy as np
import pytest
from scipy.stats import theilslopes

from metrics.model import Better
from metrics.peer_direction import Duel, Moving, direction_of
from metrics.peer_ranking import Ruler

HIGHER, LOWER = Ruler(better=Better.HIGHER), Ruler(better=Better.LOWER)


def duels(own: list[float], peers: tuple[float, ...] = (80.0, 85.0, 90.0)) -> list[Duel]:
    return [Duel(year=at / 12, own=value, peers=peers) for at, value in enumerate(own)]


def test_a_point_a_month_against_peers_ten_apart_is_more_than_a_spread_a_year():
    found = direction_of(duels([80.0 + at for at in range(8)]), HIGHER)
    assert found is not None
    assert (pytest.approx(1.2), Moving.GAINING, 8) == (
        found.slope.value,
        found.moving,
        found.periods,
    )


def test_where_lower_is_better_rising_is_losing_ground():
    found = direction_of(duels([80.0 + at for at in range(8)]), LOWER)
    assert found is not None
    assert (pytest.approx(-1.2), Moving.LOSING) == (found.slope.value, found.moving)


def test_moving_with_the_peers_is_no_move():
    moving = [Duel(year=at, own=80.0 + at, peers=(70.0 + at, 90.0 + at)) for at in range(8)]
    found = direction_of(moving, HIGHER)
    assert found is not None
    assert (0.0, Moving.UNCLEAR) == (pytest.approx(found.slope.value), found.moving)


def test_the_slope_is_theil_sens_of_the_gaps_in_spreads():
    own = [82.0, 80.5, 84.0, 83.0, 86.5, 84.2, 87.0]
    found = direction_of(duels(own), HIGHER)
    gaps = (np.array(own) - 85.0) / 10.0
    assert found is not None
    assert theilslopes(gaps, np.arange(7) / 12)[0] == pytest.approx(found.slope.value)


@pytest.mark.parametrize(
    "few",
    [
        duels([80.0, 81.0, 82.0, 83.0]),
        duels([80.0] * 8, peers=(85.0,)),
        duels([80.0] * 8, peers=(85.0, 85.0)),
    ],
)
def test_too_few_periods_or_peers_or_no_spread_give_no_direction(few):
    assert None is direction_of(few, HIGHER)
