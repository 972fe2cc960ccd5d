"""Hours against chance: false alarms on even data, a planted hour found, what cannot be judged."""

import numpy as np
import pytest
from scipy.stats import binomtest

from metrics.catalogue import load_catalogue
from metrics.hour_cells import CELLS, Observed, judge_cells

METRICS = load_catalogue().metrics
ALL = np.ones(CELLS, dtype=bool)


def seen(chance, *, weeks=13, n=40, share=0.9, wobble=0.0, planted=None) -> Observed:
    cell = np.tile(np.arange(CELLS), weeks)
    shares = np.full(len(cell), share) + chance.normal(0, wobble, len(cell))
    if planted is not None:
        shares[cell == planted[0]] = planted[1]
    weight = np.full(len(cell), float(n))
    counted = chance.binomial(n, np.clip(shares, 0, 1)).astype(float)
    return Observed(cell=cell, counted=counted, weight=weight, sumsq=np.full(len(cell), np.nan))


@pytest.mark.parametrize("wobble", [0.0, 0.08])
def test_hours_that_are_all_alike_are_rarely_called_different(wobble: float) -> None:
    """At most one map in twenty, also where the process varies more than sampling error."""
    chance = np.random.default_rng(20261130)
    maps = [judge_cells(METRICS["otd"], seen(chance, wobble=wobble), ALL) for _ in range(60)]
    assert sum(bool((each.p < 0.05).any()) for each in maps) <= 6
    assert (np.mean([each.phi for each in maps]) > 2) == (wobble > 0)


def test_an_hour_that_is_really_worse_is_found_and_hardly_another() -> None:
    chance = np.random.default_rng(7)
    maps = [
        np.flatnonzero(
            judge_cells(METRICS["otd"], seen(chance, planted=(113, 0.8)), ALL).p < 0.05
        ).tolist()
        for _ in range(20)
    ]
    assert all(113 in each for each in maps)
    assert sum(len(each) > 1 for each in maps) <= 4  # 5 % of maps: more than four, once in 400


def test_one_hour_is_tested_by_the_exact_binomial() -> None:
    cell = np.array([0, 1])
    two = Observed(
        cell=cell,
        counted=np.array([5.0, 9_000_000.0]),
        weight=np.array([10.0, 10_000_000.0]),
        sumsq=np.full(2, np.nan),
    )
    shown = np.zeros(CELLS, dtype=bool)
    shown[0] = True
    tail = binomtest(5, 10, 0.9, alternative="less").pvalue
    assert pytest.approx(2 * tail, rel=1e-3) == judge_cells(METRICS["otd"], two, shown).p[0]


def test_hidden_hours_and_metrics_that_count_no_cases_are_not_judged() -> None:
    chance = np.random.default_rng(7)
    hidden = ALL.copy()
    hidden[3] = False
    assert np.isnan(judge_cells(METRICS["otd"], seen(chance), hidden).p[3])
    for code in ("ttr_p50", "backlog_open"):
        assert np.isnan(judge_cells(METRICS[code], seen(chance), ALL).p).all()


def test_no_hour_at_all_is_no_map() -> None:
    nothing = Observed(
        cell=np.array([], dtype=np.int64),
        counted=np.array([]),
        weight=np.array([]),
        sumsq=np.array([]),
    )
    assert np.isnan(judge_cells(METRICS["otd"], nothing, ALL).p).all()
