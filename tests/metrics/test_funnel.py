"""Funnels, judged by a plain transcription of the published formulae and by scipy's quantiles."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from metrics.funnel import Basis, Funnel, Outside, make_funnel, signal_of
from metrics.funnel_exact import Kind, exact_limits, lower_tail, upper_tail
from metrics.model import Better
from metrics.signals import Signal

# Twelve units far apart, two of which did something else altogether.
EVENTS = [812, 640, 455, 990, 301, 702, 118, 560, 402, 77, 1510, 233]
CASES = [1000, 810, 540, 1100, 402, 850, 160, 640, 520, 130, 1620, 410]
EXPOSURE = [10.5, 8.1, 6.6, 12.0, 4.1, 8.9, 1.4, 7.7, 6.1, 2.5, 14.0, 6.0]


def type_7(values: list[float], share: float) -> float:
    """Hyndman and Fan's seventh definition, as written."""
    ordered, place = sorted(values), (len(values) - 1) * share
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def transcribed(
    events: list[int], sizes: list[float], *, kind: Kind
) -> tuple[float, float, list[list[float]]]:
    """phi, tau2 and the four limits of each unit, formula by formula, number by number."""
    theta, k = sum(events) / sum(sizes), len(events)
    expected = sizes if kind is Kind.PROPORTION else [theta * size for size in sizes]
    s = [1 / (2 * math.sqrt(each)) for each in expected]
    if kind is Kind.PROPORTION:
        y = [math.asin(math.sqrt(r / n)) for r, n in zip(events, sizes, strict=True)]
        middle = math.asin(math.sqrt(theta))
    else:
        y, middle = [math.sqrt(o / e) for o, e in zip(events, expected, strict=True)], 1.0
    z = [(each - middle) / error for each, error in zip(y, s, strict=True)]
    low, high = type_7(z, 0.1), type_7(z, 0.9)
    phi = sum(min(max(each, low), high) ** 2 for each in z) / k
    w = [1 / error**2 for error in s]
    tau2 = max(0.0, (k * phi - (k - 1)) / (sum(w) - sum(each**2 for each in w) / sum(w)))
    limits = []
    for error in s:
        sd = math.sqrt(error**2 + tau2)
        levels = [middle + c * sd for c in (-3.090232, -1.959964, 1.959964, 3.090232)]
        if kind is Kind.PROPORTION:
            limits.append([math.sin(min(max(each, 0), math.pi / 2)) ** 2 for each in levels])
        else:
            limits.append([theta * max(each, 0) ** 2 for each in levels])
    return phi, tau2, limits


def interpolated(kind: Kind, tail: float, size: float, theta: float) -> float:
    """Spiegelhalter 2005, A.1: (r - (F(r) - p) / (F(r) - F(r - 1))) / n, r by counting up."""
    chance = (
        stats.binom(int(size), theta) if kind is Kind.PROPORTION else stats.poisson(size * theta)
    )
    r = max(0, int(chance.mean() - 12 * chance.std()))
    while chance.cdf(r) <= tail:
        r += 1
    return max(0.0, (r - (chance.cdf(r) - tail) / chance.pmf(r)) / size)


def limits_of(funnel: Funnel) -> list[list[float]]:
    outer, inner = funnel.limits(0.998), funnel.limits(0.95)
    return np.column_stack([outer[0], inner[0], inner[1], outer[1]]).tolist()


@pytest.mark.parametrize(
    ("kind", "sizes"), [(Kind.PROPORTION, CASES), (Kind.RATE, EXPOSURE)], ids=["share", "rate"]
)
def test_overdispersed_limits_are_the_published_formulae(kind: Kind, sizes: list[float]) -> None:
    phi, tau2, limits = transcribed(EVENTS, sizes, kind=kind)
    funnel = make_funnel(EVENTS, sizes, kind=kind)
    assert funnel.is_adjusted
    assert pytest.approx(phi, rel=1e-12) == funnel.phi
    assert pytest.approx(tau2, rel=1e-12) == funnel.tau2
    assert np.allclose(limits, limits_of(funnel), rtol=1e-12)


def test_the_target_is_the_sum_over_the_sum() -> None:
    assert pytest.approx(6800 / 8182) == make_funnel(EVENTS, CASES, kind=Kind.PROPORTION).target


@pytest.mark.parametrize("theta", [0.02, 0.5, 0.93])
@pytest.mark.parametrize("share", [0.95, 0.998])
@pytest.mark.parametrize("kind", Kind)
def test_exact_limits_are_spiegelhalters_interpolated_quantiles(
    kind: Kind, share: float, theta: float
) -> None:
    sizes = np.array([1.0, 7, 30, 111, 800, 2500])
    lower, upper = exact_limits(kind, sizes, theta, share=share)
    tail = (1 - share) / 2
    assert np.allclose([interpolated(kind, tail, n, theta) for n in sizes], lower, atol=1e-9)
    assert np.allclose([interpolated(kind, 1 - tail, n, theta) for n in sizes], upper, atol=1e-9)


@pytest.mark.parametrize("kind", Kind)
def test_an_exact_limit_lies_within_one_event_of_the_quantile(kind: Kind) -> None:
    sizes = np.array([20.0, 333, 5e3, 1e6])
    for tail, limit in zip(
        (0.001, 0.999), exact_limits(kind, sizes, 0.3, share=0.998), strict=True
    ):
        chance = stats.binom(sizes, 0.3) if kind is Kind.PROPORTION else stats.poisson(sizes * 0.3)
        assert np.all(np.abs(chance.ppf(tail) - limit * sizes) <= 1 + 1e-6)


def test_tails_are_those_of_scipy() -> None:
    counts, sizes = np.array([0.0, 3, 10, 40]), np.array([5.0, 9, 10, 400])
    binom, poisson = stats.binom(sizes, 0.2), stats.poisson(sizes * 0.2)
    for kind, chance in ((Kind.PROPORTION, binom), (Kind.RATE, poisson)):
        asked = (kind, counts, sizes, 0.2)
        assert np.allclose(chance.cdf(counts), lower_tail(*asked), rtol=1e-9)
        assert np.allclose(chance.sf(counts - 1), upper_tail(*asked), rtol=1e-9)


def test_fractions_of_cases_have_tails_and_limits_too() -> None:
    """A mean of daily snapshots: all of 5.5 cases at 90 % is as likely as 0.9 to the power 5.5."""
    counts, sizes = np.array([5.5, 0.9, 0.0]), np.array([5.5, 0.9, 2.5])
    tails = upper_tail(Kind.PROPORTION, counts, sizes, 0.9)
    assert np.allclose([0.9**5.5, 0.9**0.9, 1.0], tails)
    assert np.allclose([1.0, 1.0, 0.1**2.5], lower_tail(Kind.PROPORTION, counts, sizes, 0.9))
    five = ([5.5, 0.8, 4.0, 3.1, 2.6], [5.5, 0.9, 4.5, 3.4, 2.9])
    funnel = make_funnel(*five, kind=Kind.PROPORTION)
    assert {Outside.NONE} == set(funnel.outside())
    lower, upper = exact_limits(Kind.PROPORTION, np.array([0.9, 7.5]), 0.5, share=0.95)
    assert (0.0, 1.0) == (lower[0], upper[0])
    assert 0 < lower[1] < 0.5 < upper[1] < 1


@pytest.mark.parametrize("kind", Kind)
def test_of_units_that_differ_by_chance_one_in_five_hundred_is_outside(kind: Kind) -> None:
    chance = np.random.default_rng(7)
    sizes = chance.integers(20, 4000, 60_000)
    drawn = chance.binomial(sizes, 0.9) if kind is Kind.PROPORTION else chance.poisson(sizes * 0.05)
    found = Counter(make_funnel(drawn, sizes, kind=kind, basis=Basis.EXACT).outside())
    outer = (found[Outside.ABOVE_998] + found[Outside.BELOW_998]) / 60_000
    inner = (found[Outside.ABOVE_95] + found[Outside.BELOW_95]) / 60_000
    assert 0.0012 < outer <= 0.0023
    assert 0.038 < inner + outer <= 0.052


def test_everybody_doing_it_is_not_outside_where_that_is_common() -> None:
    """50 of 50 at 90 % comes about once in 194 times; the interpolated line lies below 100 %."""
    funnel = make_funnel([50, 850], [50, 950], kind=Kind.PROPORTION)
    assert funnel.target == 0.9
    assert funnel.limits(0.998)[1][0] < 1
    assert 0.9**50 > 0.001
    assert Outside.ABOVE_95 is funnel.outside()[0]


def test_the_spread_between_units_is_found_again() -> None:
    chance = np.random.default_rng(11)
    found = []
    for _ in range(40):
        sizes = chance.integers(200, 2000, 60)
        level = math.asin(math.sqrt(0.8)) + chance.normal(0, 0.05, 60)
        drawn = chance.binomial(sizes, np.sin(level) ** 2)
        found.append(make_funnel(drawn, sizes, kind=Kind.PROPORTION).spread)
    # 2 sqrt(0.8 × 0.2) × 0.05 = 0.04; drawn in at the tenths, a normal keeps 0.83 of its spread
    assert 0.04 * 0.72 < np.mean(found) < 0.04 * 0.9


def test_limits_are_adjusted_only_where_units_differ_more_than_chance_and_are_ten() -> None:
    nine = make_funnel(EVENTS[:9], CASES[:9], kind=Kind.PROPORTION)
    alike = make_funnel([80] * 12, [100] * 12, kind=Kind.PROPORTION)
    asked = make_funnel(EVENTS[:9], CASES[:9], kind=Kind.PROPORTION, basis=Basis.OVERDISPERSED)
    assert (True, False) == (nine.phi > 1, nine.is_adjusted)
    assert (0.0, 0.0, False) == (alike.phi, alike.tau2, alike.is_adjusted)
    assert asked.is_adjusted


def test_tau2_is_never_negative() -> None:
    close = make_funnel([80, 81, 79, 80, 80], [100] * 5, kind=Kind.PROPORTION)
    assert 0 < close.phi < 0.8
    assert 0.0 == close.tau2


@pytest.mark.parametrize(
    ("events", "target"), [([0, 0, 0], 0.0), ([100, 100, 100], 1.0)], ids=["none", "all"]
)
def test_units_that_are_all_alike_have_limits_on_the_target(
    events: list[int], target: float
) -> None:
    funnel = make_funnel(events, [100] * 3, kind=Kind.PROPORTION)
    assert [[target] * 4] * 3 == limits_of(funnel)
    assert {Outside.NONE} == set(funnel.outside())


def test_no_events_at_all_are_no_finding_in_a_rate() -> None:
    funnel = make_funnel([0] * 12, [100] * 12, kind=Kind.RATE)
    assert (0.0, 0.0, 0.0, 0.0) == (funnel.target, funnel.phi, funnel.tau2, funnel.spread)
    assert {Outside.NONE} == set(funnel.outside())


def test_a_funnel_says_nothing_where_chance_hardly_plays_a_part() -> None:
    million = [1e6] * 10
    shares = [0.7, 0.72, 0.75, 0.76, 0.8, 0.81, 0.83, 0.85, 0.9, 0.92]
    apart = make_funnel([1e6 * each for each in shares], million, kind=Kind.PROPORTION)
    near = make_funnel(EVENTS, CASES, kind=Kind.PROPORTION)
    alike = make_funnel([80] * 12, [100] * 12, kind=Kind.PROPORTION)
    assert apart.phi > 50
    assert [True, False, False] == [each.is_uninformative for each in (apart, near, alike)]


def test_tau_that_dwarfs_every_error_is_enough_to_say_so() -> None:
    shares = [0.8, 0.81, 0.82, 0.84, 0.85, 0.85, 0.86, 0.88, 0.9, 0.91]
    many, few = (
        make_funnel([size * each for each in shares], [size] * 10, kind=Kind.PROPORTION)
        for size in (3500, 2000)
    )
    assert few.phi < many.phi < 50
    assert few.tau2 < 25 / (4 * 2000)
    assert many.tau2 > 25 / (4 * 3500)
    assert [True, False] == [many.is_uninformative, few.is_uninformative]


def test_a_shrunken_value_is_drawn_to_the_target_by_chances_part() -> None:
    """Morris 1983: B = s² / (s² + tau²) of the distance is taken back, on the arcsine scale."""
    funnel = make_funnel(EVENTS, CASES, kind=Kind.PROPORTION)
    best, low, high = funnel.shrunken()
    middle, s2 = math.asin(math.sqrt(funnel.target)), 1 / (4 * CASES[9])
    own = math.asin(math.sqrt(EVENTS[9] / CASES[9]))
    b = s2 / (s2 + funnel.tau2)
    expected = math.sin(own - b * (own - middle)) ** 2
    reach = 1.959964 * math.sqrt(funnel.tau2 * s2 / (funnel.tau2 + s2))
    assert pytest.approx(expected, rel=1e-9) == best[9]
    assert pytest.approx(math.sin(own - b * (own - middle) - reach) ** 2, rel=1e-9) == low[9]
    assert np.all((low <= best) & (best <= high))


def test_a_shrunken_rate_of_nothing_is_above_nothing() -> None:
    best, low, _ = make_funnel([0, *EVENTS], [5.0, *EXPOSURE], kind=Kind.RATE).shrunken()
    assert 0 <= low[0] < best[0] < 10


@pytest.mark.parametrize(
    ("events", "sizes", "kind"),
    [
        ([], [], Kind.RATE),
        ([1, 2], [3], Kind.RATE),
        ([1], [0], Kind.RATE),
        ([-1], [5], Kind.RATE),
        ([6], [5], Kind.PROPORTION),
    ],
    ids=["nothing", "unequal", "no denominator", "negative", "more than all"],
)
def test_what_cannot_be_counted_is_refused(events: list, sizes: list, kind: Kind) -> None:
    with pytest.raises(ValueError, match=r"numerator|denominator"):
        make_funnel(events, sizes, kind=kind)


def test_outside_the_inner_limit_alone_means_nothing() -> None:
    assert {Signal.NONE} == {
        signal_of(each, better)
        for each in (Outside.NONE, Outside.ABOVE_95, Outside.BELOW_95)
        for better in Better
    }


def test_what_lying_outside_means_hangs_on_which_way_is_good() -> None:
    above = [signal_of(Outside.ABOVE_998, better) for better in Better]
    below = [signal_of(Outside.BELOW_998, better) for better in Better]
    assert [Signal.IMPROVEMENT, Signal.CONCERN, Signal.HIGH, Signal.HIGH] == above
    assert [Signal.CONCERN, Signal.IMPROVEMENT, Signal.LOW, Signal.LOW] == below


UNITS = st.lists(
    st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=2,
    max_size=30,
)
SWAPPED = {
    Signal.IMPROVEMENT: Signal.CONCERN,
    Signal.CONCERN: Signal.IMPROVEMENT,
    Signal.NONE: Signal.NONE,
}
MIRRORED = {
    Outside.NONE: Outside.NONE,
    Outside.ABOVE_95: Outside.BELOW_95,
    Outside.BELOW_95: Outside.ABOVE_95,
    Outside.ABOVE_998: Outside.BELOW_998,
    Outside.BELOW_998: Outside.ABOVE_998,
}


def funnel_of(units: list[tuple[int, int]], kind: Kind, basis: Basis = Basis.AUTO) -> Funnel:
    return make_funnel([r for r, _ in units], [n for _, n in units], kind=kind, basis=basis)


@given(UNITS, st.sampled_from(list(Kind)))
def test_the_order_of_units_does_not_matter(units: list[tuple[int, int]], kind: Kind) -> None:
    there, back = funnel_of(units, kind), funnel_of(units[::-1], kind)
    assert pytest.approx(there.phi, abs=1e-9) == back.phi
    assert pytest.approx(there.tau2, abs=1e-12) == back.tau2
    assert np.allclose(there.limits(0.998)[0], back.limits(0.998)[0][::-1], atol=1e-9)


@given(UNITS, st.sampled_from(list(Kind)))
def test_reversing_the_direction_swaps_good_and_bad(
    units: list[tuple[int, int]], kind: Kind
) -> None:
    for each in funnel_of(units, kind).outside():
        assert SWAPPED[signal_of(each, Better.HIGHER)] is signal_of(each, Better.LOWER)


@given(UNITS, st.sampled_from([Basis.EXACT, Basis.OVERDISPERSED]))
def test_counting_the_misses_finds_the_same_units_on_the_other_side(
    units: list[tuple[int, int]], basis: Basis
) -> None:
    hits = funnel_of(units, Kind.PROPORTION, basis).outside()
    misses = funnel_of([(n - r, n) for r, n in units], Kind.PROPORTION, basis).outside()
    assert hits == tuple(MIRRORED[each] for each in misses)


@given(UNITS)
def test_the_unit_of_an_exposure_changes_no_finding(units: list[tuple[int, int]]) -> None:
    hours = funnel_of(units, Kind.RATE)
    days = make_funnel([r for r, _ in units], [n / 24 for _, n in units], kind=Kind.RATE)
    assert pytest.approx(hours.phi, rel=1e-6, abs=1e-9) == days.phi
    assert np.allclose(24 * hours.limits(0.95)[1], days.limits(0.95)[1], rtol=1e-6, atol=1e-9)


@given(UNITS, st.sampled_from(list(Kind)), st.sampled_from([Basis.EXACT, Basis.OVERDISPERSED]))
def test_limits_lie_around_the_target_and_the_outer_ones_farther_out(
    units: list[tuple[int, int]], kind: Kind, basis: Basis
) -> None:
    funnel = funnel_of(units, kind, basis)
    lower, low, high, upper = np.array(limits_of(funnel)).T
    one = 1 / funnel.denominator  # an interpolated quantile may lie one event inside
    assert np.all((lower <= low + 1e-9) & (low <= funnel.target + one))
    assert np.all((high <= upper + 1e-9) & (funnel.target - one <= high))
    assert np.all(lower >= 0)
