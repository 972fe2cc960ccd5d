"""How often chance alone signals: the rates of the method's own simulations come out again."""

import numpy as np
import pytest

from metrics.judgement import judge_many
from metrics.model import Better
from metrics.profiles import Profile
from metrics.signals import RULES, Rule

SERIES = 20_000
WARM_UP = 50


def draw(kind, points):
    random = np.random.default_rng(points)
    if kind == "normal":
        return random.normal(size=(SERIES, points))
    if kind == "Poisson(2)":
        return random.poisson(2, size=(SERIES, points)).astype(float)
    if kind == "lognormal(0.8)":
        return random.lognormal(0, 0.8, size=(SERIES, points))
    if kind == "season":
        wave = 1.5 * np.sin(
            2 * np.pi * (np.arange(points) + random.integers(0, 12, (SERIES, 1))) / 12
        )
        return random.normal(size=(SERIES, points)) + wave
    share = float(kind.removeprefix("AR(1) "))
    values = random.normal(size=(SERIES, points + WARM_UP))
    for at in range(1, points + WARM_UP):
        values[:, at] += share * values[:, at - 1]
    return values[:, WARM_UP:]


@pytest.mark.parametrize("profile", [Profile.MDC, Profile.CALLBOARD])
@pytest.mark.parametrize(
    ("kind", "points", "anywhere", "at_the_end", "by_shift"),
    [
        ("normal", 12, 7.0, 1.5, 1.1),
        ("normal", 24, 18.4, 1.6, 8.2),
        ("normal", 36, 28.4, 1.9, 16.4),
        ("AR(1) 0.3", 24, 45, 4.8, 23),
        ("AR(1) 0.3", 36, 66, 5.6, 40),
        ("AR(1) 0.6", 24, 81, 18.5, 52),
        ("AR(1) 0.6", 36, 95, 21.3, 76),
        ("season", 24, 75, 8.8, 42),
        ("season", 36, 88, 9.5, 61),
        ("Poisson(2)", 24, 32, 3.3, 15),
        ("Poisson(2)", 36, 47, 3.4, 27),
        ("lognormal(0.8)", 24, 70, 8.1, 27),
        ("lognormal(0.8)", 36, 88, 8.6, 44),
    ],
)
def test_chance_signals_as_often_as_the_method_says(
    profile, kind, points, anywhere, at_the_end, by_shift
):
    judged = judge_many(draw(kind, points), better=Better.HIGHER, profile=profile)
    shifts = [RULES.index(Rule.SHIFT_ABOVE), RULES.index(Rule.SHIFT_BELOW)]
    found = (
        (judged.rules > 0).any(axis=1).mean(),
        (judged.rules[:, -1] > 0).mean(),
        judged.hits[..., shifts].any(axis=(1, 2)).mean(),
    )
    expected = (anywhere, at_the_end, by_shift)
    assert expected == pytest.approx([100 * each for each in found], abs=2)
