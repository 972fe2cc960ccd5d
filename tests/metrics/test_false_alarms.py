"""How often chance alone signals: the rates of the method's own simulations come out again."""

import numpy as np
import pytest

from metrics.judgement import judge_many
from metrics.model import Better
from metrics.signals import RULES, Rule

SERIES = 20_000


def draw(kind, points):
    random = np.random.default_rng(points)
    if kind == "normal":
        return random.normal(size=(SERIES, points))
    if kind == "Poisson(2)":
        return random.poisson(2, size=(SERIES, points)).astype(float)
    values = random.normal(size=(SERIES, points + 50))
    for at in range(1, points + 50):
        values[:, at] += 0.6 * values[:, at - 1]
    return values[:, 50:]


@pytest.mark.parametrize(
    ("kind", "points", "anywhere", "at_the_end", "by_shift"),
    [
        ("normal", 12, 7.0, 1.5, 1.1),
        ("normal", 24, 18.4, 1.6, 8.2),
        ("normal", 36, 28.4, 1.9, 16.4),
        ("AR(1) 0.6", 24, 81, 18.5, 52),
        ("Poisson(2)", 24, 32, 3.3, 15),
    ],
)
def test_chance_signals_as_often_as_the_method_says(kind, points, anywhere, at_the_end, by_shift):
    judged = judge_many(draw(kind, points), better=Better.HIGHER)
    shifts = [RULES.index(Rule.SHIFT_ABOVE), RULES.index(Rule.SHIFT_BELOW)]
    found = (
        (judged.rules > 0).any(axis=1).mean(),
        (judged.rules[:, -1] > 0).mean(),
        judged.hits[..., shifts].any(axis=(1, 2)).mean(),
    )
    expected = (anywhere, at_the_end, by_shift)  # simulated too, so either side may be off a little
    assert expected == pytest.approx([100 * each for each in found], rel=0.05, abs=0.7)
