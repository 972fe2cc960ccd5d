"""How much sampling error alone makes values vary, against the variance of drawn values."""

import numpy as np
import pytest

from metrics.catalogue import load_catalogue
from metrics.sampling import sampling_variances

LIBRARY = load_catalogue().metrics
DRAWS = 100_000


def variance(code, numerator, denominator, sumsq=np.nan):
    parts = [np.array([float(each)]) for each in (numerator, denominator, sumsq)]
    found = sampling_variances(
        LIBRARY[code], numerator=parts[0], denominator=parts[1], sumsq=parts[2]
    )
    return found[0]


def test_a_share_varies_as_drawn_shares_do():
    drawn = 100 * np.random.default_rng(1).binomial(400, 0.8, DRAWS) / 400
    assert drawn.var() == pytest.approx(variance("otd", 320, 400), rel=0.02)


def test_a_rate_varies_as_drawn_rates_do():
    drawn = 200_000 * np.random.default_rng(1).poisson(30, DRAWS) / 50_000
    assert drawn.var() == pytest.approx(variance("trir", 30, 50_000), rel=0.02)


def test_a_mean_varies_as_drawn_means_do():
    drawn = np.random.default_rng(1).normal(20, 6, (DRAWS // 10, 50)).mean(axis=1)
    assert drawn.var() == pytest.approx(variance("asa", 1000, 50, 50 * (400 + 36)), rel=0.05)


@pytest.mark.parametrize(
    ("code", "numerator", "denominator"),
    [("backlog_aged", 80, 400), ("backlog_open", 80, np.nan), ("lcp_p75", np.nan, np.nan)],
)
def test_what_the_parts_do_not_tell_is_none(code, numerator, denominator):
    assert variance(code, numerator, denominator) == 0.0
