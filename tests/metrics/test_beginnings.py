"""Where signals begin and end, and how many of them chance alone makes."""

import numpy as np
import pytest

from metrics.beginnings import Stretch, expected_false_beginnings, stretches_of
from metrics.judgement import judge_many
from metrics.model import Better
from metrics.signals import SIGNALS, Rule, Signal

STEADY = [10.0, 11.0, 9.0, 10.0, 11.0, 9.0] * 6
SPECIAL = [SIGNALS.index(Signal.IMPROVEMENT), SIGNALS.index(Signal.CONCERN)]


def _stretches(values: list[float], **given: object) -> tuple[Stretch, ...]:
    found = judge_many(np.array([values]), better=Better.HIGHER, **given)  # type: ignore[arg-type]
    return stretches_of(found, 0)


def test_a_series_that_only_varies_has_no_signal() -> None:
    assert () == _stretches(STEADY)


def test_a_signal_that_is_over_and_one_that_is_on_are_told_apart() -> None:
    values = [*STEADY]
    values[20], values[35] = 30.0, 1.0
    past, now = _stretches(values)
    assert (20, 20, Signal.IMPROVEMENT) == (past.first, past.last, past.signal)
    assert (Rule.OUTSIDE_ABOVE,) == past.rules
    assert (35, 35, Signal.CONCERN) == (now.first, now.last, now.signal)


def test_a_signal_ends_where_its_segment_ends() -> None:
    values = [*STEADY[:28], *[14.0, 15.0] * 4]
    segments = np.array([[0] * 32 + [1] * 4])
    (only,) = _stretches(values, segments=segments)
    assert (28, 31) == (only.first, only.last)


def test_a_gap_ends_a_signal() -> None:
    values = [*STEADY[:34], 30.0, float("nan")]
    (only,) = _stretches(values)
    assert (34, 34) == (only.first, only.last)


@pytest.mark.parametrize(("alike", "points"), [(0.0, 12), (0.0, 4), (0.45, 12), (0.75, 12)])
def test_chance_makes_about_as_many_signals_as_is_told(alike: float, points: int) -> None:
    chance = np.random.default_rng(20261130)
    values = np.empty((4000, 36))
    values[:, 0] = chance.normal(size=4000)
    for at in range(1, 36):
        fresh = chance.normal(size=4000) * np.sqrt(1 - alike**2)
        values[:, at] = alike * values[:, at - 1] + fresh
    is_signal = np.isin(judge_many(values, better=Better.LOWER).signals, SPECIAL)
    signals = np.where(is_signal, judge_many(values, better=Better.LOWER).signals, -1)
    begins = is_signal[:, -points:] & (signals[:, -points:] != signals[:, -points - 1 : -1])
    before = judge_many(values[:, :-points], better=Better.LOWER).signals[:, -1]
    lasts = is_signal[:, -1] & (signals[:, -points - 1 :] == signals[:, -1:]).all(axis=1)
    seen = lasts & (before != signals[:, -1])
    counted = float(begins.sum() + seen.sum()) / 4000
    told = expected_false_beginnings(np.array([alike]), points)
    assert told == pytest.approx(counted, rel=0.2)
