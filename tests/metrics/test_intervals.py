"""Intervals of sampling error: against published examples and other implementations."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from metrics.catalogue import load_catalogue
from metrics.differences import Estimate, interval_of_difference
from metrics.intervals import (
    inflated,
    interval_of,
    mean,
    poisson,
    published_interval,
    quantile,
    wilson,
)
from metrics.model import Metric
from metrics.sketch import sketch_of
from metrics.value import Parts

LIBRARY = load_catalogue().metrics


@pytest.mark.parametrize(
    ("successes", "trials", "printed"),
    [
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0.0, 0.1611)),
        (1, 29, (0.0061, 0.1718)),
    ],
)
def test_a_share_has_the_interval_printed_by_newcombe_1998(successes, trials, printed):
    assert printed == pytest.approx(wilson(successes, trials), abs=5e-5)


@given(st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_share_has_the_interval_of_statsmodels(pair):
    expected = proportion_confint(*pair, method="wilson")
    assert expected == pytest.approx(wilson(*pair), abs=1e-12)


def test_a_share_of_any_size_has_an_interval():
    low, high = wilson(3e299, 1e300)
    assert pytest.approx(0.3) == low == high
    assert (0.0, pytest.approx(1.0)) == wilson(0, 1e-200)


def test_none_and_all_end_exactly_at_zero_and_one():
    assert (0.0, 1.0) == (wilson(0, 7)[0], wilson(7, 7)[1])


@pytest.mark.parametrize("pair", [(-1, 5), (6, 5), (0, 0)])
def test_a_share_that_is_none_is_refused(pair):
    with pytest.raises(ValueError, match=f"{pair[0]} of {pair[1]}"):
        wilson(*pair)


def newcombe(ours, theirs):
    """The interval of the difference of two shares, each given as (successes, trials)."""
    one, other = (Estimate(x / n, wilson(x, n)) for x, n in (ours, theirs))
    return interval_of_difference(one, other)


def test_a_difference_has_the_interval_printed_by_newcombe_1998():
    assert (0.0524, 0.3339) == pytest.approx(newcombe((56, 70), (48, 80)), abs=5e-5)


@given(st.integers(1, 500), st.integers(1, 500), st.integers(0, 500), st.integers(0, 500))
def test_a_difference_has_the_interval_of_statsmodels(n1, n2, x1, x2):
    x1, x2 = min(x1, n1), min(x2, n2)
    expected = confint_proportions_2indep(x1, n1, x2, n2, method="newcomb")
    assert expected == pytest.approx(newcombe((x1, n1), (x2, n2)), abs=1e-9)


def test_a_rate_of_few_events_has_the_exact_interval():
    assert (0.0016235, 0.0116683) == pytest.approx(poisson(5, 1000), abs=5e-8)
    assert (0.0, -math.log(0.025) / 1000) == pytest.approx(poisson(0, 1000))
    assert 0.0036889 == pytest.approx(poisson(0, 1000)[1], abs=5e-8)
    assert (4.11537, 17.08480) == pytest.approx(poisson(9, 1), abs=5e-6)  # Garwood 1936


def test_ten_events_have_byars_interval():
    assert (4.78745, 18.39146) == pytest.approx(poisson(10, 1), abs=5e-6)


@given(st.integers(10, 5000), st.floats(1, 1e6))
def test_a_rate_of_more_events_is_within_a_hundredth_of_the_exact_interval(events, exposure):
    exact = (
        stats.chi2.ppf(0.025, 2 * events) / 2 / exposure,
        stats.chi2.ppf(0.975, 2 * events + 2) / 2 / exposure,
    )
    assert exact == pytest.approx(poisson(events, exposure), rel=0.01)


@pytest.mark.parametrize("pair", [(-1, 5), (1, 0)])
def test_a_rate_that_is_none_is_refused(pair):
    with pytest.raises(ValueError, match=f"{pair[0]} in {pair[1]}"):
        poisson(*pair)


@given(st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=50))
def test_a_mean_has_the_t_interval_of_scipy(values):
    numbers = np.array(values)
    low, high = stats.t.interval(
        0.95, len(values) - 1, loc=numbers.mean(), scale=max(stats.sem(numbers), 1e-12)
    )
    found = mean(numbers.sum(), len(values), (numbers**2).sum())
    assert (low, high) == pytest.approx(found, abs=1e-2, rel=1e-6)


def test_one_value_has_no_interval():
    assert mean(5.0, 1, 25.0) is None


@pytest.mark.parametrize("share", [0.5, 0.75, 0.9])
def test_a_quantile_lies_between_the_ranks_of_a_binomial_count(share):
    ranks = stats.binom.interval(0.95, 1000, share)
    low, high = quantile(sketch_of(range(1, 1001)), share)
    assert ranks == pytest.approx((low, high), rel=0.025)


def test_the_interval_of_a_quantile_is_as_wide_as_its_buckets():
    low, high = quantile(sketch_of([40.0] * 10_000), 0.5)
    assert low < 40.0 < high


def test_a_quantile_of_few_values_has_no_interval():
    assert quantile(sketch_of(range(1, 50)), 0.5) is None
    assert quantile(sketch_of(range(1, 51)), 0.5) is not None


def test_a_percentile_metric_has_the_interval_of_its_quantile():
    sketch = sketch_of(range(1, 101))
    parts = Parts(n=100, sketch=sketch)
    assert quantile(sketch, 0.75) == interval_of(LIBRARY["lcp_p75"], parts)


@pytest.mark.parametrize(
    ("code", "parts", "expected"),
    [
        ("abandon", Parts(numerator=81, denominator=263), (25.53, 36.62)),
        ("trir", Parts(numerator=5, denominator=1000), (324.70, 2333.67)),
        ("asa", Parts(numerator=6, denominator=3, sumsq=14), (-0.484, 4.484)),
        ("nps", Parts(numerator=0, denominator=100, sumsq=100), (-19.60, 19.60)),
        ("nps", Parts(numerator=99, denominator=100, sumsq=100), (96.23, 100.0)),
    ],
)
def test_a_value_has_its_interval_in_the_metrics_unit(code, parts, expected):
    assert expected == pytest.approx(interval_of(LIBRARY[code], parts), abs=6e-3)


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("abandon", Parts(numerator=5, denominator=0)),
        ("abandon", Parts(numerator=6, denominator=5)),
        ("abandon", Parts(numerator=None, denominator=5)),
        ("asa", Parts(numerator=6, denominator=3)),
        ("nps", Parts(numerator=6, denominator=3)),
        ("backlog_open", Parts(numerator=6)),
        ("backlog_aged", Parts(numerator=None, denominator=6)),
        ("lcp_p75", Parts(n=60)),
    ],
)
def test_parts_that_give_no_interval_give_none(code, parts):
    assert interval_of(LIBRARY[code], parts) is None


def counted(**changes):
    """A metric that counts: calls, unless changed."""
    return Metric.model_validate(
        {
            "metric": "calls",
            "name": "Calls",
            "question": "How many?",
            "pillar": "Quality",
            "key": "Show",
            "better": "lower",
            "unit": "count",
            "form": "count",
            "feed": "contacts",
            "numerator": {},
            **changes,
        }
    )


def test_a_count_has_the_interval_of_its_events():
    assert (4.115, 17.085) == pytest.approx(interval_of(counted(), Parts(numerator=9)), abs=5e-4)
    assert poisson(400, 1) == interval_of(counted(), Parts(numerator=400))


@pytest.mark.parametrize(
    "changes", [{"stock": "mean"}, {"stock": "last"}, {"numerator": {"sum": {"column": "euros"}}}]
)
def test_a_stock_and_a_sum_of_amounts_count_no_independent_events(changes):
    assert interval_of(counted(**changes), Parts(numerator=9)) is None


def test_the_share_of_a_stock_has_the_interval_of_one_days_snapshot():
    seven_days = Parts(numerator=7 * 81, denominator=7 * 263, days=7)
    found = interval_of(LIBRARY["backlog_aged"], seven_days)
    assert (25.53, 36.62) == pytest.approx(found, abs=6e-3)


def test_a_difference_of_counts_covers_the_true_one_in_about_95_of_100_cases():
    random = np.random.default_rng(7)
    pairs = random.poisson((40, 25), size=(4000, 2)).tolist()
    intervals = [
        interval_of_difference(*(Estimate(each, poisson(each, 1)) for each in pair))
        for pair in pairs
    ]
    covered = np.mean([low <= 15 <= high for low, high in intervals])
    assert 0.955 == pytest.approx(covered, abs=0.015)


def test_a_process_that_varies_twice_as_much_has_an_interval_twice_as_wide():
    assert (20.0, 60.0) == pytest.approx(inflated(30.0, (25.0, 45.0), 2.0))


@given(st.floats(0, 1), st.floats(-10, 10), st.floats(0, 5))
def test_a_process_that_varies_less_than_its_samples_narrows_nothing(sigma_z, value, half):
    interval = (value - half, value + half)
    assert interval == pytest.approx(inflated(value, interval, sigma_z))


def test_a_published_share_has_an_interval_from_its_sample_size():
    found = published_interval(LIBRARY["otd"], value=100 * 81 / 263, sample_size=263)
    assert (25.53, 36.62) == pytest.approx(found, abs=6e-3)


@pytest.mark.parametrize(
    ("code", "value", "size"), [("asa", 20, 50), ("otd", 80, 0), ("otd", 101, 9)]
)
def test_a_published_value_without_what_it_takes_has_none(code, value, size):
    assert published_interval(LIBRARY[code], value=value, sample_size=size) is None
